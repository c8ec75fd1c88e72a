"""One small file a field type. `make` picks the control for a question; an unknown kind gets a line of text."""

from __future__ import annotations

from fieldapp.forms import Node
from ui.forms.fields.acknowledge import AcknowledgeField
from ui.forms.fields.address import AddressField
from ui.forms.fields.base import Field
from ui.forms.fields.choice_buttons import ButtonsField, fits
from ui.forms.fields.choice_combo import ComboField
from ui.forms.fields.choice_list import RadioField
from ui.forms.fields.choices_many import ManyField
from ui.forms.fields.date import DateField
from ui.forms.fields.file import FileField
from ui.forms.fields.geopoint import GeopointField
from ui.forms.fields.image import ImageField
from ui.forms.fields.moment import MomentField
from ui.forms.fields.number import NumberField
from ui.forms.fields.picture import PictureField
from ui.forms.fields.shown import ShownField
from ui.forms.fields.signature import SignatureField
from ui.forms.fields.text import LongTextField, TextField
from ui.forms.fields.time import TimeField
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet

__all__ = ["KNOWN", "Field", "fixed", "make"]

PLAIN: dict[str, type[Field]] = {
    "integer": NumberField,
    "decimal": NumberField,
    "range": NumberField,
    "date": DateField,
    "time": TimeField,
    "dateTime": MomentField,
    "multiple": ManyField,
    "geopoint": GeopointField,
    "file": FileField,
    "audio": FileField,
    "video": FileField,
    "acknowledge": AcknowledgeField,
    "barcode": TextField,
}
KNOWN = frozenset(PLAIN) | {"text", "select", "image", "note"}
RADIO_MOST = 7


def make(sheet: Sheet, node: Node) -> Field:
    """The control for a question."""
    look = node.question.appearance
    if fixed(sheet, node):
        return PictureField(sheet, node) if kind_of(node) == "image" else ShownField(sheet, node)
    if kind_of(node) == "select":
        return _select(sheet, node)
    if kind_of(node) == "image":
        return (SignatureField if "signature" in look else ImageField)(sheet, node)
    if kind_of(node) == "text" and "multiline" in look:
        return LongTextField(sheet, node)
    if kind_of(node) == "text" and "address" in look:
        return AddressField(sheet, node)
    return PLAIN.get(kind_of(node), TextField)(sheet, node)


def fixed(sheet: Sheet, node: Node) -> bool:
    """Whether the answer can only be read."""
    return sheet.read_only or node.readonly or kind_of(node) == "calculate"


def _select(sheet: Sheet, node: Node) -> Field:
    choices = sheet.session.choices(node)
    look = node.question.appearance
    if look & {"minimal", "autocomplete", "search"}:
        return ComboField(sheet, node)
    if fits(choices):
        return ButtonsField(sheet, node)
    # A list whose length a filter changes gets the control that fits any length.
    filtered = bool(node.question.choices and node.question.choices.nodeset and "[" in node.question.choices.nodeset)
    return ComboField(sheet, node) if filtered or len(choices) > RADIO_MOST else RadioField(sheet, node)
