"""Bookings: places in the City's calendar, the wishes that records carry, and what became of them. Pure: the gateway
allocates with these functions, and a laptop shows with them what was free when it last heard from the City."""

from fieldapp.bookings.choosing import alternatives, fits, free_among, suits
from fieldapp.bookings.slots import Slot, local_moment
from fieldapp.bookings.standing import Standing, standing_of
from fieldapp.bookings.wishes import Ask, Wish, ask_of, wishes_of

__all__ = [
    "Ask",
    "Slot",
    "Standing",
    "Wish",
    "alternatives",
    "ask_of",
    "fits",
    "free_among",
    "local_moment",
    "standing_of",
    "suits",
    "wishes_of",
]
