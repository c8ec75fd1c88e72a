"""A departure as a row: the planned time stays in front, what is known of it now stands beside in words."""

from __future__ import annotations

from datetime import datetime

from fieldapp.clock import CITY_ZONE
from fieldapp.places import Departure
from fieldapp.places.lookups import Board
from fieldapp.texts import language, plural, tr
from ui import days
from ui.widgets import Row

NOTICES = 3  # that are shown
SOON = 60  # minutes: what comes later needs no countdown


def rows(board: Board, now: datetime) -> list[Row]:
    """The departures of a board, each with an id that stays while time goes on."""
    return [_row(one, now) for one in board.departures]


def banner(board: Board) -> str:
    """What a person must know before reading a departure: of which day and moment the times are."""
    if board.live_at is None:
        return board.timetable.banner
    return board.timetable.live_banner(f"{board.live_at.astimezone(CITY_ZONE):%H:%M}")


def alerts(board: Board) -> str:
    """What riders are told, a line each; the first ones where there are many."""
    lines = [tr("Notice: {text}", text=one.words(language())) for one in board.alerts[:NOTICES]]
    if (more := len(board.alerts) - NOTICES) > 0:
        lines.append(plural(more, "and {n} more notice", "and {n} more notices"))
    return "\n".join(lines)


def _row(one: Departure, now: datetime) -> Row:
    title = f"{one.route} {one.route_name}".strip() if one.route_name != one.route else one.route
    live = tr("live {time}", time=f"{one.live.at:%H:%M}") if one.live and one.live.at else ""
    return Row(
        f"{one.day} {one.trip} {one.sequence}",
        title,
        " · ".join(filter(None, (live, one.headsign))),
        lead=f"{one.at:%H:%M}",
        chip=_chip(one),
        trailing=_when(one, now),
    )


def _chip(one: Departure) -> tuple[str, str] | None:
    """What the City says of a departure by now, in words, which the colour only helps; None where it says nothing."""
    live = one.live
    if live is None:
        return None
    if live.cancelled:
        return tr("Cancelled"), "bad"
    if live.skipped:
        return tr("Does not stop here"), "bad"
    if live.added:
        return tr("Extra bus"), "pri"
    late = _minute(one.expected) - _minute(one.at)  # as the clock times beside each other show it
    if late:
        return (tr("{n} min late", n=late) if late > 0 else tr("{n} min early", n=-late)), "warn"
    return tr("On time"), "ok"


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
