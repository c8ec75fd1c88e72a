"""Answers in words, as a person reads them: choices by their label, dates by their day, notes with their bold parts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from PySide6.QtCore import QDate, QLocale

from fieldapp.forms import FormSession, Node
from fieldapp.texts import language, tr
from ui.forms.shape import kind_of
from ui.forms.typed import date_in, time_in

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


def shown(session: FormSession, node: Node) -> str:
    """An answer as a person reads it; a dash where there is none."""
    if not node.value:
        return "–"
    if node.question.choices is not None:
        return _labels(session, node)
    if kind_of(node) in FILES:
        return tr("File attached")
    words = WORDS.get(kind_of(node))
    return words(node.value) if words else node.value


def _moment(value: str) -> str:
    return ", ".join(part for part in (long_day(value), _clock(value)) if part) or value


def _clock(value: str) -> str:
    at = time_in(value)
    return at.strftime("%H:%M") if at else value


WORDS: dict[str, Callable[[str], str]] = {
    "date": lambda value: long_day(value) or value,
    "dateTime": _moment,
    "time": _clock,
    "acknowledge": lambda _value: tr("Confirmed"),
    "geopoint": lambda value: ", ".join(value.split()[:2]),
}


def rich(text: str) -> str:
    """A form's `**bold**` and line breaks as Qt's rich text; everything else is escaped."""
    safe = html.escape(text).replace("\n", "<br>")
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)


def plain(text: str) -> str:
    """The same without marks, for names and lists."""
    return re.sub(r"\*\*(.+?)\*\*", r"\1", text).strip() if "**" in text else text


def _labels(session: FormSession, node: Node) -> str:
    names = {choice.name: choice.label for choice in session.choices(node)}
    return ", ".join(names.get(name, name) for name in node.value.split())
