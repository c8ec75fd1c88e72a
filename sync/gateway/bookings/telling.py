"""Telling records what became of their wish where no op of theirs was the reason: a freed place went to them, or the
City moved or cancelled their slot. The City's own Change does it: it stands in the record's history like any other.

Places are given in the transaction that frees them (calendar.py), marked as not told yet; records follow, each in a
transaction of its own, because a record's row is always locked before the calendar. Cut off in between, what is not
told is told the next time: after a push, at the start, once a day.
"""

from __future__ import annotations

from fieldapp.records import CITY, Record, edited
from fieldapp.services import Catalogue
from sync.gateway import citys
from sync.gateway.bookings.calendar import HELD, Held
from sync.gateway.bookings.writing import edits_of
from sync.gateway.transactions import CityDatabase, Transaction

UNTOLD = "SELECT DISTINCT record FROM booking WHERE told = 0 ORDER BY record"


def tell(database: CityDatabase, catalogue: Catalogue, now: str) -> int:
    """Tell all records that are not told yet; how many."""
    told = 0
    for (record,) in database.read(UNTOLD):
        with database.write(CITY) as tx:
            told += _Telling(tx, catalogue, now).tell(record)
    return told


class _Telling:
    """One record on its way to knowing."""

    def __init__(self, tx: Transaction, catalogue: Catalogue, now: str) -> None:
        self._tx = tx
        self._catalogue = catalogue
        self._now = now

    def tell(self, record_id: str) -> int:
        standing = citys.locked(self._tx, record_id)
        self._tx.execute("UPDATE counter SET v = v + 1 WHERE name = 'booking'")  # the calendar's lock
        sql = f"SELECT {HELD} FROM booking WHERE record = ? AND told = 0 ORDER BY name"
        rows = [Held(*row) for row in self._tx.execute(sql, (record_id,))]
        self._tx.execute("UPDATE booking SET told = 1 WHERE record = ?", (record_id,))
        if standing is None or not rows or standing.record.service not in self._catalogue:
            return 0
        edits = self._edits(standing.record, rows)
        if edits:
            citys.put(self._tx, self._catalogue, standing, edits, self._now)
        return int(bool(edits))

    def _edits(self, record: Record, rows: list[Held]) -> dict[str, str | None]:
        service, fields = self._catalogue.get(record.service), dict(record.fields)
        edits: dict[str, str | None] = {}
        for row in rows:
            rule, standing = service.booking(row.name), row.read()
            if rule is not None and standing is not None:
                edits |= edits_of(service, rule, standing, edited(fields, edits), anew=True)
        return {path: value for path, value in edits.items() if (value or "") != fields.get(path, "")}
