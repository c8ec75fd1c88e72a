"""A day as people type it into a search: 2026-11-23, 23 Nov, Nov 23, 23 novembre, today, hier."""

from __future__ import annotations

import re
from datetime import date, timedelta

from fieldapp.store.rows import folded

NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1, "aujourd'hui": 0, "aujourdhui": 0, "demain": 1, "hier": -1}
MONTHS = (
    ("january", "janvier"), ("february", "fevrier"), ("march", "mars"), ("april", "avril"), ("may", "mai"),
    ("june", "juin"), ("july", "juillet"), ("august", "aout"), ("september", "septembre"), ("october", "octobre"),
    ("november", "novembre"), ("december", "decembre"),
)  # fmt: skip
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})(?:er)?\.? ([a-z]{3,9})\.?(?: (\d{4}))?")
MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?")


def day_in(typed: str, today: date) -> date | None:
    """The day that `typed` is, wholly; None where it is none. Without a year it is the one nearest to today."""
    text = " ".join(folded(typed).replace("’", "'").split())
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    if match := ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := DAY_FIRST.fullmatch(text):
        return _of(match[2], int(match[1]), match[3], today)
    if match := MONTH_FIRST.fullmatch(text):
        return _of(match[1], int(match[2]), match[3], today)
    return None


def _of(month: str, day: int, year: str | None, today: date) -> date | None:
    number = next((n for n, names in enumerate(MONTHS, start=1) if any(one.startswith(month) for one in names)), 0)
    if year:
        return _day(int(year), number, day)
    near = [found for one in (-1, 0, 1) if (found := _day(today.year + one, number, day))]
    return min(near, key=lambda one: abs(one - today), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
