"""Answers in words, as a person reads them: choices by their label, dates by their day, numbers with their unit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QLocale

from fieldapp.forms import FormSession, Node
from fieldapp.texts import language, tr
from ui.forms.shape import kind_of, unit_of
from ui.forms.typed import date_in, is_day_alike, time_in
from ui.numbers import grouped as number_grouped

FILES = frozenset({"image", "audio", "video", "file"})


def locale() -> QLocale:
    """How the current language writes days and months in Canada."""
    return QLocale("fr_CA" if language() == "fr" else "en_CA")


def long_day(value: str) -> str:
    """Monday 23 November 2026, from a date or dateTime value; "" when it holds none."""
    day = date_in(value)
    if day is None:
        return ""
    number = "1'er'" if day.day == 1 and language() == "fr" else "d"
    return locale().toString(QDate(day.year, day.month, day.day), f"dddd {number} MMMM yyyy")


def weekday(value: str) -> str:
    """Monday, from a date value; "" when it holds none."""
    day = date_in(value)
    return locale().dayName(day.isoweekday()) if day else ""


def no_day(text: str) -> str:
    """Why what was typed is no day."""
    if is_day_alike(text):
        return tr("There is no such day: “{day}”.", day=text.strip())
    return tr("Enter a date as year-month-day, for example 2026-11-23.")


def shown(session: FormSession, node: Node) -> str:
    """An answer as a person reads it; a dash where there is none."""
    if not node.value:
        return "–"
    if node.question.choices is not None:
        return _labels(session, node)
    if kind_of(node) in FILES:
        return tr("File attached")
    words = WORDS.get(kind_of(node))
    return words(node) if words else node.value


def written(value: str, *, grouped: bool = False) -> str:
    """A number as the current language writes it: 1234.5 → 1,234.5 or 1 234,5; `grouped` sets thousands apart."""
    whole, point, parts = value.partition(".")
    sign, digits = (whole[:1], whole[1:]) if whole[:1] in {"-", "+"} else ("", whole)
    if grouped and digits.isdecimal():
        digits = number_grouped(int(digits))
    return sign + digits + point.replace(".", "," if language() == "fr" else ".") + parts


def amount(node: Node, value: str | None = None) -> str:
    """A number with its unit; `value` instead of the node's own answer."""
    grouped = "thousands-sep" in node.question.appearance
    number = written(node.value if value is None else value, grouped=grouped)
    return f"{number}\u00a0{unit}" if number and (unit := unit_of(node.question)) else number


def month(value: str) -> str:
    """November 2026, from a date value; "" when it holds none."""
    day = date_in(value)
    return locale().toString(QDate(day.year, day.month, 1), "MMMM yyyy") if day else ""


def _day(node: Node) -> str:
    look = node.question.appearance
    if "year" in look:
        return node.value[:4]
    return (month if "month-year" in look else long_day)(node.value) or node.value


def _moment(value: str) -> str:
    return ", ".join(part for part in (long_day(value), _clock(value)) if part) or value


def _clock(value: str) -> str:
    at = time_in(value)
    return at.strftime("%H:%M") if at else value


WORDS: dict[str, Callable[[Node], str]] = {
    "integer": amount,
    "decimal": amount,
    "range": amount,
    "date": _day,
    "dateTime": lambda node: _moment(node.value),
    "time": lambda node: _clock(node.value),
    "acknowledge": lambda _node: tr("Confirmed"),
    "geopoint": lambda node: ", ".join(node.value.split()[:2]),
}


def _labels(session: FormSession, node: Node) -> str:
    names = {choice.name: choice.label for choice in session.choices(node)}
    return ", ".join(names.get(name, name) for name in node.question.chosen(node.value))
