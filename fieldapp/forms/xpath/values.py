"""The four kinds of value, and how one becomes another. Dates are text that counts as days since 1970 where a number
is wanted; a node that holds a number is a number (as in JavaRosa)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol

from fieldapp.clock import CITY_ZONE


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

_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*")
_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:T(.+))?")
_EPOCH = date(1970, 1, 1)
_TRUTHS = ("true", "false")  # compared with a truth, these texts mean what they say (XPath holds any text to be true)


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


def texts_of(values: Sequence[Value]) -> list[str]:
    """The texts of several values, each node of a node set on its own."""
    found: list[str] = []
    for value in values:
        if isinstance(value, str | float | bool):
            found.append(text_of(value))
        else:
            found += [node.text() for node in value]
    return found


def number_text(number: float) -> str:
    """A number as XPath writes it: no exponent, no needless zeros."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer():
        return str(int(number))
    plain = repr(number)
    return f"{number:.20f}".rstrip("0").rstrip(".") if "e" in plain else plain


def number_of(value: Value) -> float:
    """XPath's number(); a date counts its days since 1970, a moment its fraction of the day too."""
    single = atom_of(value)
    if isinstance(single, bool):
        return 1.0 if single else 0.0
    if isinstance(single, float):
        return single
    if _NUMBER.fullmatch(single):
        return float(single)
    return days_of(single)


def boolean_of(value: Value) -> bool:
    """XPath's boolean(), where one node counts by its value and not by its mere presence (as in JavaRosa)."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    if isinstance(value, str):
        return value != ""
    if len(value) == 1:
        return boolean_of(value[0].atom())
    return len(value) > 1


def moment_of_text(text: str, zone: tzinfo = CITY_ZONE) -> datetime | None:
    """The moment that an XForms date or dateTime names, local to `zone`; None when it is neither."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, clock = match.groups()
    try:
        moment = datetime.fromisoformat(f"{year}-{int(month):02}-{int(day):02}" + (f"T{clock}" if clock else ""))
    except ValueError:
        return None
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def days_of(text: str) -> float:
    """Days since 1970-01-01 by the local calendar, with the fraction of the day; NaN when `text` is no date."""
    moment = moment_of_text(text)
    if moment is None:
        return math.nan
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return (moment.date() - _EPOCH).days + seconds / 86400


def date_text(days: float) -> str:
    """The date of a number of days since 1970; "" for what is out of the calendar."""
    if not math.isfinite(days):
        return ""
    try:
        return date.fromordinal(_EPOCH.toordinal() + math.floor(days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def moment_text(days: float, zone: tzinfo = CITY_ZONE) -> str:
    """The dateTime of a number of days since 1970, in `zone`; "" for what is out of the calendar."""
    day = date_text(days)
    if not day:
        return ""
    rest = round((days - math.floor(days)) * 86400, 3)
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    local = datetime.fromtimestamp(midnight + rest, UTC).replace(tzinfo=zone)
    return local.isoformat(timespec="milliseconds")


def compare(operator: str, left: Value, right: Value) -> bool:
    """`left operator right`. Where one side is a set of several nodes, one that fits is enough (XPath 1.0, 3.4)."""
    for one in _atoms(left):
        for other in _atoms(right):
            if _compare_atoms(operator, one, other):
                return True
    return False


def _atoms(value: Value) -> Sequence[Atom]:
    if isinstance(value, str | float | bool):
        return (value,)
    return [node.atom() for node in value] if len(value) else ("",)


def _compare_atoms(operator: str, left: Atom, right: Atom) -> bool:
    if operator in {"=", "!="}:
        return _equal(left, right) == (operator == "=")
    one, other = number_of(left), number_of(right)
    if operator == "<":
        return one < other
    if operator == "<=":
        return one <= other
    return one > other if operator == ">" else one >= other


def _equal(left: Atom, right: Atom) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        if left in _TRUTHS or right in _TRUTHS:
            return text_of(left) == text_of(right)
        return boolean_of(left) == boolean_of(right)
    if isinstance(left, float) or isinstance(right, float):
        return number_of(left) == number_of(right)
    return left == right
