"""Standing: what the City made of a record's wish. The gateway writes it into the record, at `@booking/<id>`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from fieldapp.bookings.slots import Slot
from fieldapp.records import BOOKING, Fields, canonical, plain

CONFIRMED, OFFERED, WAITING, FULL = "confirmed", "offered", "waiting", "full"
CANCELLED, NO_SHOW, ATTENDED = "cancelled", "no_show", "attended"
HELD = frozenset({CONFIRMED, NO_SHOW, ATTENDED})  # a place in the slot is theirs, or was


@dataclass(frozen=True)
class Standing:
    """`number` grows with each change of it, and is the calendar entry's SEQUENCE. `offers` are slots that were free
    when the City answered; none of them is kept. `by` (resident or city) and `why` are of a cancellation."""

    status: str
    number: int
    slot: Slot | None = None  # the place they have, or had
    offers: tuple[Slot, ...] = ()
    by: str = ""
    why: str = ""
    moved: bool = False  # the City moved it since it was confirmed

    @property
    def holds(self) -> bool:
        """Whether the place is theirs."""
        return self.status in HELD

    def text(self) -> str:
        """As the record has it."""
        said: dict[str, Any] = {"status": self.status, "number": self.number, "by": self.by, "why": self.why}
        said |= {"slot": _short(self.slot) if self.slot else None, "moved": self.moved}
        said["offers"] = [_short(one) for one in self.offers]
        return canonical({name: value for name, value in said.items() if value}).decode()


def standing_of(record: Fields, booking: str) -> Standing | None:
    """What the City made of this booking of a record; None where it has said nothing, or nothing that can be read."""
    try:
        said = plain(record[BOOKING + booking])
        offers = tuple(_slot(one) for one in said.get("offers", ()))
        slot = _slot(said["slot"]) if said.get("slot") else None
        words = str(said.get("by", "")), str(said.get("why", "")), bool(said.get("moved"))
        return Standing(str(said["status"]), int(said["number"]), slot, offers, *words)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _short(slot: Slot) -> dict[str, Any]:
    """What a record keeps of a slot: enough to say it without the calendar."""
    kept = {name: value for name, value in asdict(slot).items() if value and name in KEPT}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}


def _slot(said: dict[str, Any]) -> Slot:
    blank = {one.name: "" for one in fields(Slot)} | {"serves": (), "wards": (), "minutes": 0, "capacity": 0, "free": 0}
    known = {name: said[name] for name in KEPT if name in said}
    return Slot(**{**blank, **known})


KEPT = frozenset({"id", "place", "place_fr", "starts", "minutes", "person"})
