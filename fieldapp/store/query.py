"""Finding records: Query, and the SQL that answers it in the order of an index."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fieldapp.records import Record
from fieldapp.store.database import Database
from fieldapp.store.rows import ROW_COLUMNS, STORED, Row, row_of, stored_of
from fieldapp.store.search import expression

Kind = Callable[[str, str], str]
SORTS = {"updated": "updated", "title": "title_key", "planned": "planned", "due": "due"}
OFTEN_EMPTY = frozenset({"planned", "due"})
EQUAL = ("service", "state", "ward", "assignee", "author", "parent")


@dataclass(frozen=True)
class Query:
    """Which records, in which order. An empty part asks for nothing; all parts given must hold.

    `state_kinds` are kinds of the services' states (draft, open, review, returned, done).
    """

    text: str = ""
    service: str = ""
    state: str = ""
    state_kinds: tuple[str, ...] = ()
    ward: str = ""
    assignee: str = ""
    author: str = ""
    parent: str = ""
    places: tuple[int, ...] = ()  # rows.Place
    sort: Literal["updated", "planned", "due", "title"] = "updated"
    descending: bool = True


class Finder:
    """Answers queries."""

    def __init__(self, database: Database, kind: Kind) -> None:
        self._database = database
        self._kind = kind

    def ids(self, query: Query) -> array[int]:
        """The row numbers of all matches, in order. Rows without a planned or due date come last when sorted by it."""
        where, values = self._where(query)
        key, way = SORTS[query.sort], "DESC" if query.descending else "ASC"
        if query.sort not in OFTEN_EMPTY:
            return self._numbers(where, values, f"{key} {way}, n {way}")
        dated = self._numbers([*where, f"{key} <> ''"], values, f"{key} {way}, n {way}")
        return dated + self._numbers([*where, f"{key} = ''"], values, "updated DESC, n DESC")

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        """The list lines of these row numbers, in their order; numbers that are gone are left out."""
        marks = ", ".join("?" * len(numbers))
        sql = f"SELECT {ROW_COLUMNS} FROM record WHERE n IN ({marks})"  # noqa: S608 - marks only
        found = {row.n: row for row in map(row_of, self._database.read(sql, list(numbers)))}
        return [found[n] for n in numbers if n in found]

    def find(self, query: Query, limit: int) -> list[Record]:
        """The first `limit` matches, whole."""
        numbers = list(self.ids(query)[:limit])
        marks = ", ".join("?" * len(numbers))
        sql = f"SELECT {STORED} FROM record WHERE n IN ({marks})"  # noqa: S608 - marks only
        found = {one.n: one.record for one in map(stored_of, self._database.read(sql, numbers))}
        return [found[n] for n in numbers if n in found]

    def count(self, query: Query) -> int:
        """How many match."""
        where, values = self._where(query)
        return int(self._database.read(f"SELECT count(*) FROM record WHERE {' AND '.join(where)}", values)[0][0])  # noqa: S608

    def _numbers(self, where: Sequence[str], values: Sequence[Any], order: str) -> array[int]:
        sql = f"SELECT n FROM record WHERE {' AND '.join(where)} ORDER BY {order}"  # noqa: S608 - own words, ? values
        return array("q", [n for (n,) in self._database.read(sql, values)])

    def _where(self, query: Query) -> tuple[list[str], list[Any]]:
        where, values = ["TRUE"], []
        for name in EQUAL:
            if wanted := getattr(query, name):
                where.append(f"{name} = ?")
                values.append(wanted)
        if query.places:
            where.append(f"place IN ({', '.join(str(int(place)) for place in query.places)})")
        if query.state_kinds:
            pairs = self._states(query.state_kinds)
            where.append(f"(service, state) IN (VALUES {', '.join('(?, ?)' for _ in pairs)})" if pairs else "FALSE")
            values.extend(part for pair in pairs for part in pair)
        if query.text.strip():
            match = expression(query.text)
            where.append("n IN (SELECT rowid FROM search WHERE search MATCH ?)" if match else "FALSE")
            values.extend([match] if match else [])
        return where, values

    def _states(self, kinds: Sequence[str]) -> list[tuple[str, str]]:
        """The (service, state) pairs in use whose kind is among `kinds`."""
        used = self._database.read("SELECT DISTINCT service, state FROM record INDEXED BY record_updated")
        return [(service, state) for service, state in used if self._kind(service, state) in kinds]
