"""Official numbers at the gateway: blocks that are reserved for laptops, and what became of them.

The counter of a series only grows; a number that was handed out is never handed out again, whatever became of it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from fieldapp.access import has_role
from fieldapp.clock import moment_of
from fieldapp.errors import ServiceError
from fieldapp.numbering import place
from fieldapp.records import Person
from fieldapp.services import Catalogue, official
from fieldapp.services.declared import OfficialNumber
from fieldapp.texts import tr
from sync.gateway.rules import Refusal
from sync.gateway.transactions import LOCKED, Transaction
from sync.wire import BlockAsk, BlockEnd, NoBlock, NumberBlock, NumbersReply, NumbersRequest, SpoiltNumber

COUNTER = "official/"
BACK, LOST, RETIRED = "back", "lost", "retired"
USED, VOID, SPOILT = "used", "void", "spoilt"
MOST_OUT = 4  # blocks of the largest allowed size that one person may have out of a series at one device
YEAR = re.compile("[1-9][0-9]{3}")
AHEAD = timedelta(days=31)  # how long before a year its numbers may be reserved
BLOCK = "id, series, prefix, digits, first, last"
OUT = f"SELECT {BLOCK} FROM number_block WHERE person = ? AND device = ?"


class Blocks:
    """One request about official numbers, in its transaction."""

    def __init__(self, tx: Transaction, catalogue: Catalogue, person: Person, device: str, now: str) -> None:
        self._tx = tx
        self._catalogue = catalogue
        self._person = person
        self._device = device
        self._now = now

    def answer(self, request: NumbersRequest) -> NumbersReply:
        """Take down what the laptop tells, then reserve what it asks for."""
        for held in request.held:
            self._adopt(held)
        for spoilt in request.spoilt:
            self._spoil(spoilt)
        for end in request.ended:
            self._end(end)
        answers = [self._reserve(ask) for ask in sorted(request.asks, key=lambda ask: (ask.number, ask.id))]
        out = [NumberBlock(*values) for values in self._tx.execute(f"{OUT} AND ended = '' ORDER BY id", self._holder)]
        return NumbersReply(
            blocks=tuple(one for one in answers if isinstance(one, NumberBlock)),
            refused=tuple(one for one in answers if isinstance(one, NoBlock)),
            out=tuple(self._told(block) for block in out),
        )

    @property
    def _holder(self) -> tuple[str, str]:
        return self._person.id, self._device

    def _reserve(self, ask: BlockAsk) -> NumberBlock | NoBlock:
        found = self._tx.execute(f"SELECT {BLOCK}, person, device FROM number_block WHERE id = ?", (ask.id,)).fetchone()
        if found is not None:
            *values, person, device = found
            return NumberBlock(*values) if (person, device) == self._holder else _refused(ask, _reused())
        checked = self._checked(ask)
        if isinstance(checked, Refusal):
            return _refused(ask, checked)
        one, day = checked
        series = official.series(one, day)
        first = take(self._tx, series, one.start, ask.size)
        block = NumberBlock(ask.id, series, official.prefix(one, day), one.digits, first, first + ask.size - 1)
        self._keep(block)
        return block

    def _checked(self, ask: BlockAsk) -> tuple[OfficialNumber, date] | Refusal:
        """Which number is asked for, or why it is not reserved."""
        try:
            one = self._catalogue.get(ask.service).official(ask.number)
            day = date.fromisoformat(ask.day)
        except (ServiceError, ValueError):
            one = None
        if one is None:
            return Refusal("unknown", tr("The City does not know this series of numbers."))
        if not has_role(self._person, one.roles):
            return Refusal("role", tr("Your role may not issue such numbers."))
        if not 0 < ask.size <= official.LARGEST_BLOCK or not _near(day, moment_of(self._now).date()):
            return Refusal("size", tr("So many numbers, or numbers of that year, are not reserved."))
        if self._left(official.series(one, day)) + ask.size > MOST_OUT * official.LARGEST_BLOCK:
            return Refusal("enough", tr("Enough numbers are out to this device: those have to come back first."))
        return one, day

    def _left(self, series: str) -> int:
        """How many numbers of a series are out to this device."""
        sql = "SELECT first, last FROM number_block WHERE person = ? AND device = ? AND series = ? AND ended = ''"
        return sum(last - first + 1 for first, last in self._tx.execute(sql, (*self._holder, series)))

    def _keep(self, block: NumberBlock) -> None:
        row = (block.id, block.series, block.prefix, block.digits, block.first, block.last, *self._holder, self._now)
        self._tx.execute(
            "INSERT INTO number_block (id, series, prefix, digits, first, last, person, device, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )

    def _end(self, end: BlockEnd) -> None:
        """A block is closed once; one that is not this device's stays as it is."""
        self._tx.execute(
            "UPDATE number_block SET ended = ?, unused = ?, ended_at = ?"
            " WHERE id = ? AND person = ? AND device = ? AND ended = ''",
            (LOST if end.lost else BACK, max(0, end.next), self._now, end.id, *self._holder),
        )

    def _spoil(self, spoilt: SpoiltNumber) -> None:
        block, n = owner(self._tx, *self._holder, spoilt.number)
        if block is not None and block.series == spoilt.series:
            row = (block.series, n, spoilt.number, SPOILT, block.id, "", self._person.id, self._now)
            self._tx.execute(
                "INSERT INTO official_number (series, n, number, fate, block, record, person, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (series, n) DO NOTHING",
                row,
            )

    def _adopt(self, held: NumberBlock) -> None:
        """A block that this gateway gave before it was restored from a backup: known again, where it fits."""
        lock(self._tx, held.series, 1)
        sql = "SELECT 1 FROM number_block WHERE id = ? OR (series = ? AND first <= ? AND last >= ?)"
        known = self._tx.execute(sql, (held.id, held.series, held.last, held.first)).fetchone()
        sound = 0 < held.first <= held.last < held.first + official.LARGEST_BLOCK and 3 <= held.digits <= 10
        if known is None and sound and self._names(held):
            self._keep(held)
            grown = "UPDATE counter SET v = ? WHERE name = ? AND v < ?"
            self._tx.execute(grown, (held.last, COUNTER + held.series, held.last))

    def _names(self, held: NumberBlock) -> bool:
        """Whether some service writes this series so."""
        year = held.series.partition("/")[2]
        day = date(int(year), 1, 1) if YEAR.fullmatch(year) else date(2000, 1, 1)
        numbers = (one for service in self._catalogue for one in service.numbers if has_role(self._person, one.roles))
        return any(
            (official.series(one, day), official.prefix(one, day), one.digits)
            == (held.series, held.prefix, held.digits)
            for one in numbers
        )

    def _told(self, block: NumberBlock) -> NumberBlock:
        sql = "SELECT max(n) FROM official_number WHERE series = ? AND n BETWEEN ? AND ?"
        used = self._tx.execute(sql, (block.series, block.first, block.last)).fetchone()[0]
        return NumberBlock(block.id, block.series, block.prefix, block.digits, block.first, block.last, used or 0)


