"""Count and checksum of each bucket, kept as rows come and go, so that a comparison with the City costs nothing."""

from __future__ import annotations

from collections import defaultdict

from fieldapp.store.membership import names
from fieldapp.store.rows import signed
from fieldapp.store.sqlcipher import Connection


class Tally:
    """What one transaction adds to and takes from the buckets."""

    def __init__(self) -> None:
        self._sums: defaultdict[str, int] = defaultdict(int)
        self._counts: defaultdict[str, int] = defaultdict(int)

    def swap(self, old: tuple[str, int | None], new: tuple[str, int | None]) -> None:
        """A row's (buckets, fingerprint) before and after; fingerprint None where the City has no row."""
        for (buckets, fp), sign in ((old, -1), (new, 1)):
            for bucket in names(buckets) if fp is not None else ():
                self._sums[bucket] += sign * (fp or 0)
                self._counts[bucket] += sign

    def write(self, tx: Connection) -> None:
        """Bring the buckets' rows up to date."""
        for bucket, change in self._sums.items():
            tx.execute("INSERT OR IGNORE INTO bucket (name) VALUES (?)", (bucket,))
            found = tx.execute("SELECT checksum FROM bucket WHERE name = ?", (bucket,)).fetchone()
            tx.execute(
                "UPDATE bucket SET checksum = ?, count = count + ? WHERE name = ?",
                (signed(found[0] + change), self._counts[bucket], bucket),
            )
