"""Dates, times of day and moments as people type them, and as the record keeps them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

from fieldapp.forms.session.refusal import AnswerError, short
from fieldapp.forms.xpath.moments import written
from fieldapp.texts import tr

_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)", re.ASCII)
_CLOCK = re.compile(r"(\d\d?)(:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)", re.ASCII)


def date_typed(text: str) -> str:
    """`2026-11-23`; of a moment its date as it is written."""
    message = tr("“{answer}” is not a date. Write year, month and day: 2026-11-23.", answer=short(text))
    try:
        return date.fromisoformat(_padded_day(text.strip().partition("T")[0])).isoformat()
    except ValueError:
        raise AnswerError(message) from None


def time_typed(text: str) -> str:
    """`14:30:00`. What clocks on the wall showed: milliseconds and an offset stay where they are, none is added."""
    message = tr("“{answer}” is not a time of day. Write hours and minutes: 14:30.", answer=short(text))
    try:
        moment = time.fromisoformat(_padded_clock(text.strip()))
    except ValueError:
        raise AnswerError(message) from None
    return moment.isoformat(timespec="milliseconds" if "." in text else "seconds")


def moment_typed(text: str, zone: tzinfo) -> str:
    """`2026-11-23T14:30:00.000-05:00`: as clocks in `zone` show it (as in JavaRosa), whatever offset it came with."""
    message = tr("“{answer}” is not a date with a time: 2026-11-23T14:30.", answer=short(text))
    day, _, clock = text.strip().partition("T")
    try:
        moment = datetime.fromisoformat(f"{_padded_day(day)}T{_padded_clock(clock)}")
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return written(moment.astimezone(UTC).astimezone(zone))  # an hour that the clocks skip becomes the next
    except (ValueError, OverflowError):
        raise AnswerError(message) from None


def _padded_day(text: str) -> str:
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = match.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def _padded_clock(text: str) -> str:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(text)
    hours, rest = match.groups()
    return f"{hours:0>2}{rest}"
