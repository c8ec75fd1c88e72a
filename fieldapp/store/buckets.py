"""The buckets of the City's feed: how far each was pulled, and what this store has of it."""

from __future__ import annotations

from fieldapp.records import Record, plain
from fieldapp.store.database import Database
from fieldapp.store.handouts import Shelf, abandoned
from fieldapp.store.membership import holding, leaving, stale
from fieldapp.store.remote import BucketState
from fieldapp.store.rows import Place
from fieldapp.store.saves import leave_city
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.tallies import Tally

MOD = 1 << 64


class Buckets:
    """Reading buckets, and the rare acts on a whole one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def states(self) -> dict[str, BucketState]:
        """All buckets by name."""
        found = self._database.read("SELECT name, cursor, epoch, checksum, count, as_of, after FROM bucket")
        return {
            name: BucketState(cursor, epoch, checksum % MOD, count, (as_of, after) if after else None)
            for name, cursor, epoch, checksum, count, as_of, after in found
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
        if not service:  # it left this laptop
            return None
        if fields is not None:
            return Record(record_id, service, version, rev, plain(fields))
        clean = place == Place.CITY and fp is not None
        return Record(record_id, service, mine[0], mine[1], plain(mine[2])) if clean else None

    def begin_again(self, bucket: str, epoch: str) -> None:
        """Cursor to the start; every row, and that it is in this bucket, is stale until it comes again."""
        with self._database.write() as tx:
            tx.execute("UPDATE bucket SET cursor = 0, as_of = 0, after = '', epoch = ? WHERE name = ?", (epoch, bucket))
            marked = "trim(replace(' ' || bucket || ' ', ' ' || :bucket || ' ', ' ~' || :bucket || ' '))"
            sql = f"UPDATE record SET stale = 1, bucket = {marked} WHERE {holding()} AND fp IS NOT NULL"
            tx.execute(sql, {"bucket": bucket})
            tx.execute("UPDATE handout SET stale = 1 WHERE bucket = ?", (bucket,))

    def finish_again(self, bucket: str) -> frozenset[str]:
        """Forget the rows that did not come again in this bucket."""
        with self._database.write() as tx:
            return _drop(tx, bucket, holding(marked=True), stale_alone=True)

    def leave(self, bucket: str) -> frozenset[str]:
        """Forget all rows of the bucket that are in no other, and the bucket."""
        with self._database.write() as tx:
            left = _drop(tx, bucket, f"({holding()} OR {holding(marked=True)})", stale_alone=False)
            tx.execute("DELETE FROM bucket WHERE name = ?", (bucket,))
            return left


def _drop(tx: Connection, bucket: str, which: str, *, stale_alone: bool) -> frozenset[str]:
    """Take the City's rows out of the bucket. Where it was the last, a row goes; what has open Changes stays until they
    are settled, and leaves then."""
    sql = f"SELECT n, id, place, bucket, fp FROM record WHERE {which} AND fp IS NOT NULL"
    found = [(*row, leaving(row[3], bucket)) for row in tx.execute(sql, {"bucket": bucket})]
    tally = Tally()
    for _, _, _, before, fp, after in found:
        tally.swap((before, fp), (after, fp))
    stood_for = Shelf(tx, bucket, tally).drop_all(stale=stale_alone)
    tally.write(tx)
    elsewhere = [(after, stale(after), n) for n, _, _, _, _, after in found if after]
    tx.executemany("UPDATE record SET bucket = ?, stale = ? WHERE n = ?", elsewhere)
    leave_city(tx, [(n, place) for n, _, place, _, _, after in found if not after])
    leave_city(tx, abandoned(tx, stood_for))
    return frozenset(id_ for _, id_, *_ in found)
