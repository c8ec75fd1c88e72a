"""A long table on disk: rows in an SQLite file, each column indexed when something first looks in it.

Several sessions and threads may read it at the same time, and several programs that share a cache.
"""

from __future__ import annotations

import json
import math
import sqlite3
import threading
import unicodedata
import weakref
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from fieldapp.forms.xpath.values import number_of

Cells = tuple[str, ...]
_LAST = "\U0010ffff"  # sorts behind every other sign


def folded(text: str) -> str:
    """Lower case without accents: `Élisabeth` is found by `elis`."""
    low = text.casefold()
    if low.isascii():
        return low
    return "".join(part for part in unicodedata.normalize("NFD", low) if not unicodedata.combining(part))


class Shelf:
    """The rows of one table, by number from 1 to `size`. `columns` are their names.

    What indexes need beside the cells (their numbers, their folded texts) becomes a further column at its first use;
    where the file cannot be written then, for a full disk, lookups are as right as before and only slower.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        base.create_function("folded", 1, folded, deterministic=True)
        base.create_function("number_of", 1, number_of, deterministic=True)
        self._base = base
        weakref.finalize(self, base.close)
        self._lock = threading.Lock()
        self._ready: set[str] = set()
        about = base.execute("SELECT columns, size FROM about").fetchone()
        self.columns: tuple[str, ...] = tuple(json.loads(about[0]))
        self.size: int = about[1]

    @cached_property
    def places(self) -> dict[str, int]:
        """Where in a row each column stands, from 0."""
        return {name: index for index, name in enumerate(self.columns)}

    def between(self, first: int, last: int) -> list[Cells]:
        """The cells of the rows from number `first` to number `last`."""
        names = ", ".join(f"c{index}" for index in range(len(self.columns)))
        return self._all(f"SELECT {names} FROM rows WHERE id BETWEEN ? AND ? ORDER BY id", (first, last))

    def having(self, column: str, key: str | float) -> list[int]:
        """The numbers of the rows whose cell equals `key`: a text, or a number as XPath compares it."""
        place = self.places.get(column)
        if place is None or (isinstance(key, float) and math.isnan(key)):
            return []
        name = f"c{place}" if isinstance(key, str) else self._derived("number_of", "REAL", place)
        self._index(name)
        return [row[0] for row in self._all(f"SELECT id FROM rows WHERE {name} = ? ORDER BY id", (key,))]

    def find(self, column: str, words: Sequence[str], most: int) -> tuple[list[int], int]:
        """At most `most` rows whose cell holds all `words`, accents and case aside, and how many there are.

        Those that begin with the words come first, by the alphabet; then the others in the order of the file.
        """
        place = self.places.get(column)
        if place is None:
            return [], 0
        name, wanted = self._derived("folded", "TEXT", place), [folded(word) for word in words]
        self._index(name)
        where = " AND ".join([f"instr({name}, ?)"] * len(wanted)) or "1"
        ((total,),) = self._all(f"SELECT count(*) FROM rows WHERE {where}", wanted)
        start, limit = " ".join(wanted), min(most, total)
        begin = f"SELECT id FROM rows WHERE {name} >= ? AND {name} < ? ORDER BY {name}, id LIMIT ?"
        first = [row[0] for row in self._all(begin, (start, start + _LAST, limit))]
        rest = f"SELECT id FROM rows WHERE {where} AND NOT ({name} >= ? AND {name} < ?) ORDER BY id LIMIT ?"
        left = self._all(rest, (*wanted, start, start + _LAST, limit - len(first)))
        return [*first, *(row[0] for row in left)], total

    def _all(self, sql: str, values: Sequence[object]) -> list[Any]:
        with self._lock:
            return self._base.execute(sql, values).fetchall()

    def _derived(self, function: str, kind: str, place: int) -> str:
        """A column that holds `function` of another, or else the expression itself."""
        name, expression = f"{function}_{place}", f"{function}(c{place})"
        steps = (f"ALTER TABLE rows ADD COLUMN {name} {kind}", f"UPDATE rows SET {name} = {expression}")
        return name if self._prepared(name, steps) else expression

    def _index(self, name: str) -> None:
        if "(" not in name:
            self._prepared(f"by_{name}", (f"CREATE INDEX by_{name} ON rows ({name})",))

    def _prepared(self, name: str, steps: Sequence[str]) -> bool:
        """Whether the column or index `name` is there, made now where it was not; other programs may do the same."""
        with self._lock:
            if name not in self._ready:
                try:
                    self._prepare(name, steps)
                except sqlite3.OperationalError:
                    if self._base.in_transaction:
                        self._base.execute("ROLLBACK")
                    return False
                self._ready.add(name)
            return True

    def _prepare(self, name: str, steps: Sequence[str]) -> None:
        self._base.execute("BEGIN IMMEDIATE")
        known = "SELECT name FROM pragma_table_info('rows') UNION SELECT name FROM sqlite_schema"
        if name not in {row[0] for row in self._base.execute(known)}:
            for step in steps:
                self._base.execute(step)
        self._base.execute("COMMIT")
