"""What a visit should know before it rings the bell: last time's result, remarks and dangers, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.records import PARENT, Record
from ui.session import Session
from ui.today.last_time import last_visit

if TYPE_CHECKING:  # brings the form engine along, which a day without earlier visits does without
    from ui.records.answers import Reader

# The names that every visit's form and every permit's gives them (resources/services/_blocks, b6 and b2).
RESULT, DANGERS, PHONE = "result", ("hazard_to_staff", "access_note"), "phone"


@dataclass(frozen=True)
class Note:
    """An answer of an earlier record in words; a hidden one is shown when somebody asks, and that is noted."""

    record: Record
    path: str
    label: str
    value: str
    hidden: bool


def notes(session: Session, visit: Record) -> list[Note]:
    """Dangers and ways in first, then what was decided and remarked last time, then whom to call."""
    last, above = _last(session, visit), session.store.record(visit.get(PARENT))
    found = [*_read(session, last, _said_of(session, last))] if last else []
    calls = [note for one in (above, last) if one for note in _read(session, one, _phones(one))]
    return [*found, *calls]


def _last(session: Session, visit: Record) -> Record | None:
    row = last_visit(session.desk, visit)
    return session.store.record(row.id) if row else None


def _said_of(session: Session, last: Record) -> list[str]:
    """The paths of what the last visit noted: a service names its remarks as what lines are only added to."""
    remarks = session.desk.service_of(last).merging.append
    paths = sorted(last.answers)
    dangers = [path for path in paths if _name(path) in DANGERS]
    return [*dangers, *(path for path in paths if _name(path) == RESULT), *(path for path in paths if path in remarks)]


def _phones(record: Record) -> list[str]:
    return [path for path in sorted(record.answers) if _name(path).endswith(PHONE)]


def _read(session: Session, record: Record, paths: list[str]) -> Iterator[Note]:
    """In words; the form is opened only where there is something to read."""
    given = [path for path in paths if record.get(path)]
    if not given or record.service not in session.catalogue:
        return
    from ui.records.answers import Reader

    reader = Reader(session, record)
    for path in given:
        words = _named(reader, path) if _name(path).endswith(PHONE) else reader.label(path)
        yield Note(record, path, words, reader.value(path, record.get(path)), reader.hides(path))


def _named(reader: Reader, path: str) -> str:
    """Whose number it is: the form often says that above the question only ("Applicant")."""
    return f"{reader.label(path.rpartition('/')[0])} · {reader.label(path)}"


def _name(path: str) -> str:
    return path.rpartition("/")[2]
