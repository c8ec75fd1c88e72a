"""Finding records: Query, and the SQL that answers it in the order of an index."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from fieldapp.records import Record
from fieldapp.store.database import Database
from fieldapp.store.rows import ROW_COLUMNS, STORED, Place, Row, row_of, stored_of
from fieldapp.store.search import expression

Kind = Callable[[str, str], str]
SORTS = {"updated": "updated", "title": "title_key", "planned": "planned", "due": "due"}
OFTEN_EMPTY = frozenset({"planned", "due"})
EQUAL = ("service", "state", "ward", "assignee", "author")
FEW = 3000
# Two questions, for each a step of the index; one of both at once would walk through all rows of the service.
NEXT_STATE = "SELECT service, state FROM record WHERE service = ? AND state > ? ORDER BY state LIMIT 1"
NEXT_SERVICE = "SELECT service, state FROM record WHERE service > ? ORDER BY service, state LIMIT 1"
UNSETTLED_ROWS = (
    "n IN (SELECT n FROM draft UNION SELECT r.n FROM journal j JOIN record r ON r.id = j.record"
    " WHERE j.state = 'sealed' UNION SELECT r.n FROM journal j JOIN record r ON r.id = j.record"
    " WHERE j.state IN ('conflict', 'rejected', 'parked'))"
)


@dataclass(frozen=True)
class Query:
    """Which records, in which order. An empty part asks for nothing; all parts given must hold.

    `state_kinds` are kinds of the services' states (draft, open, review, returned, done). `due` are the first and last
    day, two empty ones for what has none; `changed` the stamps from which and before which the last change lies.
    """

    text: str = ""
    service: str = ""
    state: str = ""
    state_kinds: tuple[str, ...] = ()
    ward: str = ""
    assignee: str = ""
    author: str = ""
    parent: str = ""
    due: tuple[str, str] | None = None
    changed: tuple[str, str] | None = None
    places: tuple[Place, ...] = ()  # of what is not settled: DRAFT, WAITING, ATTENTION
    sort: Literal["updated", "planned", "due", "title"] = "updated"
    descending: bool = True


class Finder:
    """Answers queries."""

    def __init__(self, database: Database, kind: Kind) -> None:
        self._database = database
        self._kind = kind

    def ids(self, query: Query, limit: int = -1) -> array[int]:
        """The row numbers of all matches, in order. Rows without a planned or due date come last when sorted by it."""
        source, where, values = self._asked(query)
        key, way = SORTS[query.sort], "DESC" if query.descending else "ASC"
        undated = f"{key} = '', " if query.sort in OFTEN_EMPTY else ""
        found = f"SELECT n FROM {source} WHERE {where} ORDER BY {undated}{key} {way}, n {way} LIMIT {int(limit)}"
        # As one text: 200,000 rows that come one by one take as long again, and hold up the screen's thread at each.
        ((text,),) = self._database.read(f"SELECT json_group_array(n) FROM ({found})", values)
        return array("q", orjson.loads(text))

    def last_row(self) -> int:
        """The highest row number: at least as many as there are records."""
        return int(self._database.read("SELECT coalesce(max(n), 0) FROM record")[0][0])

    def count(self, query: Query) -> int:
        """How many match."""
        source, where, values = self._asked(query)
        sql = f"SELECT count(*) FROM {source} WHERE {where}"
        return int(self._database.read(sql, values)[0][0])

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        """The list lines of these row numbers, in their order; numbers that are gone are left out."""
        sql = f"SELECT {ROW_COLUMNS} FROM record WHERE n IN (SELECT value FROM json_each(?))"
        found = {row.n: row for row in map(row_of, self._database.read(sql, (json.dumps(list(numbers)),)))}
        return [found[n] for n in numbers if n in found]

    def find(self, query: Query, limit: int) -> list[Record]:
        """The first `limit` matches, whole."""
        numbers = list(self.ids(query, limit))
        found = self.records(numbers)
        return [found[n] for n in numbers if n in found]

    def records(self, numbers: Sequence[int]) -> dict[int, Record]:
        """The whole records of these row numbers, as far as they are here."""
        sql = f"SELECT {STORED} FROM record WHERE n IN (SELECT value FROM json_each(?))"
        read = self._database.read(sql, (json.dumps(list(numbers)),)) if numbers else []
        return {one.n: one.record for one in map(stored_of, read)}

    def _asked(self, query: Query) -> tuple[str, str, list[Any]]:
        """Where to look, what to ask there, and its values.

        Few matches are looked up in the table; many are read from the index that holds all of a list's columns. The
        choice is made here, because SQLite cannot know how many there will be.
        """
        if query == Query(sort=query.sort, descending=query.descending):
            by_time = query.sort == "updated"
            # What left this laptop has neither a service nor a time.
            return (
                ("record INDEXED BY record_updated", "updated <> ''", [])
                if by_time
                else (
                    "record INDEXED BY record_lines",
                    "service <> ''",
                    [],
                )
            )
        looked_up, values = self._looked_up(query)
        where = [f"{'+' if looked_up else ''}{name} = ?" for name in EQUAL if getattr(query, name)]
        values += [getattr(query, name) for name in EQUAL if getattr(query, name)]
        if query.state_kinds:
            pairs = self._states(query.state_kinds)
            marks = ", ".join("(?, ?)" for _ in pairs)
            where.append(f"({'+' if looked_up else ''}service, state) IN (VALUES {marks})" if pairs else "FALSE")
            values += [part for pair in pairs for part in pair]
        if query.due is not None:
            where.append("due BETWEEN ? AND ?")
            values += query.due
        if query.changed is not None:
            where.append("updated >= ? AND updated < ?")
            values += query.changed
        alone = query == Query(text=query.text, descending=query.descending)  # in an order that an index has already
        source = "record" if looked_up else f"record INDEXED BY {'record_updated' if alone else 'record_lines'}"
        if query.text.strip() and not looked_up:
            where.append("n IN (SELECT rowid FROM search WHERE search MATCH ?)")
            values.append(expression(query.text))
        return source, " AND ".join([*looked_up, *where]) or "TRUE", values

    def _looked_up(self, query: Query) -> tuple[list[str], list[Any]]:
        """The parts of a query that leave few rows, each with a quick way to them."""
        where: list[str] = []
        values: list[Any] = []
        if query.parent:
            where.append("parent = ? AND parent <> ''")  # the second half is what the index of parents asks for
            values.append(query.parent)
        if query.places:
            where += [f"place IN ({', '.join(str(int(place)) for place in query.places)})", UNSETTLED_ROWS]
        if query.text.strip() and (numbers := self._mentions(query.text)) is not None:
            where.append("n IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(numbers))
        return where, values

    def _mentions(self, text: str) -> list[int] | None:
        """The rows that mention `text`; None when they are too many to be looked up one by one."""
        if not (match := expression(text)):
            return []
        found = self._database.read("SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", (match, FEW + 1))
        return [n for (n,) in found] if len(found) <= FEW else None

    def closed(self) -> list[tuple[str, str]]:
        """The (service, state) pairs of records here that end their matter."""
        return self._states(("done",))

    def _next_pair(self, service: str, state: str) -> list[Any]:
        read = self._database.read
        return read(NEXT_STATE, (service, state)) or read(NEXT_SERVICE, (service,))

    def _states(self, kinds: Sequence[str]) -> list[tuple[str, str]]:
        """The (service, state) pairs in use whose kind is among `kinds`."""
        used: list[tuple[str, str]] = []
        while found := self._next_pair(*(used[-1] if used else ("", ""))):
            used += found
        return [(service, state) for service, state in used if self._kind(service, state) in kinds]
