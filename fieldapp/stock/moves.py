"""How stock moves: received, handed over, sent to another office, spoilt, counted; and what is left by that. Pure.

A count says what is there; what moved before it is in it. The times are the laptops': they say only which movements a
count already has in it, so a wrong clock makes one count look wrong, and the next one heals it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from fieldapp.errors import RefusedError
from fieldapp.records import AUTHOR, Record, whole
from fieldapp.stock.numbers import numbers_in, written
from fieldapp.texts import tr

SERVICE, BOOKED = "stock", "booked"
RECEIVE, HAND_OVER, SEND, SPOIL, COUNT = "receive", "hand_over", "send", "spoil", "count"
GONE = frozenset({HAND_OVER, SEND, SPOIL})


@dataclass(frozen=True)
class Move:
    """One movement at one office. Of a count, `quantity` is what was there, and `expected` what should have been."""

    id: str
    kind: str
    item: str
    office: str
    quantity: int
    numbers: tuple[str, ...]
    at: str  # a stamp
    person: str  # user id
    reason: str
    case: str  # the reference of the case that it was handed over for
    expected: int | None


@dataclass(frozen=True)
class Holding:
    """What an office should have of an item. `missing` and `doubled` are numbers that are not accounted for."""

    office: str
    item: str
    left: int
    numbers: tuple[str, ...]  # in hand, of what is numbered
    counted_at: str = ""  # of the last count
    difference: int = 0  # that the last count found
    reason: str = ""
    missing: tuple[str, ...] = ()  # the last count did not find them, and they were not handed over
    doubled: tuple[str, ...] = ()  # gone more than once
    unknown: tuple[str, ...] = ()  # gone from here or counted here, and never received here

    @property
    def faults(self) -> tuple[str, ...]:
        """What does not fit, in words."""
        said = (
            (self.missing, tr("not accounted for: {numbers}", numbers=written(self.missing))),
            (self.doubled, tr("handed over more than once: {numbers}", numbers=written(self.doubled))),
            (self.unknown, tr("never received here: {numbers}", numbers=written(self.unknown))),
        )
        return tuple(words for numbers, words in said if numbers)


def move_of(record: Record) -> Move:
    """The movement that a record of the service "stock" is."""
    return Move(
        id=record.id,
        kind=record.get("move/move_kind"),
        item=record.get("move/item"),
        office=record.get("move/office"),
        quantity=whole(record.get("move/quantity")),
        numbers=_numbers(record.get("move/numbers")),
        at=record.get("move/moved_at"),
        person=record.get(AUTHOR),
        reason=record.get("move/move_reason"),
        case=record.get("move/case_no"),
        expected=_expected(record.get("count/expected")),
    )


def _expected(text: str) -> int | None:
    """How many there should have been, fewer than none where too much was handed over; None where that is not said."""
    try:
        return int(text)
    except ValueError:
        return None


def holdings(moves: Iterable[Move]) -> list[Holding]:
    """What each office should have of each item, by office and item."""
    by: dict[tuple[str, str], list[Move]] = {}
    for move in moves:
        by.setdefault((move.office, move.item), []).append(move)
    return [_holding(office, item, by[office, item]) for office, item in sorted(by)]


def _holding(office: str, item: str, moves: Sequence[Move]) -> Holding:
    ordered = sorted(moves, key=lambda one: (one.at, one.id))
    counts = [n for n, one in enumerate(ordered) if one.kind == COUNT]
    last = ordered[counts[-1]] if counts else None
    left = sum(_change(one) for one in ordered[counts[-1] + 1 if counts else 0 :])
    received, gone = _times(ordered, {RECEIVE}), _times(ordered, GONE)  # what was sent away may come back
    found = set(last.numbers) if last else set()
    kept = {number for number, times in received.items() if times > gone[number]}
    missing = kept & _times(ordered[: counts[-1]], {RECEIVE}).keys() - found if last else set()
    here = (kept | {number for number in found if number not in gone}) - missing
    return Holding(
        office=office,
        item=item,
        left=len(here) if received or gone or found else left + (last.quantity if last else 0),
        numbers=tuple(sorted(here)),
        counted_at=last.at if last else "",
        difference=last.quantity - last.expected if last and last.expected is not None else 0,
        reason=last.reason if last else "",
        missing=tuple(sorted(missing)),
        doubled=tuple(sorted(number for number, times in gone.items() if times > max(1, received[number]))),
        unknown=tuple(sorted((gone.keys() | found) - received.keys())),
    )


def _times(moves: Iterable[Move], kinds: Collection[str]) -> Counter[str]:
    """How often each number is in movements of these kinds."""
    return Counter(number for one in moves if one.kind in kinds for number in one.numbers)


def _change(move: Move) -> int:
    if move.kind in GONE:
        return -move.quantity
    return move.quantity if move.kind == RECEIVE else 0


def _numbers(text: str) -> tuple[str, ...]:
    """What a record has; a text that cannot be read is kept as it is, so that it is told as unknown."""
    try:
        return numbers_in(text)
    except RefusedError:
        return (text,)
