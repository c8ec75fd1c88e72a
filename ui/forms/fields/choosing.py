"""Which control asks for choices: by how many there are, how long their words are, and the question's appearance."""

from __future__ import annotations

from fieldapp.forms import Node
from ui.forms.fields.arrangement import arrangement
from ui.forms.fields.base import Field
from ui.forms.fields.choice_buttons import ButtonsField, fits
from ui.forms.fields.choice_combo import ComboField
from ui.forms.fields.choice_list import RadioField
from ui.forms.fields.choice_search import SearchField
from ui.forms.fields.choices_many import ManyField
from ui.forms.fields.choices_tags import TagsField
from ui.forms.fields.likert import LikertField
from ui.forms.sheet import Sheet

RADIO_MOST = 7  # so many are seen at a glance; more are searched
TILES_MOST = 24  # boxes side by side in two columns
LIKERT_MOST = 11
TYPED = frozenset({"autocomplete", "search"})


def one_of(sheet: Sheet, node: Node) -> Field:
    """The control for a `select_one`."""
    look, count = node.question.appearance, len(sheet.session.options(node).names)
    if look & TYPED or _follows(node):
        return SearchField(sheet, node)
    if "minimal" in look:
        return SearchField(sheet, node) if count > RADIO_MOST else ComboField(sheet, node)
    if "likert" in look and count <= LIKERT_MOST:
        return LikertField(sheet, node)
    if count > TILES_MOST:
        return SearchField(sheet, node)
    choices = sheet.session.choices(node)
    if arrangement(look, choices).cards:
        return RadioField(sheet, node)
    if fits(choices):
        return ButtonsField(sheet, node)
    return SearchField(sheet, node) if count > RADIO_MOST else RadioField(sheet, node)


def several_of(sheet: Sheet, node: Node) -> Field:
    """The control for a `select_multiple`."""
    look, count = node.question.appearance, len(sheet.session.options(node).names)
    tags = bool(look & (TYPED | {"minimal"})) or count > TILES_MOST
    return TagsField(sheet, node) if tags else ManyField(sheet, node)


def _follows(node: Node) -> bool:
    """Whether a filter can change the list's length: then it gets the control that fits any length."""
    choices = node.question.choices
    return bool(choices and choices.nodeset and "[" in choices.nodeset)
