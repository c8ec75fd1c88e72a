"""What the Stand-ins page says of each, in everyday words."""

from __future__ import annotations

import re
from datetime import date, timedelta

from fieldapp.clock import moment_of
from fieldapp.texts import plural, tr
from sync.wire import StandingIn, StandIns
from ui import days
from ui.review.standing_in import until
from ui.widgets import Row

WARD = re.compile(r"\d{1,2}")
MIDNIGHT = timedelta(milliseconds=1)  # before it, it is still the last day


def row(one: StandingIn, me: str, day: date) -> Row:
    """Its line: who, for whom, until when, where."""
    title = tr("{taker} stands in for {giver}", taker=one.taker_name, giver=one.giver_name)
    below = " · ".join((tr("until {until}", until=until(one.ends, day)), where(one)))
    return Row(one.id, title, below, chip=chip(one, day), trailing=tr("given by you") if one.giver == me else "")


def chip(one: StandingIn, day: date) -> tuple[str, str]:
    """Whether it holds today, or from when on."""
    first = first_day(one)
    return (tr("now"), "ok") if first <= day else (tr("from {day}", day=days.short(first, day)), "plain")


def where(one: StandingIn) -> str:
    """In which wards."""
    wards = ", ".join(ward.lstrip("0") for ward in one.wards)
    return plural(len(one.wards), "ward {wards}", "wards {wards}", wards=wards) if one.wards else tr("all wards")


def first_day(one: StandingIn) -> date:
    """The first day, by the City's clock."""
    return moment_of(one.begins).date()


def last_day(one: StandingIn) -> date:
    """The last day, which counts too."""
    return (moment_of(one.ends) - MIDNIGHT).date()


def summary(told: StandIns | None, day: date) -> str:
    """How many, and when the City told it."""
    if told is None:
        return ""
    at = moment_of(told.as_of)
    when = f"{at:%H:%M}" if at.date() == day else f"{days.short(at.date(), day)} {at:%H:%M}"
    many = plural(len(told.standing), "{n} stand-in", "{n} stand-ins")
    return " · ".join((many, tr("the City told it last at {when}", when=when)))


def wards_in(text: str) -> tuple[str, ...] | None:
    """The wards that somebody wrote, with two digits each; none for all, None where something else stands there."""
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    if not all(WARD.fullmatch(part) for part in parts):
        return None
    return tuple(sorted({part.zfill(2) for part in parts}))