def take(tx: Transaction, series: str, start: int, size: int) -> int:
    """The first of the next `size` numbers of a series. Its counter is locked to the end of the transaction."""
    last = lock(tx, series, start)
    tx.execute("UPDATE counter SET v = ? WHERE name = ?", (last + size, COUNTER + series))
    return last + 1


def lock(tx: Transaction, series: str, start: int) -> int:
    """How far a series has been handed out; nobody else hands out of it until the transaction ends."""
    name = COUNTER + series
    tx.execute("INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (name, start - 1))
    return int(tx.execute(f"SELECT v FROM counter WHERE name = ? {LOCKED}", (name,)).fetchone()[0])


def owner(tx: Transaction, person: str, device: str, number: str) -> tuple[NumberBlock | None, int]:
    """The block of this person and device that a number is of, and its place in the series."""
    for values in tx.execute(OUT, (person, device)).fetchall():
        block = NumberBlock(*values)
        n = place(number, block.prefix, block.digits)
        if block.first <= n <= block.last:
            return block, n
    return None, -1


def _refused(ask: BlockAsk, refusal: Refusal) -> NoBlock:
    return NoBlock(ask.id, refusal.code, refusal.message)


def _reused() -> Refusal:
    return Refusal("key_reuse", tr("Another block was reserved under this id before."))


def _near(day: date, today: date) -> bool:
    """Whether numbers of that day's year may be reserved today: of this year, of the next one shortly before it, and of
    the last one shortly after it."""
    return day.year in {(today - AHEAD).year, today.year, (today + AHEAD).year}
