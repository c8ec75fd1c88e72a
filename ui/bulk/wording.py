"""What would become of a record, as its line says it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from fieldapp.actions.bulk import ASSIGN, Piece
from fieldapp.clock import today
from fieldapp.records import ADDRESS, ASSIGNEE, DUE
from fieldapp.texts import tr
from ui import days
from ui.review.queue import in_words, pressing
from ui.session import Session
from ui.titles import title_of
from ui.widgets import Row


def moves(one: Piece, deed: str) -> bool:
    """Whether it would be given to somebody else."""
    return deed == ASSIGN and one.to != one.record.get(ASSIGNEE)


def reasons_of(session: Session, pieces: Sequence[Piece]) -> dict[str, str]:
    """What presses about each record, in words: who decides several at once sees which of them failed."""
    look = pressing(session)
    found = {one.record.id: look.reasons(one.record) for one in pieces}
    records = {one.record.id: one.record for one in pieces}
    return {
        id_: " · ".join(in_words(session, records[id_], reason) for reason in reasons if reason.code != "due_soon")
        for id_, reasons in found.items()
    }


def line_of(session: Session, one: Piece, deed: str, out: Collection[str], why: str = "") -> Row:
    """The record's line; `out` are the records that are left out, `why` what presses about this one."""
    record = one.record
    due = days.due(record.get(DUE), today(session.clock))
    holder = one.to if one.change and not one.step else record.get(ASSIGNEE)
    parts = (why, record.get(ADDRESS), record.reference, _named(session, holder), due[0] if due else "")
    words = one.refusal or " · ".join(filter(None, parts))
    chip = _chip(session, one, deed, out)
    return Row(record.id, title_of(session.desk, record), words, icon=_icon(one, out), chip=chip)


def _icon(one: Piece, out: Collection[str]) -> str:
    if one.change:
        return "circle-check"
    return "circle" if not one.can or one.record.id in out else "circle-dot"


def _chip(session: Session, one: Piece, deed: str, out: Collection[str]) -> tuple[str, str]:
    if one.change:
        return tr("Done"), "ok"
    if not one.can:
        return tr("Not possible"), "warn"
    if one.record.id in out:
        return tr("Left out"), "plain"
    if one.step:
        return one.words, "pri"
    if moves(one, deed):
        return (tr("to {name}", name=_named(session, one.to)) if one.to else tr("to nobody")), "pri"
    return tr("Choose a person"), "plain"


def _named(session: Session, person: str) -> str:
    return session.name_of(person) if person else tr("with nobody")
