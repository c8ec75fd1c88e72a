"""What people type for dates, times and numbers, turned into the form's own spelling. No Qt here."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from fieldapp.clock import CITY_ZONE

DATE = re.compile(r"(\d{4})[-/. ]?(\d{2})[-/. ]?(\d{2})")
TIME = re.compile(r"(\d{1,2})[:hH. ]?(\d{2})?")
TODAY = {"today", "aujourd'hui", "auj", "t", "."}


def date_of(text: str, today: date) -> date | None:
    """A day: 2026-11-23, 20261123, 2026/11/23, "today", +7 (days from today); None when it is none."""
    text = text.strip().casefold()
    if text in TODAY:
        return today
    if re.fullmatch(r"[-+]\d{1,4}", text):
        return today + timedelta(days=int(text))
    found = DATE.fullmatch(text)
    return _valid_date(*map(int, found.groups())) if found else None


def time_of(text: str) -> time | None:
    """A time of day: 9, 9:05, 0905, 9h05, 14.30; None when it is none."""
    found = TIME.fullmatch(text.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def number_of(text: str) -> str:
    """A number with a point, without spaces: "1 250,5" becomes 1250.5. Anything else is returned as it is."""
    tight = re.sub(r"[\s\u00a0\u202f]", "", text)
    return tight.replace(",", ".", 1) if re.fullmatch(r"[-+]?\d*,\d+", tight) else tight


def date_in(value: str) -> date | None:
    """The day in a form's date or dateTime value, in the City's time zone."""
    found = DATE.match(_local(value))
    return _valid_date(*map(int, found.groups())) if found else None


def time_in(value: str) -> time | None:
    """The time of day in a form's time or dateTime value, to the minute, in the City's time zone."""
    found = re.search(r"(?:^|T)(\d{2}):(\d{2})", _local(value))
    return time(int(found[1]), int(found[2])) if found else None


def _local(value: str) -> str:
    """A dateTime that names its time zone, as the City's clocks show it; anything else as it is."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment.astimezone(CITY_ZONE).isoformat() if moment.tzinfo and "T" in value else value


def moment_value(moment: datetime) -> str:
    """A moment as a form keeps it: 2026-11-23T09:24:00.000-05:00."""
    return moment.isoformat(timespec="milliseconds")


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
