"""A day as people type it into a search: 2026-11-23, 23 Nov, Nov 23, 23 novembre, today, hier."""

from __future__ import annotations

import re
from datetime import date, timedelta

from fieldapp.store.rows import folded
from ui.day_names import NEAR, dated

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def day_in(typed: str, today: date) -> date | None:
    """The day that `typed` is, wholly; None where it is none. Without a year it is the one nearest to today."""
    text = " ".join(folded(typed).replace("’", "'").split())
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    if match := ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    return dated(text, today)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
