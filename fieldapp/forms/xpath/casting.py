"""What a function wants of an argument, whatever kind of value it is given (XPath 1.0, 3.2)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.values import (
    Atom,
    Value,
    XNode,
    atom_of,
    atoms_of,
    boolean_of,
    nodes_of,
    number_of,
    text_of,
    texts_of,
)

Cast = Callable[[Value, Context], object]


def value(given: Value, _context: Context) -> Value:
    """As it is."""
    return given


def atom(given: Value, _context: Context) -> Atom:
    """A single value in its own type."""
    return atom_of(given)


def text(given: Value, _context: Context) -> str:
    """A text."""
    return text_of(given)


def number(given: Value, context: Context) -> float:
    """A number, NaN where it is none."""
    return given if isinstance(given, float) else number_of(given, context.env.zone)


def truth(given: Value, _context: Context) -> bool:
    """True or false."""
    return boolean_of(given)


def nodes(given: Value, _context: Context) -> Sequence[XNode]:
    """The nodes, none for what is no node set."""
    return nodes_of(given)


def texts(given: Value, _context: Context) -> list[str]:
    """The text of each node, or the one text."""
    return texts_of(given)


def numbers(given: Value, context: Context) -> list[float]:
    """The numbers among the values of all nodes; what is blank or no number is passed over (as in JavaRosa)."""
    zone = context.env.zone
    found = [single if type(single) is float else number_of(single, zone) for single in atoms_of(given) if single != ""]
    return [number for number in found if not math.isnan(number)]


def truths(given: Value, _context: Context) -> list[bool]:
    """Whether it holds, for each node."""
    return [boolean_of(single) for single in atoms_of(given)]
