"""One answer from its text in the record to a JSON value and back, exactly: `text(typed(x)) == x`.

Where a JSON number cannot bring the text back (too many digits, another spelling), the digits stay a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from fieldapp.forms.submission.shapes import (
    ACKNOWLEDGED,
    DECIMAL,
    INTEGER,
    POINT,
    POINT_PARTS,
    POINTS,
    TOKENS,
    TRUTH,
)
from fieldapp.texts import tr

Json = Any  # what json.dumps writes
LARGEST = 10**18 - 1  # what a whole number may be
_INTEGER = re.compile(r"-?\d{1,18}")
DIGITS = r"[+-]?(\d+(\.\d*)?|\.\d+)"  # every spelling of a number that the form's answers can have
_NUMBER = re.compile(DIGITS)
_BETWEEN = re.compile(r"\s*;\s*")


class ShapeError(ValueError):
    """A JSON value that is not of the shape of its question. The message is for the program's author."""


def typed(shape: str, text: str) -> Json:
    """The JSON value of an answer. An answer that is not of its kind stays the text that it is."""
    write = _WRITERS.get(shape)
    try:
        value = write(text) if write is not None else text
        return value if text_of(shape, value) == _BETWEEN.sub("; ", text) else text
    except ValueError:
        return text


def _number(text: str) -> Json:
    """A number where it is spelt as JSON would spell it."""
    if not _NUMBER.fullmatch(text):
        return text
    number: float = float(text) if "." in text else int(text)
    return number if _decimal(number) == text else text


def _point(text: str) -> Json:
    parts = [_number(part) for part in text.split()]
    return dict(zip(POINT_PARTS, parts, strict=False)) if 2 <= len(parts) <= len(POINT_PARTS) else text


_WRITERS: Mapping[str, Callable[[str], Json]] = {
    INTEGER: lambda text: int(text) if _INTEGER.fullmatch(text) else text,
    DECIMAL: _number,
    TOKENS: lambda text: list(text.split()),
    TRUTH: lambda text: text == "true" if text in {"true", "false"} else text,
    ACKNOWLEDGED: lambda text: True if text == "OK" else text,
    POINT: _point,
    POINTS: lambda text: [_point(point.strip()) for point in text.split(";") if point.strip()],
}


def text_of(shape: str, value: object) -> str:
    """The text of a JSON value. ShapeError when it is not of the shape."""
    return _READERS.get(shape, _text)(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ShapeError(tr("a text is wanted here, not {what}", what=named(value)))
    return value


def _whole(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        raise ShapeError(tr("a whole number is wanted here, not {what}", what=named(value)))
    return str(value)


def _decimal(value: object) -> str:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:  # NaN is not
        raise ShapeError(tr("a number is wanted here, not {what}", what=named(value)))
    return str(value) if isinstance(value, int) else format(Decimal(repr(value)), "f")


def _tokens(value: object) -> str:
    words = value if isinstance(value, list) else None
    if words is None or not all(isinstance(word, str) and word and not word.split()[1:] for word in words):
        raise ShapeError(tr("a list of the names of choices is wanted here, not {what}", what=named(value)))
    return " ".join(str(word) for word in words)


def _truth(value: object) -> str:
    if not isinstance(value, bool):
        raise ShapeError(tr("true or false is wanted here, not {what}", what=named(value)))
    return "true" if value else "false"


def _acknowledged(value: object) -> str:
    if value is not True:
        raise ShapeError(tr("this can only be true, or left out"))
    return "OK"


def _place(value: object) -> str:
    parts = list(value) if isinstance(value, dict) else []
    if not isinstance(value, dict) or len(parts) < 2 or set(parts) != set(POINT_PARTS[: len(parts)]):
        raise ShapeError(tr("a place has latitude and longitude, then altitude and accuracy"))
    return " ".join(_decimal(value[part]) for part in POINT_PARTS[: len(parts)])


def _places(value: object) -> str:
    if not isinstance(value, list):
        raise ShapeError(tr("a list of places is wanted here, not {what}", what=named(value)))
    return "; ".join(_place(point) for point in value)


_READERS: Mapping[str, Callable[[object], str]] = {
    INTEGER: _whole,
    DECIMAL: _decimal,
    TOKENS: _tokens,
    TRUTH: _truth,
    ACKNOWLEDGED: _acknowledged,
    POINT: _place,
    POINTS: _places,
}


def named(value: object) -> str:
    """What a value is, in a word or by itself."""
    if isinstance(value, dict):
        return tr("an object")
    if isinstance(value, list):
        return tr("a list")
    if value is None:
        return "null"
    if isinstance(value, int) and abs(value) > LARGEST:
        return tr("a number of more than 18 digits")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{text[:40]}”"
