"""Days by their names, as people say and type them in English and French: "dec 4", "4 décembre 2027", "friday"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from unicodedata import normalize

FEWEST = 3  # letters of a name
NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1, "aujourd'hui": 0, "aujourdhui": 0, "demain": 1, "hier": -1}
_DATED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er)?\s*(?P<month>[a-z]+)|(?P<first>[a-z]+)\.?\s*(?P<then>\d{1,2})(?:st|nd|rd|th)?)"
    r"\.?(?:,?\s+(?P<year>\d{4}))?"
)
_MONTHS = (
    "january janvier", "february fevrier", "march mars", "april avril", "may mai", "june juin", "july juillet",
    "august aout", "september septembre", "october octobre", "november novembre", "december decembre",
)  # fmt: skip
_DAYS = (
    "monday lundi", "tuesday mardi", "wednesday mercredi", "thursday jeudi", "friday vendredi", "saturday samedi",
    "sunday dimanche",
)  # fmt: skip


def named_day(text: str, today: date) -> date | None:
    """The day; of a weekday the next one after today."""
    weekday = _number(_plain(text).rstrip("."), _DAYS)
    return dated(text, today) if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def dated(text: str, today: date) -> date | None:
    """The day of a month; without a year the one that is nearest to today."""
    found = _DATED.fullmatch(_plain(text))
    month = _number(found["month"] or found["first"], _MONTHS) if found else None
    if found is None or month is None:
        return None
    day = int(found["day"] or found["then"])
    years = [int(found["year"])] if found["year"] else [today.year - 1, today.year, today.year + 1]
    possible = [made for year in years if (made := _made(year, month + 1, day)) is not None]
    return min(possible, key=lambda one: abs(one - today), default=None)


def _plain(text: str) -> str:
    """Without accents and capitals."""
    return "".join(letter for letter in normalize("NFD", text.strip().casefold()) if letter.isascii())


def _number(word: str, names: tuple[str, ...]) -> int | None:
    """Which of them begins so; None for none, for several, and for what is too short."""
    meant = [number for number, both in enumerate(names) if any(name.startswith(word) for name in both.split())]
    return meant[0] if len(word) >= FEWEST and len(meant) == 1 else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
