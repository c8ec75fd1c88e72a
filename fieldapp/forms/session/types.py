"""What may be typed into a question, and its one spelling in the record (the XForms lexical form)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from fieldapp.clock import CITY_ZONE
from fieldapp.forms.definition.model import Question
from fieldapp.forms.xpath.values import Value, atom_of, date_text, moment_of_text, moment_text, number_of, text_of
from fieldapp.texts import tr

_INTEGER = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}(:?\d{2})?)?")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMERIC = {"int", "integer", "long", "decimal", "double", "float"}


class AnswerError(ValueError):
    """A value that the question cannot hold. The message is for the person who typed it."""


def is_numeric(question: Question) -> bool:
    """Whether its values are numbers in expressions."""
    return question.bind.type in _NUMERIC


def normalise(question: Question, text: str) -> str:
    """The one spelling of what was typed. AnswerError when the question cannot hold it; "" stays "".

    Choices are not looked at: which ones there are, only a session knows.
    """
    clean = _UNWRITABLE.sub("", text)
    if not clean.strip() and question.kind != "text":
        return ""
    return _BY_KIND.get(question.kind, _any)(question, clean)


def _any(question: Question, text: str) -> str:
    by_type = _BY_TYPE.get(question.bind.type)
    return by_type(question, text) if by_type and text.strip() else text


def _integer(_question: Question, text: str) -> str:
    digits = text.strip()
    if not _INTEGER.fullmatch(digits):
        raise AnswerError(tr("“{answer}” is not a whole number.", answer=_short(text)))
    return str(int(digits))


def _decimal(_question: Question, text: str) -> str:
    number = text.strip()
    if "," in number and "." not in number:
        raise AnswerError(tr("Write the decimals of “{answer}” after a point, for example 12.5.", answer=_short(text)))
    if not _DECIMAL.fullmatch(number):
        raise AnswerError(tr("“{answer}” is not a number.", answer=_short(text)))
    return _plain(Decimal(number))


def _plain(number: Decimal) -> str:
    written = format(number, "f")
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in {"-0", ""} else written


def _date(_question: Question, text: str) -> str:
    day = text.strip().partition("T")[0]
    message = tr("“{answer}” is not a date. Write year, month and day: 2026-11-23.", answer=_short(text))
    if not _DAY.fullmatch(day):
        raise AnswerError(message)
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise AnswerError(message) from None


def _time(_question: Question, text: str) -> str:
    message = tr("“{answer}” is not a time of day. Write hours and minutes: 14:30.", answer=_short(text))
    if not _CLOCK.fullmatch(text.strip()):
        raise AnswerError(message)
    try:
        moment = time.fromisoformat(text.strip())
    except ValueError:
        raise AnswerError(message) from None
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def _date_time(_question: Question, text: str) -> str:
    day, _, clock = text.strip().partition("T")
    message = tr("“{answer}” is not a date with a time: 2026-11-23T14:30.", answer=_short(text))
    if not (_DAY.fullmatch(day) and _CLOCK.fullmatch(clock)):
        raise AnswerError(message)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise AnswerError(message) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=CITY_ZONE)).isoformat(timespec="milliseconds")


def _point(_question: Question, text: str) -> str:
    return _coordinates(text)


def _line(question: Question, text: str) -> str:
    points = [_coordinates(part) for part in text.split(";") if part.strip()]
    least = 3 if question.kind == "geoshape" else 2
    if len(points) < least:
        raise AnswerError(tr("This needs at least {n} points.", n=least))
    if question.kind == "geoshape" and points[0].split()[:2] != points[-1].split()[:2]:
        points.append(points[0])
    return "; ".join(points)


def _coordinates(text: str) -> str:
    parts = text.split()
    numbers = [float(part) for part in parts if _DECIMAL.fullmatch(part)]
    whole = 2 <= len(parts) <= 4 and len(numbers) == len(parts)
    if not whole or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        message = tr("“{answer}” is not a place. Write latitude and longitude: 43.2561 -79.8692.", answer=_short(text))
        raise AnswerError(message)
    return " ".join(parts)


def _range(question: Question, text: str) -> str:
    number = _decimal(question, text)
    low, high = _bound(question, "start"), _bound(question, "end")
    if low is not None and high is not None and not min(low, high) <= Decimal(number) <= max(low, high):
        raise AnswerError(tr("Choose a number from {low} to {high}.", low=_plain(low), high=_plain(high)))
    step = _bound(question, "step")
    if step and low is not None and (Decimal(number) - low) % step:
        raise AnswerError(tr("Choose a number in steps of {step}.", step=_plain(step)))
    return _integer(question, number) if question.bind.type in {"int", "integer"} else number


def _bound(question: Question, name: str) -> Decimal | None:
    try:
        return Decimal(question.extra[name])
    except (KeyError, InvalidOperation):
        return None


def _acknowledge(_question: Question, text: str) -> str:
    if text.strip().casefold() in {"ok", "true", "1", "yes"}:
        return "OK"
    raise AnswerError(tr("This can only be acknowledged with OK."))


def _tokens(_question: Question, text: str) -> str:
    chosen = text.split()
    if len(set(chosen)) < len(chosen):
        raise AnswerError(tr("“{answer}” names a choice twice.", answer=_short(text)))
    return " ".join(chosen)


def _one(_question: Question, text: str) -> str:
    if len(text.split()) > 1:
        raise AnswerError(tr("Only one of the choices can be taken here."))
    return text.strip()


def _file(_question: Question, text: str) -> str:
    if "/" in text or "\\" in text:
        raise AnswerError(tr("A file is given by its name alone, without folders."))
    return text.strip()


def _boolean(_question: Question, text: str) -> str:
    if text.strip() in {"true", "false", "1", "0"}:
        return "true" if text.strip() in {"true", "1"} else "false"
    raise AnswerError(tr("“{answer}” is neither true nor false.", answer=_short(text)))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_Normaliser = Callable[[Question, str], str]
_BY_KIND: dict[str, _Normaliser] = {
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "dateTime": _date_time,
    "geopoint": _point,
    "geotrace": _line,
    "geoshape": _line,
    "range": _range,
    "acknowledge": _acknowledge,
    "multiple": _tokens,
    "rank": _tokens,
    "select": _one,
    "image": _file,
    "audio": _file,
    "video": _file,
    "file": _file,
}
_BY_TYPE: dict[str, _Normaliser] = {
    "int": _integer,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "dateTime": _date_time,
    "boolean": _boolean,
}


def coerce(question: Question, value: Value) -> str:
    """A calculated value in the question's type; what does not fit is "" (a calculation has nobody to ask)."""
    kind = question.bind.type
    if kind in _NUMERIC:
        return _number(value, whole=kind in {"int", "integer", "long"})
    single = atom_of(value)
    if kind == "date":
        moment = moment_of_text(single) if isinstance(single, str) else None
        return moment.date().isoformat() if moment else date_text(number_of(single))
    if kind == "dateTime" and not isinstance(single, str):
        return moment_text(number_of(single))
    text = text_of(value)
    return "" if text == "NaN" else _UNWRITABLE.sub("", text)


def _number(value: Value, *, whole: bool) -> str:
    number = number_of(value)
    if math.isnan(number) or abs(number) >= 1e18:
        return ""
    return str(int(number)) if whole else text_of(number)
