"""Dates by a pattern: %Y %y %m %n %b %d %e %a %H %h %M %S %3 as ODK has them, and JavaRosa's %W and %%."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

_PART = re.compile("%(.)", re.DOTALL)
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."),
}
_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
}
_PARTS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda moment: f"{moment.year:04}",
    "y": lambda moment: f"{moment.year % 100:02}",
    "m": lambda moment: f"{moment.month:02}",
    "n": lambda moment: str(moment.month),
    "d": lambda moment: f"{moment.day:02}",
    "e": lambda moment: str(moment.day),
    "W": lambda moment: str(_week(moment.date())),
    "H": lambda moment: f"{moment.hour:02}",
    "h": lambda moment: str(moment.hour),
    "M": lambda moment: f"{moment.minute:02}",
    "S": lambda moment: f"{moment.second:02}",
    "3": lambda moment: f"{moment.microsecond // 1000:03}",
    "%": lambda _moment: "%",
}


def formatted(moment: datetime, pattern: str, language: str) -> str:
    """`moment` by `pattern`. Names of months and days are in `language`, in English where we have none for it.

    A % before any other sign stays as it is.
    """

    def part(match: re.Match[str]) -> str:
        sign = match[1]
        if sign == "b":
            return _MONTHS.get(language, _MONTHS["en"])[moment.month - 1]
        if sign == "a":
            return _DAYS.get(language, _DAYS["en"])[moment.weekday()]
        return _PARTS[sign](moment) if sign in _PARTS else match[0]

    return _PART.sub(part, pattern)


def _week(day: date) -> int:
    """The week of the year as North America counts: weeks begin on Sunday, and that with 1 January is the first."""
    since_sunday = day.isoweekday() % 7
    if day.month == 12 and day.day - since_sunday > 25:
        return 1  # its Saturday lies in the next year
    first = date(day.year, 1, 1)
    return (day.timetuple().tm_yday + first.isoweekday() % 7 - 1) // 7 + 1
