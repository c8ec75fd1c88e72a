"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Decimal

from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.functions import pure, with_context
from fieldapp.forms.xpath.values import Value, boolean_of, number_of, texts_of


def numbers(values: Sequence[Value]) -> list[float]:
    """The numbers of several values, each node on its own; blanks are passed over (as in JavaRosa)."""
    return [number_of(text) for text in texts_of(values) if text]


@with_context("number", 0, 1)
def number(context: Context, *values: Value) -> float:
    """The value as a number, NaN where it is none."""
    return number_of(values[0] if values else [context.node])


@pure("int", 1, 1)
def int_(value: Value) -> float:
    """The number without its fraction."""
    single = number_of(value)
    return float(math.trunc(single)) if math.isfinite(single) else single


@pure("round", 1, 2)
def round_(value: Value, digits: Value = 0.0) -> float:
    """Rounded half up, to `digits` places after the point (before it where negative)."""
    single, places = number_of(value), number_of(digits)
    if not math.isfinite(single) or not math.isfinite(places):
        return single
    step = Decimal(1).scaleb(-int(max(-30, min(30, places))))
    return float((Decimal(repr(single)) / step + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * step)


@pure("sum", 1, None)
def sum_(*values: Value) -> float:
    """The sum; blanks count nothing."""
    return math.fsum(numbers(values))


@pure("max", 0, None)
def max_(*values: Value) -> float:
    """The largest; blanks are passed over, NaN without any number."""
    return max(numbers(values), default=math.nan)


@pure("min", 0, None)
def min_(*values: Value) -> float:
    """The smallest; blanks are passed over, NaN without any number."""
    return min(numbers(values), default=math.nan)


@pure("pow", 2, 2)
def pow_(base: Value, exponent: Value) -> float:
    """`base` to the power of `exponent`."""
    return _safely(math.pow, number_of(base), number_of(exponent))


@pure("atan2", 2, 2)
def atan2(y: Value, x: Value) -> float:
    """The angle of the point (x, y), in radians."""
    return math.atan2(number_of(y), number_of(x))


@pure("pi", 0, 0)
def pi() -> float:
    """π."""
    return math.pi


@with_context("random", 0, 0)
def random(context: Context) -> float:
    """A number from 0 up to 1."""
    return context.env.random()


@with_context("uuid", 0, 1)
def uuid(context: Context, *length: Value) -> str:
    """A new UUID, or a text of `length` random characters."""
    if not length:
        return context.env.unique()
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    wanted = number_of(length[0])
    count = int(min(wanted, 1000)) if wanted > 0 else 0
    return "".join(signs[int(context.env.random() * len(signs))] for _ in range(count))


@pure("checklist", 2, None)
def checklist(least: Value, most: Value, *answers: Value) -> bool:
    """Whether at least `least` and at most `most` answers are true; a negative limit is none."""
    return _within(sum(_yes(answer) for answer in answers), least, most)


@pure("weighted-checklist", 2, None)
def weighted_checklist(least: Value, most: Value, *pairs: Value) -> bool:
    """As checklist(), with pairs of an answer and its weight."""
    weights = zip(pairs[::2], pairs[1::2], strict=False)
    return _within(math.fsum(number_of(weight) for answer, weight in weights if _yes(answer)), least, most)


def _yes(answer: Value) -> bool:
    if isinstance(answer, bool | float):
        return boolean_of(answer)
    return any(text in {"true", "1", "yes"} for text in texts_of([answer]))


def _within(total: float, least: Value, most: Value) -> bool:
    low, high = number_of(least), number_of(most)
    return (low < 0 or total >= low) and (high < 0 or total <= high)


def _safely(work: Callable[..., float], *values: float) -> float:
    try:
        return float(work(*values))
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan


def _one(name: str, work: Callable[[float], float]) -> None:
    @pure(name, 1, 1)
    def run(value: Value) -> float:
        return _safely(work, number_of(value))


_ONES: dict[str, Callable[[float], float]] = {
    "abs": abs,
    "floor": math.floor,
    "ceiling": math.ceil,
    "sqrt": math.sqrt,
    "log": math.log,
    "log10": math.log10,
    "exp": math.exp,
    "exp10": lambda x: math.pow(10, x),
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
}
for _name, _work in _ONES.items():
    _one(_name, _work)
