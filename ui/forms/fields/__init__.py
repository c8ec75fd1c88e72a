"""One small file a field type. `make` picks the control for a question; an unknown kind gets a line of text."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.forms import Node
from ui.forms.fields.acknowledge import AcknowledgeField
from ui.forms.fields.base import Field
from ui.forms.fields.by_look import date_of, range_of, text_of, whole_of
from ui.forms.fields.choice_search import SearchField
from ui.forms.fields.choosing import one_of, several_of
from ui.forms.fields.made import ASKED, made
from ui.forms.fields.moment import MomentField
from ui.forms.fields.number import NumberField
from ui.forms.fields.rank import RankField
from ui.forms.fields.shown import ShownField
from ui.forms.fields.text import TextField
from ui.forms.fields.time import TimeField
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet

__all__ = ["KNOWN", "Field", "fixed", "make"]

PLAIN: dict[str, type[Field]] = {
    "decimal": NumberField,
    "time": TimeField,
    "dateTime": MomentField,
    "rank": RankField,
    "acknowledge": AcknowledgeField,
}
BY_LOOK: dict[str, Callable[[Sheet, Node], Field]] = {  # kinds whose control depends on their appearance
    "select": one_of,
    "multiple": several_of,
    "text": text_of,
    "integer": whole_of,
    "date": date_of,
    "range": range_of,
}
KNOWN = frozenset(PLAIN) | frozenset(BY_LOOK) | frozenset(ASKED) | {"note"}


def make(sheet: Sheet, node: Node, *, compact: bool = False) -> Field:
    """The control for a question; `compact` for a cell of a table."""
    field = _made(sheet, node, compact=compact)
    if compact:
        field.show_compact()
    return field


def _made(sheet: Sheet, node: Node, *, compact: bool) -> Field:
    kind = kind_of(node)
    found = made(sheet, node, fixed=fixed(sheet, node))
    if found is not None:
        return found
    if fixed(sheet, node):
        return ShownField(sheet, node)
    if compact and kind == "select":
        return SearchField(sheet, node)
    if kind in BY_LOOK:
        return BY_LOOK[kind](sheet, node)
    return PLAIN.get(kind, TextField)(sheet, node)


def fixed(sheet: Sheet, node: Node) -> bool:
    """Whether the answer can only be read."""
    return sheet.read_only or node.readonly or kind_of(node) == "calculate"
