"""Search as one types: "12 king e", "king 12", "5-120 St-Paul". Streets are found by their words, then the number.

There are a few thousand streets and hundreds of thousands of addresses, so the words are looked up among the streets
(FTS5, prefixes) and the house number in an index by street: each keystroke costs a few milliseconds at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fieldapp.places.found import Address, Stop
from fieldapp.places.reading import Readers
from fieldapp.places.words import number_key, plain, starting_with, words

LONGEST = 160  # letters of a query that are looked at
MOST_WORDS = 12
ADDRESS = """a.id, a.number, a.unit, s.name, s.community, a.lat, a.lon, a.ward, a.rural
    FROM {streets} s CROSS JOIN addresses a {index} ON a.street = s.id"""
_STREETS = """WITH found AS MATERIALIZED (SELECT s.id, s.name, s.community FROM streets s {match}
    ORDER BY substr(s.sort, 1, length(?)) <> ?, s.sort LIMIT 20000) SELECT """
_MATCH = "JOIN street_words w ON w.rowid = s.id WHERE w.street_words MATCH ?"
_BY_KEY = " AND a.key {test} AND a.unit_key >= ? AND a.unit_key < ? LIMIT ?"
_BY_VALUE = " AND a.value >= 0 AND a.unit_key >= ? AND a.unit_key < ? LIMIT ?"
_END = "\U0010ffff"


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
    readings = list(dict.fromkeys(_readings(typed)))
    for exact in (True, False):
        for reading in readings:
            if (exact and not reading.number) or len(found) >= limit:
                continue
            for row in _matching(readers, reading, exact=exact, limit=limit):
                found.setdefault(row[0], address_of(row))
    return list(found.values())[:limit]


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


def _readings(typed: list[str]) -> Iterator[_Reading]:
    """What could be the house number: first words with a digit, from the left; then nothing; then the first words."""
    for number_at in [at for at, word in enumerate(typed) if any(sign.isdigit() for sign in word)]:
        yield from _with_number_at(typed, number_at)
    if typed:
        yield _Reading("", tuple(typed))
        yield from _with_number_at(typed, 0)


def _with_number_at(typed: list[str], start: int) -> Iterator[_Reading]:
    for end in range(start + 1, min(start + 4, len(typed)) + 1):
        number = number_key(" ".join(typed[start:end]))
        yield _Reading(number, (*typed[:start], *typed[end:]))
        if start:
            yield _Reading(number, tuple(typed[end:]), number_key(" ".join(typed[:start])))


def _matching(readers: Readers, reading: _Reading, *, exact: bool, limit: int) -> list[tuple[Any, ...]]:
    first = plain(reading.words[0]) if reading.words else ""
    values: list[object] = [starting_with(list(reading.words))] if reading.words else []
    values += [first, first]
    index = "INDEXED BY addresses_by_key" if reading.number else "INDEXED BY addresses_by_value"
    if not reading.number:
        condition = _BY_VALUE
    elif exact:
        condition, values = _BY_KEY.format(test="= ?"), [*values, reading.number]
    else:
        condition = _BY_KEY.format(test=">= ? AND a.key < ?")
        values += [reading.number, reading.number + _END]
    head = _STREETS.format(match=_MATCH if reading.words else "")
    sql = head + ADDRESS.format(streets="found", index=index) + condition
    return readers.rows(sql, *values, reading.unit, reading.unit + _END, limit)
