"""Functions on dates, moments and times of day."""

from __future__ import annotations

import math
import re
from datetime import datetime

from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.functions import pure, with_context
from fieldapp.forms.xpath.values import (
    Value,
    atom_of,
    date_text,
    days_of,
    moment_of_text,
    moment_text,
    number_of,
    text_of,
)
from fieldapp.texts import language

_CLOCK = re.compile(r"(?:.*T)?(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?")
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."),
}
_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
}


@with_context("today", 0, 0)
def today(context: Context) -> str:
    """The City's calendar day."""
    return context.env.now().date().isoformat()


@with_context("now", 0, 0)
def now(context: Context) -> str:
    """The moment, with its time zone."""
    return context.env.now().isoformat(timespec="milliseconds")


@pure("date", 1, 1)
def date(value: Value) -> str:
    """A date from a text, a moment or a number of days since 1970; "" for anything else."""
    single = atom_of(value)
    if isinstance(single, str) and (moment := moment_of_text(single)):
        return moment.date().isoformat()
    return date_text(number_of(single))


@pure("date-time", 1, 1)
def date_time(value: Value) -> str:
    """A moment from a text or a number of days since 1970; "" for anything else."""
    single = atom_of(value)
    if isinstance(single, str) and (moment := moment_of_text(single)):
        return moment.isoformat(timespec="milliseconds")
    return moment_text(number_of(single))


@pure("decimal-date-time", 1, 1)
def decimal_date_time(value: Value) -> float:
    """Days since 1970 with the fraction of the day, NaN for what is no date."""
    return number_of(value)


@pure("decimal-time", 1, 1)
def decimal_time(value: Value) -> float:
    """The fraction of the day at a time of day, NaN for what is none."""
    match = _CLOCK.match(text_of(value))
    if match is None:
        return math.nan
    hours, minutes, seconds = match.groups()
    return (int(hours) * 3600 + int(minutes) * 60 + float(seconds or 0)) / 86400


@pure("format-date", 2, 2)
def format_date(value: Value, form: Value) -> str:
    """A date by a pattern: %Y %y %m %n %b %d %e %a %H %h %M %S %3. "" for what is no date."""
    moment = _moment(value)
    return re.sub("%(.)", lambda match: _part(moment, match[1]), text_of(form)) if moment else ""


@pure("format-date-time", 2, 2)
def format_date_time(value: Value, form: Value) -> str:
    """As format-date(), for moments."""
    return text_of(format_date(value, form))


def _moment(value: Value) -> datetime | None:
    single = atom_of(value)
    if isinstance(single, str):
        known = moment_of_text(single)
        return known if known or math.isnan(days_of(single)) else None
    return moment_of_text(moment_text(number_of(single)))


def _part(moment: datetime, letter: str) -> str:
    names = language()
    parts = {
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "b": _MONTHS[names][moment.month - 1],
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "a": _DAYS[names][moment.weekday()],
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
        "%": "%",
    }
    return parts.get(letter, f"%{letter}")
