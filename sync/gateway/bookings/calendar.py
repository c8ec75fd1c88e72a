"""The calendar within one transaction. Whoever takes or gives a place holds its one lock to the end: a slot can never
have more bookings than places, from however many processes they come.

Locks are taken in one order: the records that are judged, this one, and then series, tallies and the feed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fieldapp.bookings import Slot, Standing, ask_of, standing_of
from fieldapp.bookings.choosing import fits, suits
from fieldapp.bookings.standing import CONFIRMED, WAITING
from fieldapp.clock import CITY_ZONE, moment_of
from fieldapp.records import BOOKING, WARD
from fieldapp.services import Catalogue
from fieldapp.services.booking import BookingRule
from fieldapp.store import SLOT
from sync.gateway.handouts import Handout, renew
from sync.gateway.moves import Moves
from sync.gateway.transactions import LISTED, Transaction, listed
from sync.wire import SLOTS

COLUMNS = "id, serves, place, place_fr, starts, minutes, capacity, person, wards, cancelled"
TAKEN = "SELECT count(*) FROM booking b WHERE b.slot = s.id AND b.status IN ('confirmed', 'no_show', 'attended')"
SLOT_ROWS = f"SELECT {COLUMNS}, ({TAKEN}) FROM slot s"
HELD = "record, name, service, ward, slot, status, turn, wishes, standing, told"
WAITS = f"SELECT {HELD} FROM booking WHERE status = 'waiting' ORDER BY turn, record"


@dataclass(frozen=True)
class Held:
    """One row of the table `booking`. `slot` is the place that it takes, "" for none."""

    record: str
    name: str
    service: str
    ward: str
    slot: str
    status: str
    turn: int
    wishes: str
    standing: str
    told: int

    @property
    def key(self) -> str:
        """What a slot must serve."""
        return f"{self.service}/{self.name}"

    def read(self) -> Standing | None:
        """Its standing."""
        return standing_of({BOOKING + self.name: self.standing}, self.name)


class Calendar:
    """Slots and bookings, under the lock from the first question on."""

    def __init__(self, tx: Transaction, catalogue: Catalogue, now: str) -> None:
        self._tx = tx
        self._catalogue = catalogue
        self.now = moment_of(now)
        self._stamp = now
        self._turn = 0
        self._touched: set[str] = set()  # slots of which laptops must hear
        self.promised: Counter[str] = Counter()  # places by slot, of the op that is judged now: not taken yet, not free
        self.untold = False  # whether a record must be told what became of its wish

    def lock(self) -> int:
        """Wait until nobody else takes places. A number that grows: the turn of who waits from now on."""
        if not self._turn:
            sql = "UPDATE counter SET v = v + 1 WHERE name = 'booking' RETURNING v"
            self._turn = int(self._tx.execute(sql).fetchone()[0])
        return self._turn

    def slots(self, key: str) -> list[Slot]:
        """The slots of today and later that serve `key`, with what is free."""
        self.lock()
        today = self.now.astimezone(CITY_ZONE).strftime("%Y-%m-%d")
        found = self._tx.execute(f"{SLOT_ROWS} WHERE s.starts >= ? ORDER BY s.starts, s.id", (today,))
        slots = [slot for slot in map(slot_of, found) if slot.is_for(key)]
        return [replace(slot, free=max(0, slot.free - self.promised[slot.id])) for slot in slots]

    def slot(self, id_: str) -> Slot | None:
        """One slot."""
        found = self._tx.execute(f"{SLOT_ROWS} WHERE s.id = ?", (id_,)).fetchone()
        return slot_of(found) if found else None

    def serves(self, key: str) -> bool:
        """Whether the calendar has, or ever had, any slot for this."""
        found = self._tx.execute("SELECT DISTINCT serves FROM slot")
        return any({key, key.partition("/")[0]} & set(serves.split()) for (serves,) in found)

    def held(self, record: str, name: str) -> Held | None:
        """What became of a record's wish, under the lock."""
        self.lock()
        found = self._tx.execute(f"SELECT {HELD} FROM booking WHERE record = ? AND name = ?", (record, name)).fetchone()
        return Held(*found) if found else None

    def holders(self, slot: str) -> list[Held]:
        """Who has a place in a slot."""
        sql = f"SELECT {HELD} FROM booking WHERE slot = ? AND status = 'confirmed' ORDER BY record"
        return [Held(*row) for row in self._tx.execute(sql, (slot,))]

    def put(self, one: Held) -> None:
        """Write what became of a wish. A place that it leaves goes to whoever waits first."""
        before = self.held(one.record, one.name)
        names = HELD.split(", ")
        columns, marks = f"{HELD}, at", ", ".join("?" for _ in range(len(names) + 1))
        changed = ", ".join(f"{name} = excluded.{name}" for name in [*names[2:], "at"])
        self._tx.execute(
            f"INSERT INTO booking ({columns}) VALUES ({marks}) ON CONFLICT (record, name) DO UPDATE SET {changed}",
            (*(getattr(one, name) for name in names), self._stamp),
        )
        self.untold = self.untold or not one.told
        left = {before.slot} if before else set()
        self._touched |= (left | {one.slot}) - {""}
        for slot in left - {one.slot, ""}:
            self.promote(slot)

    def keep(self, slot: Slot) -> None:
        """Write a slot."""
        values = (slot.id, " ".join(slot.serves), slot.place, slot.place_fr, slot.starts, slot.minutes, slot.capacity)
        names = COLUMNS.split(", ")
        changed = ", ".join(f"{name} = excluded.{name}" for name in [*names[1:], "at"])
        marks = ", ".join("?" for _ in range(len(names) + 1))
        self._tx.execute(
            f"INSERT INTO slot ({COLUMNS}, at) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {changed}",
            (*values, slot.person, " ".join(slot.wards), slot.cancelled, self._stamp),
        )
        self._touched.add(slot.id)

    def promote(self, slot_id: str) -> None:
        """Give the free places of a slot to those who wait for it, in their turn."""
        slot = self.slot(slot_id)
        if slot is None or slot.free < 1:
            return
        waiting = [one for one in (Held(*row) for row in self._tx.execute(WAITS)) if self._waits_for(one, slot)]
        for one in waiting[: slot.free]:
            known = one.read()
            standing = Standing(CONFIRMED, known.number + 1 if known else 1, slot)
            self.put(
                Held(*(one.record, one.name, one.service, one.ward, slot.id), CONFIRMED, 0, "", standing.text(), 0)
            )

    def hand_out(self, moves: Moves) -> None:
        """Let laptops know of the slots that changed."""
        sql = f"{SLOT_ROWS} WHERE s.id IN {LISTED}"
        found = [slot_of(row) for row in self._tx.execute(sql, (listed(self._touched),))] if self._touched else []
        things = {f"{SLOT}:{one.id}": Handout(f"{SLOT}:{one.id}", SLOT, {"id": one.id, **one.told()}) for one in found}
        renew(self._tx, moves, SLOTS, things, self._stamp)

    def _waits_for(self, one: Held, slot: Slot) -> bool:
        rule, ask = self._rule(one), ask_of(one.wishes)
        if one.status != WAITING or rule is None or ask is None:
            return False
        return fits(slot, one.key, rule, {WARD: one.ward}, self.now) and any(suits(slot, wish) for wish in ask.wishes)

    def _rule(self, one: Held) -> BookingRule | None:
        return self._catalogue.get(one.service).booking(one.name) if one.service in self._catalogue else None


def slot_of(row: Sequence[Any]) -> Slot:
    """A slot from its columns and how many places of it are taken."""
    id_, serves, place, place_fr, starts, minutes, capacity, person, wards, cancelled, taken = row
    free = 0 if cancelled else max(0, capacity - taken)
    about = place, place_fr, starts, minutes, capacity, person
    return Slot(id_, tuple(serves.split()), *about, tuple(wards.split()), free, cancelled)
