"""A calendar for tests, and short ways to wish, to cancel and to see what became of it."""

from __future__ import annotations

from typing import Any

from fieldapp.bookings import Ask, Slot, Standing, Wish, standing_of
from fieldapp.records import WISH, Change
from sync.gateway import GatewayService
from sync.gateway.bookings.keeping import Taken, take_in
from tests.support.gateway import SERVICE, Laptop

DAY, NEXT_DAY, THIRD_DAY = "2026-12-03", "2026-12-04", "2026-12-05"
ROUTE, WISHED = "route", "pickup/collect_on"


def slot(id_: str, day: str = DAY, *, capacity: int = 1, **parts: Any) -> Slot:
    """A line of the calendar."""
    values: dict[str, Any] = {
        "serves": (SERVICE,),
        "place": "East route",
        "place_fr": "Tournée est",
        "starts": f"{day}T07:00",
        "minutes": 540,
    }
    return Slot(id_, capacity=capacity, **{**values, **parts})


def calendar(service: GatewayService, *slots: Slot) -> Taken:
    """Write slots into the calendar."""
    return take_in(service.database, service.catalogue, slots, service.now())


def wishing(laptop: Laptop, day: str = DAY, **parts: Any) -> str:
    """A pick-up that is handed in with the wish for a day; its id."""
    return laptop.new({WISHED: day}, submit=True, **parts)


def ask(laptop: Laptop, record: str, act: str, *slots: str, booking: str = ROUTE, **parts: Any) -> Change:
    """Ask something of the calendar for a record that is with the City."""
    known = standing(laptop, record, booking)
    said = {"seen": known.number if known else 0, **parts}
    text = Ask(act, tuple(Wish(one) for one in slots), **said).text()
    path = WISH + booking
    return laptop.commit(record, {path: text}, was={path: None}, service=laptop.record(record).service)


def standing(laptop: Laptop, record: str, booking: str = ROUTE) -> Standing | None:
    """What the City made of it, as this laptop knows."""
    return standing_of(laptop.record(record).fields, booking)


def status(laptop: Laptop, record: str, booking: str = ROUTE) -> str:
    """In one word, "" where the City has said nothing."""
    found = standing(laptop, record, booking)
    return found.status if found else ""


def place(laptop: Laptop, record: str, booking: str = ROUTE) -> str:
    """The slot where it has a place."""
    found = standing(laptop, record, booking)
    return found.slot.id if found and found.slot and found.holds else ""


def booked(service: GatewayService, slot_id: str) -> int:
    """How many places of a slot are taken, by the gateway's own table."""
    sql = "SELECT count(*) FROM booking WHERE slot = ? AND status = 'confirmed'"
    return int(service.database.read(sql, (slot_id,))[0][0])
