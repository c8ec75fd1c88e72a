"""The four kinds of value, and how one becomes another.

A node that holds a number is a number, a calculated truth is a truth (as in JavaRosa). A date stays text, and counts as
days where a number is wanted; see moments.py. What "here" means for dates is the zone in which the form is filled.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import Protocol

from fieldapp.clock import CITY_ZONE
from fieldapp.forms.xpath.moments import days_of


class XNode(Protocol):
    """What a path can reach: a node of the record, or an item of a choice list or of reference data."""

    @property
    def name(self) -> str:
        """The element's name without prefix."""
        ...

    def counts(self) -> bool:
        """Whether paths reach it: a node that is not relevant drops out of every path (as in JavaRosa)."""
        ...

    def text(self) -> str:
        """The value as text."""
        ...

    def atom(self) -> str | float | bool:
        """The value in its own type: a number when the question holds numbers."""
        ...

    def up(self) -> XNode | None:
        """The parent element, None at the root."""
        ...

    def named(self, name: str) -> Sequence[XNode]:
        """The child elements of this name (`*`: all); `@name` is an attribute."""
        ...

    def place(self) -> int:
        """The position among the siblings of the same name, from 1."""
        ...


Atom = str | float | bool
Value = str | float | bool | Sequence[XNode]

NEAR = 1e-12  # numbers that are no further apart are the same (as in JavaRosa: 0.1 + 0.2 = 0.3)
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)


def atom_of(value: Value) -> Atom:
    """A single value: of a node set, the first node's, "" for an empty one."""
    if isinstance(value, str | float | bool):
        return value
    return value[0].atom() if value else ""


def text_of(value: Value) -> str:
    """XPath's string()."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return value[0].text() if value else ""


def texts_of(value: Value) -> list[str]:
    """The texts in a value: each node's of a node set."""
    return [text_of(value)] if isinstance(value, str | float | bool) else [node.text() for node in value]


def atoms_of(value: Value) -> Iterable[Atom]:
    """The single values in a value: each node's of a node set."""
    return (value,) if isinstance(value, str | float | bool) else [node.atom() for node in value]


def nodes_of(value: Value) -> Sequence[XNode]:
    """The nodes in a value: none unless it is a node set."""
    return () if isinstance(value, str | float | bool) else value


def number_text(number: float) -> str:
    """A number as XPath 1.0 writes it: no exponent, and no more digits than tell it from its neighbours."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    plain = repr(number)
    return format(Decimal(plain), "f") if "e" in plain else plain.removesuffix(".0")


def number_of(value: Value, zone: tzinfo = CITY_ZONE) -> float:
    """XPath's number(); a date or a moment counts the days of its local date since 1970."""
    if isinstance(value, float):
        return value
    single = atom_of(value)
    if isinstance(single, bool):
        return 1.0 if single else 0.0
    if isinstance(single, float):
        return single
    if not single:
        return math.nan
    if (single.isascii() and single.isdigit()) or _NUMBER.fullmatch(single):
        return float(single)
    return days_of(single, zone)


def boolean_of(value: Value) -> bool:
    """XPath's boolean(), where one node counts by its value and not by its mere presence (as in JavaRosa)."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return abs(value) > NEAR
    if isinstance(value, str):
        return value != ""
    if len(value) == 1:
        return boolean_of(value[0].atom())
    return len(value) > 1
