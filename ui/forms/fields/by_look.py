"""Which control asks for a text, a date or a range: by the question's appearance and parameters."""

from __future__ import annotations

from fieldapp.forms import Node
from ui.forms.fields.address import AddressField
from ui.forms.fields.base import Field
from ui.forms.fields.business_date import BusinessDateField
from ui.forms.fields.counter import CounterField
from ui.forms.fields.date import DateField
from ui.forms.fields.number import NumberField
from ui.forms.fields.part_date import MonthField, YearField
from ui.forms.fields.pattern import PatternField, mask_of
from ui.forms.fields.picker import PickerField
from ui.forms.fields.rating import MOST as STARS_MOST
from ui.forms.fields.rating import RatingField
from ui.forms.fields.scale import scale_of
from ui.forms.fields.slider import SliderField
from ui.forms.fields.slot import SlotField
from ui.forms.fields.text import LongTextField, TextField
from ui.forms.sheet import Sheet

PICKED_MOST = 1_000  # numbers in a list that opens; more are typed


def text_of(sheet: Sheet, node: Node) -> Field:
    """Several lines, an address, a fixed pattern, or one free line."""
    look = node.question.appearance
    if "multiline" in look or node.question.extra.get("rows"):
        return LongTextField(sheet, node)
    if "address" in look:
        return AddressField(sheet, node)
    if "slot" in look:
        return SlotField(sheet, node)
    return (PatternField if mask_of(node.question) else TextField)(sheet, node)


def whole_of(sheet: Sheet, node: Node) -> Field:
    """A whole number, typed or counted."""
    return (CounterField if "counter" in node.question.appearance else NumberField)(sheet, node)


def date_of(sheet: Sheet, node: Node) -> Field:
    """A day, a day by which something must be done, a month of a year, or a year."""
    look, days = node.question.appearance, sheet.host.business_days
    if "business-days" in look and days is not None:
        return BusinessDateField(sheet, node, days)
    kind = YearField if "year" in look else MonthField if "month-year" in look else DateField
    return kind(sheet, node)


def range_of(sheet: Sheet, node: Node) -> Field:
    """Stars, a list that opens, or a ruler."""
    look, count = node.question.appearance, scale_of(node.question.extra).count
    if "rating" in look and count < STARS_MOST:
        return RatingField(sheet, node)
    if "picker" in look:
        return PickerField(sheet, node) if count <= PICKED_MOST else NumberField(sheet, node)
    return SliderField(sheet, node)
