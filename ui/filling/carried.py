"""The card beside a form with what its record carries from earlier versions of it, and the way to dismiss that."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.actions import bring_back, dismiss
from fieldapp.errors import FieldAppError
from fieldapp.forms.following import carried_in
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.carried import lines_of
from ui.forms import FormEditor
from ui.forms.carried import CarriedCard
from ui.session import Session


def carried_card(session: Session, editor: FormEditor, record: Record) -> CarriedCard | None:
    """The card for `record`, kept up with what is answered in `editor`; None where the record carries nothing."""
    if not carried_in(record.fields):
        return None
    card = CarriedCard(lines_of(session.desk, editor.session, record), read_only=editor.sheet.read_only)

    def renew() -> None:
        card.show_lines(lines_of(session.desk, editor.session, session.store.record(record.id) or record))

    card.wanted.connect(editor.jump_to)
    card.dismissed.connect(lambda field: _take_off(session, record.id, field, renew))
    editor.saved.connect(renew)
    return card


def _take_off(session: Session, record_id: str, field: str, renew: Callable[[], None]) -> None:
    """Dismiss an answer, with a way back."""
    record = session.store.record(record_id)
    value = record.get(field) if record else ""

    def back() -> None:
        if _attempt(session, lambda: bring_back(session.desk, record_id, field, value)):
            renew()

    if _attempt(session, lambda: dismiss(session.desk, record_id, field)):
        renew()
        session.say(tr("Dismissed. It stays in the record's history."), back)


def _attempt(session: Session, act: Callable[[], Record]) -> bool:
    try:
        act()
    except FieldAppError as error:
        session.say(str(error))
        return False
    return True
