"""Bookings: what is free as far as this laptop knows, asking for it, and giving it back. The City answers with sync."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fieldapp.access import require_role
from fieldapp.actions.desk import Desk, check_reach
from fieldapp.bookings import Ask, Slot, Standing, Wish, ask_of, fits, standing_of, wishes_of
from fieldapp.bookings.ics import for_resident
from fieldapp.bookings.wishes import ABSENT, BOOK, CAME, CANCEL, RESIDENT, WAIT
from fieldapp.errors import RefusedError
from fieldapp.records import WISH, Record
from fieldapp.services.booking import BookingRule
from fieldapp.store import SLOT, Place
from fieldapp.texts import language, tr


@dataclass(frozen=True)
class Booking:
    """One booking of a record as this laptop knows it. `asked` is not answered by the City yet: it is tentative.
    `wished`: the form's own wish, which goes out with its step."""

    rule: BookingRule
    standing: Standing | None
    asked: Ask | None
    wished: tuple[Wish, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.rule.title.text(language())

    @property
    def tentative(self) -> bool:
        """Whether something is asked that the City has not answered."""
        return self.asked is not None or bool(self.wished)


def bookings(desk: Desk, record: Record) -> list[Booking]:
    """The bookings of a record: those of which anything is known, or for which this laptop has a calendar."""
    service = desk.service_of(record)
    return [one for rule in service.bookings if (one := _booking(desk, record, rule)) is not None]


def open_slots(desk: Desk, record: Record, booking: str) -> list[Slot]:
    """What the City's calendar has for it from now on, also what is full, as this laptop heard last."""
    service = desk.service_of(record)
    rule, key = service.booking(booking), f"{service.id}/{booking}"
    now = desk.clock.now()
    found = [slot for slot in slots(desk) if rule and fits(slot, key, rule, record.fields, now)]
    return sorted(found, key=lambda slot: (slot.starts, slot.place, slot.id))


def slots(desk: Desk) -> Iterator[Slot]:
    """The whole calendar on this laptop."""
    for one in desk.store.handouts.of(SLOT):
        yield Slot.of_told(str(one.fields.get("id")), one.fields)


def book(desk: Desk, record_id: str, booking: str, slot_ids: list[str]) -> Record:
    """Ask for the first of these slots that is free."""
    return _ask(desk, record_id, booking, Ask(BOOK, tuple(Wish(one) for one in slot_ids)))


def wait(desk: Desk, record_id: str, booking: str, slot_ids: list[str]) -> Record:
    """Ask for the waiting list of these slots."""
    return _ask(desk, record_id, booking, Ask(WAIT, tuple(Wish(one) for one in slot_ids)))


def cancel(desk: Desk, record_id: str, booking: str, *, why: str = "", by: str = RESIDENT) -> Record:
    """Give the place back, or leave the waiting list."""
    return _ask(desk, record_id, booking, Ask(CANCEL, by=by, why=why.strip()))


def came(desk: Desk, record_id: str, booking: str, *, there: bool) -> Record:
    """Say whether the person came. RefusedError before it has begun."""
    standing = standing_of(desk.record(record_id).fields, booking)
    if standing is None or standing.slot is None or standing.slot.begins > desk.clock.now():
        raise RefusedError(tr("This appointment has not begun yet."))
    return _ask(desk, record_id, booking, Ask(CAME if there else ABSENT))


def entry(desk: Desk, record_id: str, booking: str) -> bytes:
    """The confirmed appointment as a file for the resident's calendar. RefusedError where nothing is confirmed."""
    record = desk.record(record_id)
    service = desk.service_of(record)
    rule = service.booking(booking)
    if rule is None:
        raise RefusedError(tr("Nothing is confirmed here yet: there is no appointment to take along."))
    return for_resident(record, service, rule, desk.clock.now())


def may_book(desk: Desk, rule: BookingRule) -> bool:
    """Whether this person books and cancels it."""
    return bool(rule.roles & desk.person.roles)


def _booking(desk: Desk, record: Record, rule: BookingRule) -> Booking | None:
    standing, text = standing_of(record.fields, rule.id), record.get(WISH + rule.id)
    asked = ask_of(text) if text else None
    row = desk.store.row(record.id)
    unsent = row is not None and row.place in {Place.WAITING, Place.ATTENTION}
    handed_in = not desk.service_of(record).state(record.state).editable
    if rule.plans and handed_in and standing is None and asked is None:
        return None  # the visit was made: there is no time to be chosen any more
    wished = wishes_of(rule, record.fields) if rule.steps and unsent and handed_in and standing is None else ()
    if standing is None and asked is None and not wished and not open_slots(desk, record, rule.id):
        return None
    return Booking(rule, standing, asked, () if asked else wished)


def _ask(desk: Desk, record_id: str, booking: str, ask: Ask) -> Record:
    record = desk.record(record_id)
    rule = desk.service_of(record).booking(booking)
    check_reach(desk, record)
    if rule is None:
        raise RefusedError(tr("This service books nothing of the kind."))
    require_role(desk.person, rule.roles, tr("book and cancel here"))
    standing = standing_of(record.fields, booking)
    told = replace(ask, seen=standing.number if standing else 0)
    path = WISH + booking
    return desk.commit(record, {path: told.text()}, seal=True, seen={path: None})


@dataclass(frozen=True)
class Appointment:
    """One line of the day's list: a place that somebody has, or had."""

    record: Record
    booking: Booking
    slot: Slot


def day_list(desk: Desk, day: str) -> list[Appointment]:
    """All places that are taken on a day (YYYY-MM-DD), as this laptop knows, in order of time and place."""
    services = {service.id for service in desk.catalogue if service.bookings}
    found = [
        Appointment(record, one, one.standing.slot)
        for record in desk.store.booked.on(day, services)
        for one in bookings(desk, record)
        if one.standing and one.standing.holds and one.standing.slot and one.standing.slot.day == day
    ]
    return sorted(found, key=lambda one: (one.slot.starts, one.slot.place, one.record.reference))
