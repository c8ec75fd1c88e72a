"""For whom a reviewer stands in now, where, and until when: said where they decide, so that nobody is surprised."""

from __future__ import annotations

from datetime import date, timedelta

from fieldapp.clock import moment_of, today
from fieldapp.records import StandIn
from fieldapp.texts import tr
from ui import days
from ui.session import Session


def standing_in_lines(session: Session) -> list[str]:
    """A line an absence; none for whoever stands in for nobody."""
    return [_line(session, one) for one in session.desk.reviewer.stands_in]


def _line(session: Session, absence: StandIn) -> str:
    last = until(absence.ends, today(session.clock))
    if "*" in absence.wards:
        return tr("You stand in for {name} until {until}, in all their wards.", name=absence.name, until=last)
    wards = ", ".join(sorted(ward.lstrip("0") for ward in absence.wards if ward))
    return tr(
        "You stand in for {name} until {until}, in these wards: {wards}.", name=absence.name, until=last, wards=wards
    )


def until(ends: str, day: date) -> str:
    """The end of an absence, in words: the last day, where it is the whole of it; else the day and the time."""
    end = moment_of(ends)
    if (end.hour, end.minute) == (0, 0):
        return tr("the end of {day}", day=days.short(end.date() - timedelta(days=1), day))
    return f"{days.short(end.date(), day)} {days.time_of(ends)}"
