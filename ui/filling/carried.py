"""What a record carries from earlier versions of its form, in words, and the card that shows it beside the form."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.actions import bring_back, carried_forms, dismiss
from fieldapp.errors import FieldAppError, FormError
from fieldapp.forms import FormSession, Node
from fieldapp.forms.following import Carried, Places, carried_in
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.forms import FormEditor
from ui.forms.carried import CarriedCard, CarriedLine
from ui.forms.marking import plain
from ui.forms.words import shown
from ui.session import Session


def carried_card(session: Session, editor: FormEditor, record: Record) -> CarriedCard | None:
    """The card for `record`, kept up with what is answered in `editor`; None where the record carries nothing."""
    if not carried_in(record.fields):
        return None
    card = CarriedCard(lines_of(session, editor.session, record), read_only=editor.sheet.read_only)

    def renew() -> None:
        card.show_lines(lines_of(session, editor.session, session.store.record(record.id) or record))

    card.wanted.connect(editor.jump_to)
    card.dismissed.connect(lambda field: _take_off(session, record.id, field, renew))
    editor.saved.connect(renew)
    return card


def lines_of(session: Session, form: FormSession, record: Record) -> list[CarriedLine]:
    """Each carried answer with the words of its time; with its bare path where that form is not on this laptop."""
    forms = carried_forms(session.desk, record)
    return [_line(one, forms.get(one.version), form) for one in carried_in(record.fields)]


def _line(one: Carried, old: FormSession | None, form: FormSession) -> CarriedLine:
    node = _node(old, one.path) if old is not None else None
    name = plain(old.label(node)) if old is not None and node is not None else ""
    value = shown(old, node) if old is not None and node is not None else one.value
    known = old.definition.questions if old is not None else (one.path,)
    asked = _node(form, Places(list(known), form.definition).keyed(one.path))
    if asked is None or asked.is_group or asked.question.bind.calculate:
        return CarriedLine(one.field, name or one.path, value)
    return CarriedLine(one.field, name or one.path, value, asked.path, answered=bool(asked.value))


def _node(form: FormSession, path: str) -> Node | None:
    try:
        return form.node(path) if path else None
    except FormError:
        return None


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
