"""Dates and moments: as XForms writes them, as points in time, and as numbers of days since 1970-01-01.

Two counts of days live side by side, as in JavaRosa. Where a number is wanted, a date or a moment counts the whole days
of the local calendar: `today() - ${birth}` is a number of days. decimal-date-time() and date-time() count from 1970 in
UTC, with the fraction of the day, so that differences between moments are true even when the clocks change.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

DAY = 86400.0  # seconds
MINUTE = timedelta(minutes=1)
_EPOCH = date(1970, 1, 1).toordinal()
_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_CLOCK = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)


@lru_cache(maxsize=2048)
def moment_of(text: str, zone: tzinfo) -> datetime | None:
    """The moment that a date (its midnight) or a dateTime names, local to `zone`; None when `text` is neither."""
    day, mark, clock = text.strip().partition("T")
    match = _DATE.fullmatch(day)
    if match is None or (mark and not _CLOCK.fullmatch(clock)):
        return None
    year, month, number = match.groups()
    try:
        moment = datetime.fromisoformat(f"{year}-{month:0>2}-{number:0>2}{mark}{clock}")
        return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def days_of(text: str, zone: tzinfo) -> float:
    """Whole days from 1970-01-01 to the local date that `text` names; NaN when it names none."""
    moment = moment_of(text, zone)
    return math.nan if moment is None else float(moment.toordinal() - _EPOCH)


def exact_days_of(text: str, zone: tzinfo) -> float:
    """Days since 1970-01-01T00:00Z, with the fraction of the day; NaN when `text` is neither date nor dateTime."""
    moment = moment_of(text, zone)
    return math.nan if moment is None else moment.timestamp() / DAY


def date_text(days: float) -> str:
    """The date of a number of days since 1970, its fraction left off; "" for what is out of the calendar."""
    if not math.isfinite(days):
        return ""
    try:
        return date.fromordinal(_EPOCH + math.trunc(days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def moment_text(days: float, zone: tzinfo) -> str:
    """The dateTime of a number of days since 1970-01-01T00:00Z, as clocks in `zone` show it; "" out of the calendar."""
    if not math.isfinite(days):
        return ""
    try:
        return written(datetime.fromtimestamp(round(days * DAY, 3), UTC).astimezone(zone))
    except (ValueError, OverflowError, OSError):
        return ""


def written(moment: datetime) -> str:
    """A moment as XForms writes a dateTime: to the millisecond, with its offset from UTC in whole minutes."""
    offset = moment.utcoffset()
    if offset is not None and offset % MINUTE:  # before 1895 the clocks here went by the sun
        moment = _by_the_minute(moment, timezone(offset // MINUTE * MINUTE))
    return moment.isoformat(timespec="milliseconds")


def _by_the_minute(moment: datetime, zone: timezone) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError:  # of the first day of the calendar: there is none before it
        return moment.replace(tzinfo=zone)


def part_of_day(text: str, zone: tzinfo) -> float:
    """The fraction of the local day at a time of day or a dateTime; NaN when `text` is neither.

    A time of day that carries an offset of `zone` itself, in summer or in winter, is what the clock on the wall showed;
    one from elsewhere is brought to the zone's standard time.
    """
    clock = text.strip()
    moment = moment_of(clock if "T" in clock or _DATE.fullmatch(clock) else f"1970-01-01T{clock}", zone)
    if moment is None:
        return math.nan
    if "T" not in clock and clock.endswith(_offsets(zone)):
        moment = datetime.fromisoformat(f"1970-01-01T{clock}")
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return seconds / DAY


def _offsets(zone: tzinfo) -> tuple[str, ...]:
    """The zone's offsets from UTC in winter and in summer, as they stand at the end of a time."""
    halves = (datetime(2026, 1, 1, tzinfo=zone), datetime(2026, 7, 1, tzinfo=zone))
    return tuple(moment.isoformat()[-6:] for moment in halves)
