"""Which slots suit a wish, and which are the next free ones. Pure: gateway and laptop choose alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from fieldapp.bookings.slots import Slot
from fieldapp.bookings.wishes import Wish
from fieldapp.records import WARD, Fields
from fieldapp.services.booking import BookingRule

OFFERED = 5  # alternatives in one answer
NOON = 12
HOUR = 3600.0  # s


def fits(slot: Slot, key: str, rule: BookingRule, fields: Fields, now: datetime) -> bool:
    """Whether the record could be booked into the slot at all: its service, its ward, and early enough."""
    early = now.timestamp() + HOUR * rule.notice < slot.begins.timestamp()
    here = not slot.wards or fields.get(WARD, "") in slot.wards
    return early and here and not slot.cancelled and slot.is_for(key)


def suits(slot: Slot, wish: Wish) -> bool:
    """Whether the slot is one that was wished for."""
    if wish.slot:
        return slot.id == wish.slot
    part = "am" if slot.begins.hour < NOON else "pm"
    return slot.day == wish.day and wish.part in {"", part} and _is_at(slot, wish.place)


def free_among(slots: Iterable[Slot], wishes: Sequence[Wish]) -> Slot | None:
    """The first free slot for the first wish that has one."""
    ordered = sorted((one for one in slots if one.free > 0), key=_by_time)
    return next((one for wish in wishes for one in ordered if suits(one, wish)), None)


def alternatives(slots: Sequence[Slot], wishes: Sequence[Wish]) -> list[Slot]:
    """The next free ones: those on the wished day or after it first, then earlier ones."""
    days = [one.day for one in slots for wish in wishes if wish.slot == one.id] + [
        wish.day for wish in wishes if wish.day
    ]
    first = min(days, default="")
    free = sorted((one for one in slots if one.free > 0), key=lambda one: (one.day < first, *_by_time(one)))
    return sorted(free[:OFFERED], key=_by_time)


def _by_time(slot: Slot) -> tuple[str, str]:
    return slot.starts, slot.id


def _is_at(slot: Slot, wished: str) -> bool:
    """Whether the slot is where somebody wished: words of its place, in either language, or the beginning of its id."""
    words = wished.casefold().strip()
    return any(words in place.casefold() for place in (slot.place, slot.place_fr)) or slot.id.casefold().startswith(
        words
    )
