"""What one transaction does to the feed: the tallies of the buckets, and which rows move to the end of which.

The numbers are taken from one counter row, last in the transaction: the lock on it runs to the commit, so the order of
numbers is the order of commits.
"""

from __future__ import annotations

from collections.abc import Iterable

from fieldapp.store.rows import signed
from sync.gateway.transactions import LISTED, LOCKED, Transaction, listed
from sync.wire import Head

Standing = tuple[str, int]  # the names of a row's buckets, and its fingerprint
NOWHERE: Standing = ("", 0)
ENDS = "SELECT (SELECT max(seq) FROM member WHERE bucket = ?), (SELECT floor FROM bucket WHERE name = ?)"


class Moves:
    """Each touched row's buckets and fingerprint, before and after."""

    def __init__(self) -> None:
        self._before: dict[str, Standing] = {}
        self._after: dict[str, Standing] = {}

    def note(self, row: str, before: Standing | None, after: Standing) -> None:
        """A row goes from one standing to another: `before` is None for a new one, `after` NOWHERE at its end."""
        if before and row not in self._after:
            self._before[row] = before
        self._after.pop(row, None)
        self._after[row] = after

    def write(self, tx: Transaction, now: str) -> tuple[Head, ...]:
        """Tallies first; then, last of all, the numbers and the rows that carry them. How far it moved each bucket
        that no row left."""
        self._write_tallies(tx)
        rows = list(self._members())
        if not rows:
            return ()
        sql = "UPDATE counter SET v = v + ? WHERE name = 'feed' RETURNING v"
        head = tx.execute(sql, (len(rows),)).fetchone()[0]
        first = head - len(rows) + 1
        heads = _heads(tx, rows, first)
        tx.executemany(
            "INSERT INTO member (bucket, record, seq, gone, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (bucket, record)"
            " DO UPDATE SET seq = excluded.seq, gone = excluded.gone, at = excluded.at",
            [(bucket, row, first + n, gone, now if gone else "") for n, (bucket, row, gone) in enumerate(rows)],
        )
        return heads

    def _members(self) -> Iterable[tuple[str, str, int]]:
        for row, (buckets, _) in self._after.items():
            names = buckets.split()
            left, _ = self._before.get(row, NOWHERE)
            for bucket in left.split():
                if bucket not in names:
                    yield bucket, row, 1
            for bucket in names:
                yield bucket, row, 0

    def _write_tallies(self, tx: Transaction) -> None:
        sums: dict[str, list[int]] = {}
        for rows, sign in ((self._before, -1), (self._after, 1)):
            for buckets, fp in rows.values():
                for bucket in buckets.split():
                    tally = sums.setdefault(bucket, [0, 0])
                    tally[0] += sign
                    tally[1] += sign * fp
        names = sorted(sums)  # all processes lock them in one order
        new = "INSERT INTO bucket (name, count, checksum) VALUES (?, 0, 0) ON CONFLICT DO NOTHING"
        tx.executemany(new, [(name,) for name in names])
        sql = f"SELECT name, checksum FROM bucket WHERE name IN {LISTED} ORDER BY name {LOCKED}"
        old = tx.execute(sql, (listed(names),)).fetchall()
        tx.executemany(
            "UPDATE bucket SET count = count + ?, checksum = ? WHERE name = ?",
            [(sums[name][0], signed(checksum + sums[name][1]), name) for name, checksum in old],
        )


def _heads(tx: Transaction, rows: list[tuple[str, str, int]], first: int) -> tuple[Head, ...]:
    """Where each bucket ended before these rows, and where it ends with them. Under the lock of the counter: nobody
    else moves a bucket meanwhile. Rows that left and are forgotten count: a laptop may not have heard of them."""
    records: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for seq, (bucket, row, _) in enumerate(rows, first):
        records.setdefault(bucket, []).append(row)
        last[bucket] = seq
    left = {bucket for bucket, _, gone in rows if gone}
    ends = {
        bucket: max(end or 0 for end in tx.execute(ENDS, (bucket, bucket)).fetchone())
        for bucket in records
        if bucket not in left
    }
    return tuple(Head(bucket, end, last[bucket], tuple(records[bucket])) for bucket, end in ends.items())
