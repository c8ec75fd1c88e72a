"""Telling records what became of their wish where no op of theirs was the reason: a freed place went to them, or the
City moved or cancelled their slot. The City's own Change does it: it stands in the record's history like any other.

Places are given in the transaction that frees them (calendar.py), marked as not told yet; records follow, each in a
transaction of its own, because a record's row is always locked before the calendar. Cut off in between, what is not
told is told the next time: after a push, at the start, once a day.
"""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.clock import new_id
from fieldapp.records import Change, Record, edited, plain
from fieldapp.services import Catalogue
from fieldapp.store.rows import fingerprint_of, text_of
from sync.gateway import chronicle, ledger
from sync.gateway.bookings.calendar import HELD, Held
from sync.gateway.bookings.writing import edits_of
from sync.gateway.ledger import Received
from sync.gateway.moves import Moves
from sync.gateway.scope import buckets_of
from sync.gateway.transactions import LOCKED, CityDatabase, Transaction
from sync.gateway.webhooks import noting as webhooks
from sync.wire import APPLIED, OpResult

CITY = "@city"  # the actor of the City's own Changes: nobody's user id begins so
DEVICE = "gateway"
UNTOLD = "SELECT DISTINCT record FROM booking WHERE told = 0 ORDER BY record"
ROW = f"SELECT id, service, form_version, rev, fields, bucket, fp FROM record WHERE id = ? {LOCKED}"


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
        found = self._tx.execute(ROW, (record_id,)).fetchone()
        self._tx.execute("UPDATE counter SET v = v + 1 WHERE name = 'booking'")  # the calendar's lock
        sql = f"SELECT {HELD} FROM booking WHERE record = ? AND told = 0 ORDER BY name"
        rows = [Held(*row) for row in self._tx.execute(sql, (record_id,))]
        self._tx.execute("UPDATE booking SET told = 1 WHERE record = ?", (record_id,))
        if found is None or not rows or found[1] not in self._catalogue:
            return 0
        id_, service, version, rev, fields, buckets, fp = found
        record = Record(id_, service, version, rev, plain(fields))
        edits = self._edits(record, rows)
        if edits:
            self._write(record, edits, (buckets, fp))
        return int(bool(edits))

    def _edits(self, record: Record, rows: list[Held]) -> dict[str, str | None]:
        service, fields = self._catalogue.get(record.service), dict(record.fields)
        edits: dict[str, str | None] = {}
        for row in rows:
            rule, standing = service.booking(row.name), row.read()
            if rule is not None and standing is not None:
                edits |= edits_of(service, rule, standing, edited(fields, edits), anew=True)
        return {path: value for path, value in edits.items() if (value or "") != fields.get(path, "")}

    def _write(self, before: Record, edits: Mapping[str, str | None], standing: tuple[str, int]) -> None:
        change = self._change(before, edits)
        fields = edited(before.fields, edits)
        after = Record(before.id, before.service, before.form_version, before.rev + 1, fields)
        result = OpResult(change.id, APPLIED, after.rev, at=self._now)
        entries = ledger.keep(self._tx, [(Received.of(change.payload()), change, result)])
        text = text_of(after.fields)
        buckets = buckets_of(after.fields, self._catalogue.get(after.service).office)
        fp = fingerprint_of(after, text)
        sql = "UPDATE record SET rev = ?, fields = ?, bucket = ?, fp = ?, at = ? WHERE id = ?"
        self._tx.execute(sql, (after.rev, text, buckets, fp, self._now, after.id))
        webhooks.note(self._tx, self._catalogue, [webhooks.Step(change, before.state, after)], self._now)
        moves = Moves()
        moves.note(after.id, standing, (buckets, fp))
        moves.write(self._tx, self._now)
        chronicle.add(self._tx, entries, self._now)

    def _change(self, record: Record, edits: Mapping[str, str | None]) -> Change:
        was = {path: record.fields.get(path) for path in edits}
        return Change(
            new_id(),
            record.id,
            record.service,
            record.form_version,
            record.rev,
            edits,
            was,
            CITY,
            CITY,
            DEVICE,
            self._now,
        )
