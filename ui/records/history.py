"""A record's history: who did what, when, on which device, and what became of it."""

from __future__ import annotations

from fieldapp.actions import outcomes
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.records import ASSIGNEE, Record
from fieldapp.store import Dispute, Entry
from fieldapp.texts import tr
from ui.days import moment
from ui.records.answers import Reader, changed_words
from ui.records.told import outcome, settled
from ui.session import Session
from ui.widgets import Row

SHOWN = 3  # answers named in a line; the rest is counted


def rows(session: Session, record: Record, reader: Reader, entries: list[Entry]) -> list[Row]:
    """The lines, newest first; above them, what became of versions that clashed."""
    told = [_outcome(session, record, dispute) for dispute in outcomes(session.desk, record.id)]
    return told + [_row(session, record, reader, entry) for entry in reversed(entries)]


def _outcome(session: Session, record: Record, dispute: Dispute) -> Row:
    when = moment(dispute.settled_at, today(session.clock))
    below = f"{when} · {settled(session, dispute)}"
    return Row(f"dispute {dispute.op}", outcome(session, record, dispute), below, icon="git-merge")


def entry_chip(entry: Entry) -> tuple[str, str]:
    """What became of a Change, as a chip."""
    if not entry.sealed:
        return tr("Draft here"), "plain"
    return {
        "sealed": (tr("On this laptop"), "warn"),
        "applied": (tr("Applied"), "ok"),
        "merged": (tr("Merged"), "ok"),
        "noop": (tr("Already so"), "ok"),
        "conflict": (tr("Two versions"), "bad"),
        "referred": (tr("A supervisor decides"), "warn"),
        "decided": (tr("Decided"), "ok"),
        "rejected": (tr("Refused"), "bad"),
        "parked": (tr("Set aside"), "bad"),
        "replaced": (tr("Sent anew"), "plain"),
        "withdrawn": (tr("Taken back"), "plain"),
    }.get(entry.state, (entry.state, "plain"))


def _row(session: Session, record: Record, reader: Reader, entry: Entry) -> Row:
    change = entry.change
    who = session.name_of(change.actor)
    if change.stands_for:
        who = tr("{who} for {absent}", who=who, absent=session.name_of(change.stands_for))
    below = " · ".join([moment(change.at, today(session.clock)), change.device, _what(session, reader, entry)])
    return Row(change.id, f"{who} · {deed(session, record, entry)}", below, chip=entry_chip(entry))


def deed(session: Session, record: Record, entry: Entry) -> str:
    """What a Change did, in a word: its step, or that it began or changed something."""
    change = entry.change
    if change.transition:
        try:
            service = session.catalogue.get(record.service)
            return service.transition(change.transition).title.text(session.language)
        except FieldAppError:
            return change.transition
    return tr("Started") if change.creates else tr("Changed")


def _field(session: Session, reader: Reader, entry: Entry, path: str) -> str:
    """A field of the record itself; to whom, where it was given to somebody."""
    if path != ASSIGNEE:
        return reader.label(path)
    to = entry.change.edits[path]
    return tr("Assigned to {name}", name=session.name_of(to)) if to else tr("Assigned to nobody")


def _what(session: Session, reader: Reader, entry: Entry) -> str:
    paths = [path for path in entry.change.edits if not path.startswith("@") and not path.endswith("]")]
    if not paths:
        fields = [path for path in entry.change.edits if path.startswith("@")]
        return ", ".join(_field(session, reader, entry, path) for path in fields[:SHOWN])
    if len(paths) > SHOWN:
        return changed_words(len(paths))
    return ", ".join(reader.label(path) for path in paths)
