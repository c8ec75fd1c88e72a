"""A departure as a row: the planned time stays in front, what is known of it now stands beside in words."""

from __future__ import annotations

from datetime import datetime

from fieldapp.clock import CITY_ZONE
from fieldapp.places import Departure
from fieldapp.places.lookups import Board
from fieldapp.texts import tr
from ui import days
from ui.widgets import Row

SOON = 60  # minutes: what comes later needs no countdown


def rows(board: Board, now: datetime) -> list[Row]:
    """The departures of a board, each with an id that stays while time goes on."""
    at = f"{board.live_at.astimezone(CITY_ZONE):%H:%M}" if board.live_at else ""
    return [_row(one, now, at) for one in board.departures]


def banner(board: Board) -> str:
    """What a person must know before reading a departure: of which day and moment the times are."""
    if board.live_at is None:
        return board.timetable.banner
    return board.timetable.live_banner(f"{board.live_at.astimezone(CITY_ZONE):%H:%M}")


def _row(one: Departure, now: datetime, at: str) -> Row:
    title = f"{one.route} {one.route_name}".strip() if one.route_name != one.route else one.route
    known = said(one)
    words = tr("{known}, live at {time}", known=known, time=at) if known else ""
    return Row(
        f"{one.day} {one.trip} {one.sequence}",
        title,
        " · ".join(filter(None, (one.headsign, words))),
        lead=f"{one.at:%H:%M}",
        chip=_chip(one),
        trailing=_when(one, now),
    )


def said(one: Departure) -> str:
    """What the City says of a departure by now, in words; "" where it says nothing."""
    live = one.live
    if live is None:
        return ""
    if live.cancelled:
        return tr("cancelled")
    if live.skipped:
        return tr("does not stop here")
    if live.added:
        return tr("extra bus")
    late = _minute(one.expected) - _minute(one.at)  # as the clock times beside each other show it
    if late > 0:
        return tr("{n} min late", n=late)
    return tr("{n} min early", n=-late) if late else tr("on time")


def _chip(one: Departure) -> tuple[str, str] | None:
    """The live time at a glance. Its word carries the meaning, the colour only helps."""
    live = one.live
    if live is None:
        return None
    if live.at is None:
        return (tr("Cancelled") if live.cancelled else tr("Passes by")), "bad"
    moved = _minute(live.at) != _minute(one.at)
    return tr("Live {time}", time=f"{live.at:%H:%M}"), "warn" if moved else "ok"


def _when(one: Departure, now: datetime) -> str:
    if one.live is not None and one.live.at is None:
        return ""
    local, day = one.expected.astimezone(CITY_ZONE), now.astimezone(CITY_ZONE).date()
    minutes = round((one.expected.timestamp() - now.timestamp()) / 60)
    if minutes < 0:
        return tr("has left")
    if minutes < SOON:
        return tr("in {n} min", n=minutes)
    return days.short(local.date(), day) if local.date() != day else ""


def _minute(moment: datetime) -> int:
    return int(moment.timestamp() // 60)
