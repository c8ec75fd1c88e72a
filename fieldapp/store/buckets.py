"""The buckets of the City's feed: how far each was pulled, and what this store has of it."""

from __future__ import annotations

from fieldapp.records import Record, plain
from fieldapp.store.database import Database
from fieldapp.store.remote import BucketState
from fieldapp.store.rows import Place
from fieldapp.store.saves import forget
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.tallies import Tally

MOD = 1 << 64


class Buckets:
    """Reading buckets, and the rare acts on a whole one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def states(self) -> dict[str, BucketState]:
        """All buckets by name."""
        found = self._database.read("SELECT name, cursor, epoch, checksum, count FROM bucket")
        return {
            name: BucketState(cursor, epoch, checksum % MOD, count) for name, cursor, epoch, checksum, count in found
        }

    def summary(self, bucket: str | None) -> tuple[int, int]:
        """Count and checksum of one bucket, or of all."""
        chosen = [state for name, state in self.states().items() if bucket in {None, name}]
        return sum(state.count for state in chosen), sum(state.checksum for state in chosen) % MOD

    def city_record(self, record_id: str) -> Record | None:
        """The City's row: the shadow where there is one, else the record itself if the City has it."""
        sql = (
            "SELECT r.service, r.place, r.fp, r.form_version, r.rev, r.fields, s.form_version, s.rev, s.fields"
            " FROM record r LEFT JOIN shadow s ON s.n = r.n WHERE r.id = ?"
        )
        found = self._database.read(sql, (record_id,))
        if not found:
            return None
        service, place, fp, *mine, version, rev, fields = found[0]
        if fields is not None:
            return Record(record_id, service, version, rev, plain(fields))
        clean = place == Place.CITY and fp is not None
        return Record(record_id, service, mine[0], mine[1], plain(mine[2])) if clean else None

    def begin_again(self, bucket: str, epoch: str) -> None:
        """Cursor to the start; every row is stale until it comes again."""
        with self._database.write() as tx:
            tx.execute("UPDATE bucket SET cursor = 0, epoch = ? WHERE name = ?", (epoch, bucket))
            tx.execute("UPDATE record SET stale = 1 WHERE bucket = ? AND fp IS NOT NULL", (bucket,))

    def finish_again(self, bucket: str) -> frozenset[str]:
        """Forget the rows that are still stale."""
        with self._database.write() as tx:
            return _drop(tx, bucket, "stale = 1")

    def leave(self, bucket: str) -> frozenset[str]:
        """Forget all rows of the bucket, and the bucket."""
        with self._database.write() as tx:
            left = _drop(tx, bucket, "TRUE")
            tx.execute("DELETE FROM bucket WHERE name = ?", (bucket,))
            return left


def _drop(tx: Connection, bucket: str, which: str) -> frozenset[str]:
    """Take the City's rows out. What has open Changes stays until they are settled, and leaves then."""
    sql = f"SELECT n, id, place, fp FROM record WHERE bucket = ? AND fp IS NOT NULL AND {which}"
    found = tx.execute(sql, (bucket,)).fetchall()
    tally = Tally()
    for _, _, _, fp in found:
        tally.swap((bucket, fp), ("", None))
    tally.write(tx)
    forget(tx, [n for n, _, place, _ in found if place == Place.CITY])
    kept = [(n,) for n, _, place, _ in found if place != Place.CITY]
    tx.executemany("UPDATE record SET gone = 1, stale = 0, fp = NULL WHERE n = ?", kept)
    return frozenset(id_ for _, id_, _, _ in found)
