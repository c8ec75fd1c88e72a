"""The six comparisons. Texts are compared as texts only by `=` and `!=`; all others want numbers or moments."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import tzinfo

from fieldapp.forms.xpath.moments import exact_days_of
from fieldapp.forms.xpath.values import NEAR, Atom, Value, boolean_of, number_of, text_of

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})

_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TRUTHS = ("true", "false")  # compared with a truth, these texts mean what they say (XPath holds any text to be true)


def compare(sign: str, left: Value, right: Value, zone: tzinfo) -> bool:
    """`left sign right`. Where one side is a set of several nodes, one that fits is enough (XPath 1.0, 3.4)."""
    for one in _atoms(left):
        for other in _atoms(right):
            if _compare(sign, one, other, zone):
                return True
    return False


def _atoms(value: Value) -> Sequence[Atom]:
    """What of a value takes part: an empty node set takes part as a blank (as in JavaRosa)."""
    if isinstance(value, str | float | bool):
        return (value,)
    return [node.atom() for node in value] if len(value) else ("",)


def _compare(sign: str, one: Atom, other: Atom, zone: tzinfo) -> bool:
    order = _ORDERS.get(sign)
    if order is None:
        return _equal(one, other, zone) == (sign == "=")
    if isinstance(one, str) and isinstance(other, str) and ("T" in one or "T" in other):
        instants = exact_days_of(one, zone), exact_days_of(other, zone)
        if instants[0] == instants[0] and instants[1] == instants[1]:  # neither is NaN: both are dates or moments
            return order(*instants)
    return order(number_of(one, zone), number_of(other, zone))


def _equal(one: Atom, other: Atom, zone: tzinfo) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        if one in _TRUTHS or other in _TRUTHS:
            return text_of(one) == text_of(other)
        return boolean_of(one) == boolean_of(other)
    if isinstance(one, float) or isinstance(other, float):
        left, right = number_of(one, zone), number_of(other, zone)
        return left == right or abs(left - right) < NEAR
    return one == other or ("T" in one and "T" in other and exact_days_of(one, zone) == exact_days_of(other, zone))
