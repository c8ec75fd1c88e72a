"""What people type for dates, times and numbers, turned into the form's own spelling. No Qt here."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from fieldapp.clock import CITY_ZONE
from ui.day_names import NEAR, named_day

DATE = re.compile(r"(\d{4})[-/. ]?(\d{2})[-/. ]?(\d{2})")
PARTS = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})|(\d{4})(\d{2})(\d{2})")
TIME = re.compile(r"(\d{1,2})[:h. ]?(\d{2})? ?(am|pm|a\.m\.|p\.m\.)?")
NUMBER = re.compile(r"[-+]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)")
GROUPS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
TODAY = {"auj": 0, "t": 0, ".": 0, "now": 0, "maintenant": 0, **NEAR}


def date_of(text: str, today: date) -> date | None:
    """A day: 2026-11-23, 20261123, 2026/11/5, "today", "hier", +7 (days from today), "dec 4", "4 déc. 2027", "friday"
    (the next one); None when it is none."""
    text = text.strip().casefold()
    if text in TODAY:
        return today + timedelta(days=TODAY[text])
    if re.fullmatch(r"[-+]\d{1,4}", text):
        return today + timedelta(days=int(text))
    if found := PARTS.fullmatch(text):
        return _valid_date(*(int(part) for part in found.groups() if part))
    return named_day(text, today)


def is_day_alike(text: str) -> bool:
    """Whether it is written as a day is, be there such a day or not: 2026-02-30."""
    return PARTS.fullmatch(text.strip()) is not None


def time_of(text: str) -> time | None:
    """A time of day: 9, 9:05, 0905, 9h05, 14.30, 9:05 pm; None when it is none."""
    found = TIME.fullmatch(text.strip().casefold())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    return time(hour, minute) if hour < 24 and minute < 60 else None


def number_of(text: str, *, english: bool) -> str | None:
    """A number as forms keep it: "1 250,5" and "$1250.5" are 1250.5, "" is none; None when it is no number.

    `english`: a comma before three digits sets thousands apart: "1,250" is 1250, elsewhere 1.250.
    """
    tight = re.sub(r"[\s\u00a0\u202f$]", "", text).replace("\u2212", "-")
    if english and GROUPS.fullmatch(tight):
        tight = tight.replace(",", "")
    if tight and not NUMBER.fullmatch(tight):
        return None
    return tight.replace(",", ".").rstrip(".")


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
