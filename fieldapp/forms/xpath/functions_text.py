"""Functions on texts. A character is a Unicode character, also where others count halves of one (😀 is one)."""

from __future__ import annotations

import math

from fieldapp.forms.xpath import casting as a
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.functions import function
from fieldapp.forms.xpath.patterns import fits

_SPACES = " \t\r\n"  # XML's: a no-break space is none of them


@function("string", optional=(a.text,), sees_context=True)
def string(context: Context, text: str | None = None) -> str:
    """The value as text; the context node's without an argument."""
    return context.node.text() if text is None else text


@function("concat", rest=a.texts)
def concat(*parts: list[str]) -> str:
    """All texts, of all nodes, one after the other."""
    return "".join(text for part in parts for text in part)


@function("join", a.text, rest=a.texts)
def join(separator: str, *parts: list[str]) -> str:
    """All texts, of all nodes, with the separator between them; blanks too."""
    return separator.join(text for part in parts for text in part)


@function("contains", a.text, a.text)
def contains(text: str, part: str) -> bool:
    """Whether `part` is somewhere in `text`; the empty text is in every one."""
    return part in text


@function("starts-with", a.text, a.text)
def starts_with(text: str, part: str) -> bool:
    """Whether `text` begins with `part`."""
    return text.startswith(part)


@function("ends-with", a.text, a.text)
def ends_with(text: str, part: str) -> bool:
    """Whether `text` ends with `part`."""
    return text.endswith(part)


@function("substring-before", a.text, a.text)
def substring_before(text: str, part: str) -> str:
    """What comes before the first `part`, "" where it does not occur."""
    return text[: max(0, text.find(part))]


@function("substring-after", a.text, a.text)
def substring_after(text: str, part: str) -> str:
    """What comes after the first `part`, "" where it does not occur."""
    at = text.find(part)
    return text[at + len(part) :] if at >= 0 else ""


@function("substr", a.text, a.number, optional=(a.number,))
def substr(text: str, start: float, end: float | None = None) -> str:
    """From `start` (0 is the first character) up to but not with `end`; negative ones count from the end."""
    first = _index(start, len(text))
    last = len(text) if end is None else _index(end, len(text))
    return text[first:last] if first < last else ""


def _index(number: float, length: int) -> int:
    """A place in a text of this length; what is no number is the first (as in JavaRosa)."""
    if math.isnan(number):
        return 0
    at = int(max(-length, min(length, number)))
    return at + length if at < 0 else at


@function("substring", a.text, a.number, optional=(a.number,))
def substring(text: str, start: float, length: float | None = None) -> str:
    """XPath's own: `start` counts from 1, then a length, both rounded (XPath 1.0, 4.2)."""
    first = _half_up(start)
    end = math.inf if length is None else first + _half_up(length)
    return "".join(sign for at, sign in enumerate(text, 1) if first <= at < end)


def _half_up(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


@function("string-length", optional=(a.text,), sees_context=True)
def string_length(context: Context, text: str | None = None) -> float:
    """How many characters."""
    return float(len(context.node.text() if text is None else text))


@function("normalize-space", optional=(a.text,), sees_context=True)
def normalize_space(context: Context, text: str | None = None) -> str:
    """Without spaces at the ends, and one where there are several."""
    spaced = context.node.text() if text is None else text
    for sign in _SPACES[1:]:
        spaced = spaced.replace(sign, " ")
    return " ".join(part for part in spaced.split(" ") if part)


@function("translate", a.text, a.text, a.text)
def translate(text: str, signs: str, others: str) -> str:
    """Each of `signs` replaced by its twin in `others`, or left out where there is none."""
    table: dict[int, str | None] = {}
    for at, sign in enumerate(signs):
        table.setdefault(ord(sign), others[at] if at < len(others) else None)
    return text.translate(table)


@function("regex", a.text, a.text)
def regex(text: str, pattern: str) -> bool:
    """Whether the pattern fits the whole text (as in JavaRosa)."""
    return fits(pattern, text)
