"""Functions on the value of a question with several choices: their names with spaces between."""

from __future__ import annotations

from fieldapp.forms.xpath import casting as a
from fieldapp.forms.xpath.functions import function


@function("is-selected", a.text, a.text)
@function("selected", a.text, a.text)
def selected(value: str, choice: str) -> bool:
    """Whether `choice` is among the choices in `value`. is-selected() is its older name."""
    return choice.strip() in value.split()


@function("selected-at", a.text, a.number)
def selected_at(value: str, index: float) -> str:
    """The choice at `index` (0 is the first), "" beyond the last."""
    chosen = value.split()
    return chosen[int(index)] if 0 <= index < len(chosen) else ""


@function("count-selected", a.text)
def count_selected(value: str) -> float:
    """How many choices are selected."""
    return float(len(value.split()))
