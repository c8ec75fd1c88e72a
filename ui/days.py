"""Days and times as people say them, in English and French: "Monday 23 November", "Due Wed", "1 day late", "09:41"."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QLocale

from fieldapp.clock import moment_of
from fieldapp.texts import language, plural, tr

_WRITTEN = re.compile(r"(?<![\w-])(\d{4}-\d{2}-\d{2})(?![T\d-])")
WEEK = 6  # up to so many days ahead a weekday's name is enough


def spoken(day: date, pattern: str) -> str:
    """A day in one of Qt's patterns (dddd d MMMM ...) and in the language on screen."""
    locale = QLocale("fr_CA" if language() == "fr" else "en_CA")
    text = locale.toString(QDate(day.year, day.month, day.day), pattern)
    return text if language() == "fr" else text.replace(".", "")  # French writes "mer. 25 nov.", English "Wed 25 Nov"


def heading(day: date) -> str:
    """A whole day as a title: "Monday 23 November"."""
    text = spoken(day, "dddd d MMMM")
    return text[:1].upper() + text[1:]


def short(day: date, today: date) -> str:
    """A day in few words: "23 Nov", with its year when that is another one."""
    return spoken(day, "d MMM" if day.year == today.year else "d MMM yyyy")


def long(day: date, today: date) -> str:
    """A day with its weekday and its nearness: "Today, Mon 23 Nov", "Thu 26 Nov"; another year's with its year."""
    name = _weekday(day, today)
    return tr("Today, {day}", day=name) if day == today else name


def in_words(text: str, today: date) -> str:
    """A text with its days as people say them: "by 2026-12-01" is "by Tue 1 Dec"; long ago no weekday counts."""
    return _WRITTEN.sub(lambda found: _named(found[0], today), text)


def _named(written: str, today: date) -> str:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    return short(day, today) if day.year < today.year else _weekday(day, today)


def _weekday(day: date, today: date) -> str:
    return spoken(day, "ddd d MMM" if day.year == today.year else "ddd d MMM yyyy")


def time_of(stamp: str) -> str:
    """The City's wall time of a stamp: "09:41"; "" for none."""
    return f"{moment_of(stamp):%H:%M}" if stamp else ""


def moment(stamp: str, today: date) -> str:
    """A stamp in few words: "09:41" when it is today's, else "23 Nov 09:41"; "" for none."""
    if not stamp:
        return ""
    day = moment_of(stamp).date()
    return time_of(stamp) if day == today else f"{short(day, today)} {time_of(stamp)}"


def whole_moment(stamp: str) -> str:
    """A stamp as papers say it, with its year: "2026-11-23 09:41"; "–" for none."""
    return f"{moment_of(stamp):%Y-%m-%d %H:%M}" if stamp else "–"


def day_in(text: str) -> date | None:
    """The day that a date or a stamp begins with, None where there is none."""
    if "T" in text:
        return moment_of(text).date()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def due(text: str, today: date) -> tuple[str, str] | None:
    """A due date as (word, kind) of a chip; None without a date. Late is wrong, today is attention, later is plain."""
    day = day_in(text)
    if day is None:
        return None
    left = (day - today).days
    if left < 0:
        return plural(-left, "{n} day late", "{n} days late"), "bad"
    if left == 0:
        return tr("Due today"), "warn"
    return tr("Due {day}", day=_near(day, today)), "plain"


def _near(day: date, today: date) -> str:
    return spoken(day, "ddd") if (day - today).days <= WEEK else short(day, today)
