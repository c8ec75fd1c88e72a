"""Functions on numbers: conversions, rounding, sums, and chance."""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, Decimal

from fieldapp.forms.xpath import casting as a
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.functions import function
from fieldapp.forms.xpath.values import number_of

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_MOST_SIGNS = 1000
_MOST_PLACES = 30


@function("number", optional=(a.number,), sees_context=True)
def number(context: Context, given: float | None = None) -> float:
    """The value as a number, NaN where it is none; the context node's without an argument."""
    return number_of([context.node], context.env.zone) if given is None else given


@function("int", a.number)
def int_(given: float) -> float:
    """The number without its fraction."""
    return float(math.trunc(given)) if math.isfinite(given) else given


@function("round", a.number, optional=(a.number,))
def round_(given: float, digits: float = 0.0) -> float:
    """Rounded half up, to `digits` places after the point (before it where negative).

    The half is that of the number as it is written: round(1.005, 2) is 1.01. More than 30 places are NaN (JavaRosa).
    """
    if not math.isfinite(given):
        return given
    places = math.trunc(digits) if math.isfinite(digits) else 0
    if abs(places) > _MOST_PLACES:
        return math.nan
    step = Decimal(1).scaleb(-places)
    return float((Decimal(repr(given)) / step + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * step)


@function("sum", a.numbers, rest=a.numbers)
def sum_(*groups: list[float]) -> float:
    """The sum; what is blank or no number counts nothing."""
    return _sum([given for group in groups for given in group])


def _sum(given: list[float]) -> float:
    try:
        return math.fsum(given)
    except (ValueError, OverflowError):  # infinities of both signs; finite numbers whose sum is not
        return sum(given)


@function("max", rest=a.numbers)
def max_(*groups: list[float]) -> float:
    """The largest number, NaN without any; what is blank or no number is passed over."""
    return max((given for group in groups for given in group), default=math.nan)


@function("min", rest=a.numbers)
def min_(*groups: list[float]) -> float:
    """The smallest number, NaN without any; what is blank or no number is passed over."""
    return min((given for group in groups for given in group), default=math.nan)


@function("random", sees_context=True)
def random(context: Context) -> float:
    """A number from 0 up to 1."""
    return context.env.random()


@function("uuid", optional=(a.number,), sees_context=True)
def uuid(context: Context, length: float | None = None) -> str:
    """A new UUID (version 4), or a text of `length` random letters and digits (1000 at most)."""
    if length is None:
        return context.env.unique()
    count = int(min(length, _MOST_SIGNS)) if length > 0 else 0
    return "".join(_SIGNS[int(context.env.random() * len(_SIGNS))] for _ in range(count))
