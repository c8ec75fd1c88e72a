"""What the City makes of one Ask. Decided on the calendar as it stands under its lock; written by whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldapp.bookings import Ask, Slot, Standing, alternatives, fits, free_among, suits
from fieldapp.bookings.standing import ATTENDED, CANCELLED, CONFIRMED, FULL, NO_SHOW, OFFERED, WAITING
from fieldapp.bookings.wishes import ABSENT, BOOK, CANCEL, WAIT
from fieldapp.records import Fields
from fieldapp.services.booking import BookingRule
from fieldapp.texts import tr
from sync.gateway.bookings.calendar import Calendar
from sync.gateway.rules import Refusal

BOOKED = "booking"  # the code of a refusal


@dataclass(frozen=True)
class Case:
    """One Ask: of which booking, for a record that then has `fields`, with what the City had made of it before."""

    ask: Ask
    key: str
    rule: BookingRule
    fields: Fields
    before: Standing | None
    wait: bool = False  # on the waiting list where nothing is free

    @property
    def number(self) -> int:
        """The next standing's."""
        return self.before.number + 1 if self.before else 1


def answered(calendar: Calendar, case: Case) -> Standing | Refusal | None:
    """The new standing; None where it stays as it is."""
    if case.ask.act in {BOOK, WAIT}:
        return _booked(calendar, case)
    return _cancelled(case) if case.ask.act == CANCEL else _came(calendar, case)


def _booked(calendar: Calendar, case: Case) -> Standing | Refusal | None:
    before, ask = case.before, case.ask
    if not calendar.serves(case.key):
        return None
    if before and before.holds and ask.seen != before.number:
        return Refusal(BOOKED, tr("This booking was changed meanwhile. Please look at it, and ask again."))
    if before and before.status in {NO_SHOW, ATTENDED}:
        return Refusal(BOOKED, tr("This appointment is over: a new one takes a new record."))
    open_ = [slot for slot in calendar.slots(case.key) if fits(slot, case.key, case.rule, case.fields, calendar.now)]
    if before and before.holds and before.slot and ask.wishes and suits(before.slot, ask.wishes[0]):
        return None
    chosen = free_among(open_, ask.wishes)
    if chosen is not None:
        return Standing(CONFIRMED, case.number, chosen)
    return _none_free(case, open_)


def _none_free(case: Case, open_: Sequence[Slot]) -> Standing:
    """What else there is. Who has a place keeps it."""
    others = tuple(alternatives(open_, case.ask.wishes))
    if case.before and case.before.holds:
        return replace(case.before, number=case.number, offers=others)
    if case.wait or case.ask.act == WAIT:
        return Standing(WAITING, case.number, offers=others)
    return Standing(OFFERED if others else FULL, case.number, offers=others)


def _cancelled(case: Case) -> Standing | None:
    """A cancellation holds however old the view was: nobody comes who said that they will not."""
    before = case.before
    if before is None or before.status in {CANCELLED, NO_SHOW, ATTENDED}:
        return None
    return Standing(CANCELLED, case.number, before.slot, by=case.ask.by, why=case.ask.why)


def _came(calendar: Calendar, case: Case) -> Standing | Refusal | None:
    before = case.before
    if before is None or not before.holds or before.slot is None:
        return Refusal(BOOKED, tr("Nothing is booked here: nobody can have come, or stayed away."))
    if before.slot.begins.timestamp() > calendar.now.timestamp():
        return Refusal(BOOKED, tr("This appointment has not begun yet."))
    status = NO_SHOW if case.ask.act == ABSENT else ATTENDED
    return None if status == before.status else replace(before, status=status, number=case.number, offers=())
