"""From last time: what earlier visits under the same permit found and nobody has reported corrected."""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.actions import Desk
from fieldapp.actions.desk import FILE_VALUE
from fieldapp.records import PARENT, Record
from fieldapp.services import Service, carry
from fieldapp.store import Query, Row

WORDS = 2  # of an open item's answers: what it is, and what was found


@dataclass(frozen=True)
class Finding:
    """One open deficiency: what it is in a line, and how many photos were taken of it."""

    text: str
    photos: int


def findings(desk: Desk, record: Record) -> list[Finding]:
    """What is still to be corrected under the record's permit; nothing where the service carries nothing over."""
    service = desk.service_of(record)
    if service.carry is None or not record.get(PARENT):
        return []
    siblings = [one for one in earlier(desk, service, record) if one.id != record.id]
    return [_finding(item, siblings) for item in carry.open_items(service.carry, siblings)]


def earlier(desk: Desk, service: Service, record: Record) -> list[Record]:
    """The other records of the same service under the same parent."""
    return desk.store.find(Query(service=service.id, parent=record.get(PARENT)), carry.MOST_SIBLINGS)


def last_visit(desk: Desk, record: Record) -> Row | None:
    """The newest other visit under the same permit that was made, if any is on this laptop."""
    made = Query(service=record.service, parent=record.get(PARENT), state_kinds=("review", "done"))
    if not record.get(PARENT):
        return None
    rows = desk.store.rows(desk.store.ids(made)[:2])
    return next((row for row in rows if row.id != record.id), None)


def _finding(item: carry.OpenItem, siblings: list[Record]) -> Finding:
    said = [text for text in item.answers.values() if text][:WORDS]
    home, _, path = item.id.partition("/")
    source = next((one for one in siblings if one.id == home), None)
    own = source.fields.items() if source else ()
    photos = sum(1 for where, value in own if where.startswith(f"{path}/") and FILE_VALUE.fullmatch(value))
    return Finding(" · ".join(said), photos)
