"""Functions that make or weigh truths."""

from __future__ import annotations

import math

from fieldapp.forms.xpath import casting as a
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.functions import function
from fieldapp.forms.xpath.values import Value, atoms_of, boolean_of, number_of


@function("true")
def true() -> bool:
    """True."""
    return True


@function("false")
def false() -> bool:
    """False."""
    return False


@function("boolean", a.truth)
def boolean(holds: bool) -> bool:
    """XPath's boolean(): numbers but 0 and NaN, texts but the empty one."""
    return holds


@function("not", a.truth)
def not_(holds: bool) -> bool:
    """The opposite."""
    return not holds


@function("boolean-from-string", a.text)
def boolean_from_string(text: str) -> bool:
    """True for the texts "true" and "1" alone."""
    return text in {"true", "1"}


@function("checklist", a.number, a.number, rest=a.truths)
def checklist(least: float, most: float, *answers: list[bool]) -> bool:
    """Whether at least `least` and at most `most` answers hold; a negative limit is none."""
    return _within(sum(sum(group) for group in answers), least, most)


@function("weighted-checklist", a.number, a.number, rest=a.value, sees_context=True)
def weighted_checklist(context: Context, least: float, most: float, *pairs: Value) -> bool:
    """As checklist(), with pairs of an answer and its weight; of two node sets, each node with its twin."""
    total = 0.0
    for answers, weights in zip(pairs[::2], pairs[1::2], strict=False):
        for answer, weight in zip(atoms_of(answers), atoms_of(weights), strict=False):
            total += number_of(weight, context.env.zone) if boolean_of(answer) else 0.0
    return _within(total, least, most)


def _within(total: float, least: float, most: float) -> bool:
    return not math.isnan(total) and (least < 0 or total >= least) and (most < 0 or total <= most)
