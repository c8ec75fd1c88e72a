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
class Shot:
    """A photo that an earlier visit took of a deficiency: in which record, at which question, and the file's value."""

    record: Record
    path: str
    value: str


@dataclass(frozen=True)
class Finding:
    """One open deficiency: what it is in a line, the photos taken of it, oldest first, and the key of the row that asks
    for it in every later visit."""

    text: str
    shots: tuple[Shot, ...]
    key: str

    @property
    def photos(self) -> int:
        """How many photos were taken of it."""
        return len(self.shots)


def findings(desk: Desk, record: Record) -> list[Finding]:
    """What is still to be corrected under the record's permit; nothing where the service carries nothing over."""
    service = desk.service_of(record)
    if service.carry is None or not record.get(PARENT):
        return []
    siblings = [one for one in earlier(desk, service, record) if one.id != record.id]
    return [_finding(item, service.carry.into, siblings) for item in carry.open_items(service.carry, siblings)]


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


def files_below(record: Record, row: str) -> list[Shot]:
    """The files that answer questions of one row of a repeat."""
    own = record.fields.items()
    return [Shot(record, path, text) for path, text in own if path.startswith(f"{row}/") and FILE_VALUE.fullmatch(text)]


def _finding(item: carry.OpenItem, into: str, siblings: list[Record]) -> Finding:
    """Photos come from where it was found, and from later visits that found it still open."""
    said = [text for text in item.answers.values() if text][:WORDS]
    home, _, path = item.id.partition("/")
    rows = [
        (one, path if one.id == home else f"{into}[{item.key}]") for one in sorted(siblings, key=lambda one: one.id)
    ]
    return Finding(" · ".join(said), tuple(shot for one, row in rows for shot in files_below(one, row)), item.key)
