"""What may be typed into a question, and its one spelling in the record (the XForms lexical form)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import tzinfo
from decimal import Decimal, InvalidOperation

from fieldapp.clock import CITY_ZONE
from fieldapp.forms.definition.model import Question
from fieldapp.forms.session.refusal import AnswerError, short
from fieldapp.forms.session.typed_places import area_typed, line_typed, point_typed
from fieldapp.forms.session.typed_times import date_typed, moment_typed, time_typed
from fieldapp.forms.xpath.moments import date_text, moment_of, moment_text, written
from fieldapp.forms.xpath.values import Atom, Value, atom_of, number_of, text_of
from fieldapp.texts import tr

__all__ = ["AnswerError", "coerce", "is_numeric", "normalise"]

_INTEGER = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})", re.ASCII)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LARGEST = {"long": 2**63 - 1}  # of other whole numbers: as XML Schema's int, and as ODK's engines
_LARGEST_INT = 2**31 - 1
_WHOLE = frozenset({"int", "integer", "long"})
_NUMERIC = _WHOLE | {"decimal", "double", "float"}

_Normaliser = Callable[[Question, str, tzinfo], str]


def is_numeric(question: Question) -> bool:
    """Whether its values are numbers in expressions."""
    return question.bind.type in _NUMERIC


def normalise(question: Question, text: str, zone: tzinfo = CITY_ZONE) -> str:
    """The one spelling of what was typed in `zone`. AnswerError when the question cannot hold it; "" stays "".

    Choices are not looked at: which ones there are, only a session knows.
    """
    clean = _UNWRITABLE.sub("", text)
    if not clean.strip() and question.kind != "text":
        return ""
    return _BY_KIND.get(question.kind, _any)(question, clean, zone)


def _any(question: Question, text: str, zone: tzinfo) -> str:
    by_type = _BY_TYPE.get(question.bind.type)
    return by_type(question, text, zone) if by_type and text.strip() else text


def _integer(question: Question, text: str, _zone: tzinfo) -> str:
    digits, largest = text.strip(), _LARGEST.get(question.bind.type, _LARGEST_INT)
    if not _INTEGER.fullmatch(digits):
        raise AnswerError(tr("“{answer}” is not a whole number.", answer=short(text)))
    if not -largest - 1 <= int(digits) <= largest:
        raise AnswerError(tr("“{answer}” is too large: a whole number goes up to {most}.", answer=digits, most=largest))
    return str(int(digits))


def _decimal(_question: Question, text: str, _zone: tzinfo) -> str:
    number = text.strip()
    if "," in number and "." not in number:
        raise AnswerError(tr("Write the decimals of “{answer}” after a point, for example 12.5.", answer=short(text)))
    if not _DECIMAL.fullmatch(number):
        raise AnswerError(tr("“{answer}” is not a number.", answer=short(text)))
    return _plain(Decimal(number))


def _plain(number: Decimal) -> str:
    figures = format(number, "f")
    figures = figures.rstrip("0").rstrip(".") if "." in figures else figures
    return "0" if figures in {"-0", ""} else figures


def _range(question: Question, text: str, zone: tzinfo) -> str:
    number = _decimal(question, text, zone)
    low, high = _bound(question, "start"), _bound(question, "end")
    if low is not None and high is not None and not min(low, high) <= Decimal(number) <= max(low, high):
        raise AnswerError(tr("Choose a number from {low} to {high}.", low=_plain(low), high=_plain(high)))
    return _integer(question, number, zone) if question.bind.type in _WHOLE else number


def _bound(question: Question, name: str) -> Decimal | None:
    try:
        bound = Decimal(question.extra[name])
    except (KeyError, InvalidOperation):
        return None
    return bound if bound.is_finite() else None


def _acknowledge(_question: Question, text: str, _zone: tzinfo) -> str:
    if text.strip().casefold() in {"ok", "true", "1", "yes"}:
        return "OK"
    raise AnswerError(tr("This can only be acknowledged with OK."))


def _tokens(_question: Question, text: str, _zone: tzinfo) -> str:
    chosen = text.split()
    if len(set(chosen)) < len(chosen):
        raise AnswerError(tr("“{answer}” names a choice twice.", answer=short(text)))
    return " ".join(chosen)


def _one(_question: Question, text: str, _zone: tzinfo) -> str:
    return text.strip()


def _file(_question: Question, text: str, _zone: tzinfo) -> str:
    if "/" in text or "\\" in text:
        raise AnswerError(tr("A file is given by its name alone, without folders."))
    return text.strip()


def _boolean(_question: Question, text: str, _zone: tzinfo) -> str:
    if text.strip() in {"true", "false", "1", "0"}:
        return "true" if text.strip() in {"true", "1"} else "false"
    raise AnswerError(tr("“{answer}” is neither true nor false.", answer=short(text)))


def _plainly(typed: Callable[[str], str]) -> _Normaliser:
    """A spelling for which neither the question nor the zone matters."""
    return lambda _question, text, _zone: typed(text)


_BY_TYPE: dict[str, _Normaliser] = {
    "int": _integer,
    "integer": _integer,
    "long": _integer,
    "decimal": _decimal,
    "date": _plainly(date_typed),
    "time": _plainly(time_typed),
    "dateTime": lambda _question, text, zone: moment_typed(text, zone),
    "boolean": _boolean,
    "geopoint": _plainly(point_typed),
    "geotrace": _plainly(line_typed),
    "geoshape": _plainly(area_typed),
}
_BY_KIND: dict[str, _Normaliser] = {
    **{kind: _BY_TYPE[kind] for kind in ("integer", "decimal", "date", "time", "dateTime")},
    **{kind: _BY_TYPE[kind] for kind in ("geopoint", "geotrace", "geoshape")},
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


def coerce(question: Question, value: Value, zone: tzinfo = CITY_ZONE) -> str:
    """A calculated value in the question's type; what does not fit is "" (a calculation has nobody to ask)."""
    kind = question.bind.type
    if kind in _NUMERIC:
        return _calculated_number(number_of(value, zone), whole=kind in _WHOLE)
    single = atom_of(value)
    if kind == "date":
        moment = moment_of(single, zone) if isinstance(single, str) else None
        return moment.date().isoformat() if moment else date_text(number_of(single, zone))
    if kind == "dateTime":
        return _calculated_moment(single, zone)
    text = text_of(value)
    return "" if text == "NaN" else _UNWRITABLE.sub("", text)


def _calculated_number(number: float, *, whole: bool) -> str:
    if math.isnan(number) or abs(number) >= 1e18:
        return ""
    return str(int(number)) if whole else text_of(number)


def _calculated_moment(single: Atom, zone: tzinfo) -> str:
    """A text that names a moment stays as it is written; a number counts its days since 1970 in UTC."""
    if isinstance(single, str) and (moment := moment_of(single, zone)):
        return single if "T" in single else written(moment)
    return moment_text(number_of(single, zone), zone)
