"""The City's own Changes: what became of a wish, what another city's server said. They stand in a record's history like
everybody's, under nobody's name, and laptops get them by sync."""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.clock import new_id
from fieldapp.records import CITY, STATE, Change, Edits, Record, edited, plain
from fieldapp.services import Catalogue
from fieldapp.store.rows import fingerprint_of, text_of
from sync.gateway import chronicle, ledger
from sync.gateway.ledger import Received
from sync.gateway.moves import Moves
from sync.gateway.open311 import noting
from sync.gateway.scope import buckets_of
from sync.gateway.transactions import LOCKED, Transaction
from sync.gateway.webhooks import noting as webhooks
from sync.wire import APPLIED, OpResult

DEVICE = "gateway"
ROW = f"SELECT id, service, form_version, rev, fields, bucket, fp FROM record WHERE id = ? {LOCKED}"


@dataclass(frozen=True)
class Standing:
    """A record as it stands, with its buckets and its fingerprint."""

    record: Record
    place: tuple[str, int]


def locked(tx: Transaction, record: str) -> Standing | None:
    """The record, locked to the end of the transaction; None where the City does not have it."""
    found = tx.execute(ROW, (record,)).fetchone()
    if found is None:
        return None
    id_, service, version, rev, fields, buckets, fp = found
    return Standing(Record(id_, service, version, rev, plain(fields)), (buckets, fp))


def put(
    tx: Transaction, catalogue: Catalogue, standing: Standing, edits: Edits, now: str, *, tells: bool = True
) -> None:
    """Write edits to a locked record, as a Change of the City's own. Last in its transaction."""
    before = standing.record
    change = change_of(before, edits, now, tells=tells)
    after = Record(before.id, before.service, before.form_version, before.rev + 1, edited(before.fields, edits))
    result = OpResult(change.id, APPLIED, after.rev, at=now)
    entries = ledger.keep(tx, [(Received.of(change.payload()), change, result)])
    text = text_of(after.fields)
    place = buckets_of(after.fields, catalogue.get(after.service).office), fingerprint_of(after, text)
    sql = "UPDATE record SET rev = ?, fields = ?, bucket = ?, fp = ?, at = ? WHERE id = ?"
    tx.execute(sql, (after.rev, text, *place, now, after.id))
    if STATE in edits:
        noting.note(tx, catalogue, [after], [change], now)
    webhooks.note(tx, catalogue, [webhooks.Step(change, before.state, after)], now)
    moves = Moves()
    moves.note(after.id, standing.place, place)
    moves.write(tx, now)
    chronicle.add(tx, entries, now)


def change_of(record: Record, edits: Edits, now: str, *, tells: bool = True) -> Change:
    """Edits as a Change of the City's own; without what stood there before, where that must not be told."""
    was = {path: record.fields.get(path) if tells else None for path in edits}
    own = CITY, CITY, DEVICE, now
    return Change(new_id(), record.id, record.service, record.form_version, record.rev, edits, was, *own)
