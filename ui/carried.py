"""What a record carries from earlier versions of its form, in the words of that time."""

from __future__ import annotations

from fieldapp.actions import Desk, carried_forms
from fieldapp.errors import FormError
from fieldapp.forms import FormSession, Node
from fieldapp.forms.following import Carried, Places, carried_in
from fieldapp.records import Record
from ui.forms.carried import CarriedLine
from ui.forms.marking import plain
from ui.forms.words import shown


def lines_of(desk: Desk, form: FormSession, record: Record) -> list[CarriedLine]:
    """Each carried answer with the words of its time; with its bare path where that form is not on this laptop."""
    forms = carried_forms(desk, record)
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
