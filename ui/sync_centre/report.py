"""A refused record as one file for the City's IT: readable text, then the same as JSON. It holds no other record."""

from __future__ import annotations

import json
from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from fieldapp.clock import today
from fieldapp.records import Record
from fieldapp.store import Entry
from fieldapp.store.remote import TROUBLE
from fieldapp.texts import tr
from ui.choosing import where_to_save
from ui.days import moment
from ui.review.wording import Wording
from ui.session import Session
from ui.sync_centre.writing import write_copy

RULE = "-" * 72


def save_report(session: Session, record_id: str, parent: QWidget) -> None:
    """Ask where to, and write it there; the person chooses the place, since the file is not encrypted."""
    record = session.store.record(record_id)
    if record is None:
        return
    asked = tr("Save a copy (it will not be encrypted)")
    name = f"{record.reference or record.id}.txt"
    if chosen := where_to_save(session, parent, asked, name, f"{tr('Text')} (*.txt)"):
        write_copy(session, chosen, report(session, record))


def report(session: Session, record: Record) -> str:
    """What was refused, why, and the answers in words; below a line the record and its Changes as JSON."""
    entries = session.store.history(record.id)
    whole = {**vars(record), "changes": [{**entry.change.payload(), "outcome": _outcome(entry)} for entry in entries]}
    readable = [_head(session, record), *_refusals(session, record, entries), "", *_answers(session, record)]
    return "\n".join([*readable, "", RULE, json.dumps(whole, ensure_ascii=False, indent=1), ""])


def _head(session: Session, record: Record) -> str:
    names = (record.reference, record.get("@title"), record.service)
    return "\n".join(
        [
            " · ".join(part for part in names if part),
            tr(
                "Record {id}, laptop {device}, {person}",
                id=record.id,
                device=session.desk.device,
                person=session.person.id,
            ),
        ]
    )


def _refusals(session: Session, record: Record, entries: list[Entry]) -> Iterator[str]:
    reader = Wording(session, record)
    for entry in entries:
        if entry.state not in TROUBLE:
            continue
        when = moment(entry.received_at or entry.sent_at or entry.saved_at, today(session.clock))
        yield tr("The City refused it at {time}: {why}", time=when, why=f"{entry.message} [{entry.code}]")
        for path, theirs in (entry.answer or {}).items():
            mine = entry.change.edits.get(path) or ""
            sides = (tr("Yours"), reader.value(path, mine), tr("The City's"), reader.value(path, theirs or ""))
            yield "  {}: {} = {}; {} = {}".format(reader.about(path), *sides)


def _answers(session: Session, record: Record) -> Iterator[str]:
    yield from (f"{one.label}: {one.text}" for one in Wording(session, record).given())


def _outcome(entry: Entry) -> dict[str, object]:
    told = ("state", "code", "message", "path", "rev", "saved_at", "sent_at", "received_at", "attempts")
    return {**{name: getattr(entry, name) for name in told}, "answer": dict(entry.answer or {})}
