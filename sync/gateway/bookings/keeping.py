"""What back office does with the calendar: lines come in, change and are cancelled; who is booked there is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from fieldapp.bookings import Slot, Standing, alternatives, fits
from fieldapp.bookings.standing import CANCELLED, CONFIRMED
from fieldapp.bookings.wishes import CITY, Wish
from fieldapp.clock import CITY_ZONE, moment_of
from fieldapp.errors import RefusedError
from fieldapp.records import WARD
from fieldapp.services import Catalogue
from fieldapp.store import SLOT
from fieldapp.texts import tr
from sync.gateway.bookings.calendar import SLOT_ROWS, Calendar, Held, slot_of
from sync.gateway.bookings.telling import tell
from sync.gateway.handouts import take_back
from sync.gateway.moves import Moves
from sync.gateway.transactions import CityDatabase, Transaction
from sync.wire import SLOTS

KEPT = timedelta(days=1)  # after its day, laptops forget a slot


@dataclass(frozen=True)
class Taken:
    """What an import did: lines that are new, that changed, and records that were told of it."""

    new: int
    changed: int
    told: int


def take_in(database: CityDatabase, catalogue: Catalogue, slots: Sequence[Slot], now: str) -> Taken:
    """Write these slots into the calendar, all or none. RefusedError where one cannot be: it is cancelled, or has more
    bookings than places then."""
    new = changed = 0
    with database.write("calendar") as tx:
        calendar = Calendar(tx, catalogue, now)
        calendar.lock()
        for slot in slots:
            before = calendar.slot(slot.id)
            if before is None:
                calendar.keep(slot)
                calendar.promote(slot.id)
                new += 1
            elif replace(before, free=0) != replace(slot, free=0):
                _change(calendar, before, slot)
                changed += 1
        _hand_out(calendar, tx, now)
    return Taken(new, changed, tell(database, catalogue, now))


def cancel(database: CityDatabase, catalogue: Catalogue, slot_id: str, why: str, now: str) -> int:
    """Say that a slot does not take place; how many bookings were told. RefusedError for an unknown one, one that is
    cancelled already, and without a reason: residents read it."""
    if not why.strip():
        raise RefusedError(tr("Please say why the slot does not take place: residents read it."))
    with database.write("calendar") as tx:
        calendar = Calendar(tx, catalogue, now)
        calendar.lock()
        slot = calendar.slot(slot_id)
        if slot is None or slot.cancelled:
            raise RefusedError(tr("The calendar has no slot “{id}” that takes place.", id=slot_id))
        calendar.keep(replace(slot, cancelled=why.strip()))
        for one in calendar.holders(slot_id):
            calendar.put(_cancelled(calendar, catalogue, one, slot, why.strip()))
        _hand_out(calendar, tx, now)
    return tell(database, catalogue, now)


def forget_past(database: CityDatabase, now: str) -> int:
    """Let laptops forget the slots of past days; how many."""
    last = (moment_of(now).astimezone(CITY_ZONE) - KEPT).strftime("%Y-%m-%d")
    with database.write("calendar") as tx:
        tx.execute("UPDATE counter SET v = v + 1 WHERE name = 'booking'")  # the calendar's lock
        joined = "SELECT h.id FROM handout h JOIN slot s ON h.id = ? || s.id"
        sql = f"{joined} WHERE h.bucket = ? AND h.gone = 0 AND s.starts < ?"
        past = [id_ for (id_,) in tx.execute(sql, (f"{SLOT}:", SLOTS, last))]
        moves = Moves()
        take_back(tx, moves, SLOTS, past, now)
        moves.write(tx, now)
    return len(past)


def all_slots(database: CityDatabase) -> list[Slot]:
    """The whole calendar, with what is free."""
    return [slot_of(row) for row in database.read(f"{SLOT_ROWS} ORDER BY s.starts, s.id")]


def _change(calendar: Calendar, before: Slot, slot: Slot) -> None:
    if before.cancelled:
        raise RefusedError(tr("The slot “{id}” is cancelled. Give the new one an id of its own.", id=slot.id))
    booked = calendar.holders(slot.id)
    if len(booked) > slot.capacity:
        words = {"id": slot.id, "n": len(booked), "capacity": slot.capacity}
        raise RefusedError(tr("The slot “{id}” has {n} bookings: it cannot have {capacity} places.", **words))
    calendar.keep(slot)
    moved = (before.starts, before.minutes, before.place, before.place_fr, before.person)
    if moved != (slot.starts, slot.minutes, slot.place, slot.place_fr, slot.person):
        for one in booked:
            known = one.read()
            standing = Standing(CONFIRMED, known.number + 1 if known else 1, slot, moved=True)
            calendar.put(replace(one, standing=standing.text(), told=0))
    calendar.promote(slot.id)


def _cancelled(calendar: Calendar, catalogue: Catalogue, one: Held, slot: Slot, why: str) -> Held:
    known = one.read()
    rule = catalogue.get(one.service).booking(one.name) if one.service in catalogue else None
    open_ = [
        other
        for other in (calendar.slots(one.key) if rule else [])
        if rule and fits(other, one.key, rule, {WARD: one.ward}, calendar.now)
    ]
    offers = tuple(alternatives(open_, [Wish(day=slot.day)]))
    standing = Standing(CANCELLED, known.number + 1 if known else 1, slot, offers, CITY, why)
    return replace(one, slot="", status=CANCELLED, standing=standing.text(), told=0)


def _hand_out(calendar: Calendar, tx: Transaction, now: str) -> None:
    moves = Moves()
    calendar.hand_out(moves)
    moves.write(tx, now)
