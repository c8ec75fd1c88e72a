"""Slot: a stretch of time at a place, for one service or several, with room for so many bookings.

Vaccine clinics, ceremonies, virtual hearings, inspections, bulk routes of a day: all are slots, kept by back office.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from fieldapp.clock import CITY_ZONE

MINUTE = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Slot:
    """One line of the City's calendar. `serves` names services, or one of their bookings (`ceremony/room`); `wards`
    the wards that it is for, none for all; `person` whose calendar it is in; `free` how many places were left."""

    id: str
    serves: tuple[str, ...]
    place: str
    place_fr: str
    starts: str  # by the City's clock, YYYY-MM-DDTHH:MM
    minutes: int
    capacity: int
    person: str = ""  # user id
    wards: tuple[str, ...] = ()
    free: int = 0
    cancelled: str = ""  # why it does not take place, "" for one that does

    @cached_property
    def begins(self) -> datetime:
        """When it begins, in the City's zone."""
        return local_moment(self.starts)

    @property
    def ends(self) -> datetime:
        """When it ends: minutes that really pass, also in the night in which clocks are changed."""
        return datetime.fromtimestamp(self.begins.timestamp() + 60 * self.minutes, CITY_ZONE)

    @property
    def day(self) -> str:
        """Its day, YYYY-MM-DD."""
        return self.starts[:10]

    def place_in(self, language: str) -> str:
        """The place in English or French."""
        return (self.place_fr or self.place) if language == "fr" else self.place

    def is_for(self, key: str) -> bool:
        """Whether it takes bookings `key` (service/booking)."""
        return key in self.serves or key.partition("/")[0] in self.serves

    def told(self) -> dict[str, str]:
        """As it is handed to laptops: texts alone."""
        return {
            "serves": " ".join(self.serves),
            "place": self.place,
            "place_fr": self.place_fr,
            "starts": self.starts,
            "minutes": str(self.minutes),
            "capacity": str(self.capacity),
            "person": self.person,
            "wards": " ".join(self.wards),
            "free": str(self.free),
            "cancelled": self.cancelled,
        }

    @classmethod
    def of_told(cls, id_: str, told: Mapping[str, Any]) -> Slot:
        """The slot that `told` wrote."""
        text = {name: str(value) for name, value in told.items()}
        return cls(
            id_,
            tuple(text.get("serves", "").split()),
            text.get("place", ""),
            text.get("place_fr", ""),
            text.get("starts", ""),
            int(text.get("minutes", "0")),
            int(text.get("capacity", "0")),
            text.get("person", ""),
            tuple(text.get("wards", "").split()),
            int(text.get("free", "0")),
            text.get("cancelled", ""),
        )


def local_moment(text: str) -> datetime:
    """A moment by the City's clock. ValueError for none, also for one that the clock skips in spring."""
    wall = datetime.strptime(text, MINUTE)  # noqa: DTZ007  the City's clock on the wall
    moment = wall.replace(tzinfo=CITY_ZONE)
    if datetime.fromtimestamp(moment.timestamp(), CITY_ZONE).replace(tzinfo=None) != wall:
        raise ValueError(text)
    return moment
