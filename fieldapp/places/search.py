"""Search as one types: "12 king e", "king 12", "5-120 St-Paul". Streets are found by their words, then the number.

There are a few thousand streets and hundreds of thousands of addresses, so the words are looked up among the streets
(FTS5, prefixes) and the house number in an index by street: each keystroke costs a few milliseconds at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from fieldapp.places.found import Address, Stop
from fieldapp.places.reading import Readers
from fieldapp.places.words import number_key, starting_with, words

LONGEST = 160  # letters of a query that are looked at
MOST_WORDS = 12
MOST_READINGS = 12
ADDRESS = "a.id, a.number, a.unit, s.name, s.community, a.lat, a.lon, a.ward, a.rural"
_UNIT = "a.unit_key >= ? AND a.unit_key < ? LIMIT ?"
# The streets that have the words: those that begin with the first one come first.
_STREETS = """WITH found AS MATERIALIZED (SELECT s.id, s.name, s.community FROM street_words w
    JOIN streets s ON s.id = w.rowid WHERE w.street_words MATCH ?
    ORDER BY substr(s.sort, 1, length(?)) <> ?, s.sort LIMIT ?)"""
_ON_STREETS = f"""{_STREETS} SELECT {ADDRESS} FROM found s CROSS JOIN addresses a INDEXED BY addresses_by_key
    ON a.street = s.id AND a.key >= ? AND a.key < ? AND {_UNIT}"""
_WHOLE_STREETS = f"""{_STREETS} SELECT {ADDRESS} FROM found s CROSS JOIN addresses a INDEXED BY addresses_by_value
    ON a.street = s.id AND {_UNIT}"""
_ANYWHERE = f"""SELECT {ADDRESS} FROM addresses a INDEXED BY addresses_by_number CROSS JOIN streets s ON s.id = a.street
    WHERE a.key >= ? AND a.key < ? AND {_UNIT}"""
_ANY = "SELECT 1 FROM street_words WHERE street_words MATCH ? LIMIT 1"
_END = "\U0010ffff"
_ALL_STREETS = 1 << 20


@dataclass(frozen=True)
class _Reading:
    """One way to understand what was typed."""

    number: str
    words: tuple[str, ...]
    unit: str = ""


def search_addresses(readers: Readers, text: str, limit: int) -> list[Address]:
    """The addresses that `text` may mean: exact house numbers first, then those that begin with the number."""
    typed = words(text[:LONGEST])[:MOST_WORDS]
    found: dict[int, Address] = {}
    _search(readers, _likely(typed), found, limit)
    if not found:
        _search(readers, _unlikely(typed), found, limit, passes=(True,))
    return list(found.values())[:limit]


def _search(
    readers: Readers,
    readings: Iterable[_Reading],
    found: dict[int, Address],
    limit: int,
    passes: tuple[bool, ...] = (True, False),
) -> None:
    possible = [reading for reading in dict.fromkeys(readings) if _has_streets(readers, reading.words)]
    for exact in passes:
        for reading in possible[:MOST_READINGS]:
            if (exact and not reading.number) or len(found) >= limit:
                continue
            for row in _matching(readers, reading, exact=exact, limit=limit):
                found.setdefault(row[0], address_of(row))


def address_of(row: tuple[Any, ...], metres: float = 0.0) -> Address:
    """The Address of a row selected by ADDRESS."""
    address = Address(*row)
    return replace(address, rural=bool(address.rural), metres=metres)


def search_stops(readers: Readers, text: str, limit: int) -> list[Stop]:
    """Stops whose number or name has words beginning as typed; the exact stop number first."""
    typed = words(text[:LONGEST])[:MOST_WORDS]
    if not typed:
        return []
    rows = readers.rows(
        """SELECT s.id, s.code, s.name, s.lat, s.lon, s.ward FROM stops s JOIN stop_words w ON w.rowid = s.id
           WHERE w.stop_words MATCH ? AND s.boarding ORDER BY s.code <> ?, s.name, s.code LIMIT ?""",
        starting_with(typed),
        text.strip(),
        limit,
    )
    return [Stop(*row) for row in rows]


def _likely(typed: list[str]) -> Iterator[_Reading]:
    """Readings whose house number begins with a digit: the first such word, the next...; then without a number."""
    for start in [at for at, word in enumerate(typed) if any(sign.isdigit() for sign in word)]:
        end = start + 1
        yield from _with_number(typed, start, end)
        while end < min(start + 4, len(typed)) and (typed[end].isdigit() or len(typed[end]) == 1):  # 12 1/2, 12 A
            end += 1
            yield from _with_number(typed, start, end)
    if typed:
        yield _Reading("", tuple(typed))


def _unlikely(typed: list[str]) -> Iterator[_Reading]:
    """Readings whose number has other words in it: 12 Rear King St, Lot A King St."""
    for start in range(min(2, len(typed))):
        for end in range(start + 1, min(start + 4, len(typed)) + 1):
            yield from _with_number(typed, start, end)


def _with_number(typed: list[str], start: int, end: int) -> Iterator[_Reading]:
    """The words from `start` to `end` as the number; what stands before is of the street, or else the unit."""
    number = number_key(" ".join(typed[start:end]))
    yield _Reading(number, (*typed[:start], *typed[end:]))
    if start:
        yield _Reading(number, tuple(typed[end:]), number_key(" ".join(typed[:start])))


def _has_streets(readers: Readers, found: tuple[str, ...]) -> bool:
    return not found or bool(readers.rows(_ANY, starting_with(list(found))))


def _matching(readers: Readers, reading: _Reading, *, exact: bool, limit: int) -> list[tuple[Any, ...]]:
    number = (reading.number, reading.number + ("\0" if exact else _END))
    unit = (reading.unit, reading.unit + _END, limit)
    if not reading.words:
        return readers.rows(_ANYWHERE, *number, *unit)
    match = (starting_with(list(reading.words)), reading.words[0], reading.words[0])
    if not reading.number:
        return readers.rows(_WHOLE_STREETS, *match, limit, *unit)
    return readers.rows(_ON_STREETS, *match, _ALL_STREETS, *number, *unit)
