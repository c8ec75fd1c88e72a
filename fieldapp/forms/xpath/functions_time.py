"""Functions on dates, moments and times of day, in the zone where the form is filled. See moments.py for the counts."""

from __future__ import annotations

import math
from datetime import datetime

from fieldapp.forms.xpath import casting as a
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.date_formats import formatted
from fieldapp.forms.xpath.functions import function
from fieldapp.forms.xpath.moments import (
    date_text,
    exact_days_of,
    moment_of,
    moment_text,
    part_of_day,
    written,
)
from fieldapp.forms.xpath.values import Atom, number_of


@function("today", sees_context=True)
def today(context: Context) -> str:
    """The local calendar day."""
    return context.env.now().date().isoformat()


@function("now", sees_context=True)
def now(context: Context) -> str:
    """The moment, with its offset from UTC."""
    return written(context.env.now())


@function("date", a.atom, sees_context=True)
def date(context: Context, given: Atom) -> str:
    """The local date of a date, a moment or a number of days since 1970; "" for anything else."""
    moment = _named(given, context)
    return moment.date().isoformat() if moment else date_text(number_of(given, context.env.zone))


@function("date-time", a.atom, sees_context=True)
def date_time(context: Context, given: Atom) -> str:
    """The moment of a date (its midnight), a moment, or a number of days since 1970 in UTC; "" for anything else."""
    moment = _named(given, context)
    return written(moment) if moment else moment_text(number_of(given, context.env.zone), context.env.zone)


@function("decimal-date-time", a.atom, sees_context=True)
def decimal_date_time(context: Context, given: Atom) -> float:
    """Days since 1970-01-01T00:00Z with the fraction of the day; a number stays; NaN for what is no date."""
    zone = context.env.zone
    days = exact_days_of(given, zone) if isinstance(given, str) else number_of(given, zone)
    return number_of(given, zone) if math.isnan(days) else days


@function("decimal-time", a.atom, sees_context=True)
def decimal_time(context: Context, given: Atom) -> float:
    """The fraction of the local day at a time of day or a moment, or of a number of days; NaN for anything else."""
    if isinstance(given, str):
        return part_of_day(given, context.env.zone)
    return number_of(given) % 1


@function("format-date", a.atom, a.text, sees_context=True)
def format_date(context: Context, given: Atom, pattern: str) -> str:
    """A date by a pattern (see date_formats.py), "" for what is no date. A number: the day that date() makes of it."""
    zone = context.env.zone
    moment = _named(given, context) or moment_of(date_text(number_of(given, zone)), zone)
    return formatted(moment, pattern, context.env.language()) if moment else ""


@function("format-date-time", a.atom, a.text, sees_context=True)
def format_date_time(context: Context, given: Atom, pattern: str) -> str:
    """A moment by a pattern. A number is the moment that date-time() makes of it. "" for what is no moment."""
    zone = context.env.zone
    moment = _named(given, context) or moment_of(moment_text(number_of(given, zone), zone), zone)
    return formatted(moment, pattern, context.env.language()) if moment else ""


def _named(given: Atom, context: Context) -> datetime | None:
    """The moment that a text names."""
    return moment_of(given, context.env.zone) if isinstance(given, str) else None
