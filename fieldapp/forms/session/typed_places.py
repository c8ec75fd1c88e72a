"""Points, lines and areas as people type them: latitude, longitude, and perhaps altitude and accuracy in metres."""

from __future__ import annotations

import re
from decimal import Decimal

from fieldapp.forms.session.refusal import AnswerError, short
from fieldapp.texts import tr

_NUMBER = re.compile(r"[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})", re.ASCII)


def point_typed(text: str) -> str:
    """`43.2561 -79.8692`: the parts that were given, each written as a decimal number (`12` is `12.0`)."""
    parts = text.split()
    numbers = [float(part) for part in parts if _NUMBER.fullmatch(part)]
    whole = 2 <= len(parts) <= 4 and len(numbers) == len(parts)
    if not whole or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        message = tr("“{answer}” is not a place. Write latitude and longitude: 43.2561 -79.8692.", answer=short(text))
        raise AnswerError(message)
    return " ".join(map(_decimal, numbers))


def _decimal(number: float) -> str:
    """With all its digits and without an exponent: XForms know none."""
    written = repr(number)
    return written if "e" not in written else format(Decimal(written), "f")


def line_typed(text: str) -> str:
    """`43.1 -79.8; 43.2 -79.9`: two points at least."""
    return "; ".join(_points(text, least=2))


def area_typed(text: str) -> str:
    """The corners of an area, three at least; its outline is closed where it was not."""
    points = _points(text, least=3)
    if _same(points[0], points[-1]):
        _enough(len(points) - 1, 3)
    else:
        points.append(points[0])
    return "; ".join(points)


def _points(text: str, least: int) -> list[str]:
    points = [point_typed(part) for part in text.split(";") if part.strip()]
    _enough(len(points), least)
    return points


def _enough(given: int, least: int) -> None:
    if given < least:
        raise AnswerError(tr("This needs at least {n} points.", n=least))


def _same(one: str, other: str) -> bool:
    return [float(part) for part in one.split()[:2]] == [float(part) for part in other.split()[:2]]
