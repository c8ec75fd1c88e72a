"""What the gateway asks of its database. SQLite (database.py) and PostgreSQL (postgres.py) both answer it.

SQL is written once, as SQLite takes it: placeholders are `?`, a list is one text in JSON. `spoken()` is the same
statement for PostgreSQL. Statements keep to what both understand: `ON CONFLICT`, `RETURNING`, no JSON inside.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Protocol

from fieldapp.errors import StoreError

LISTED = "(SELECT value FROM json_each(?))"  # `x IN {LISTED}`, with `listed(values)` bound
LOCKED = "/* FOR UPDATE */"  # SQLite has one writer and needs no locks; PostgreSQL reads the words
# After a restore nobody knows which official numbers were handed out since the backup: so many are left out.
BEYOND = "UPDATE counter SET v = v + 1000 WHERE name LIKE 'official/%'"
TYPES = (
    ("INTEGER PRIMARY KEY", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    ("INTEGER", "BIGINT"),
    ("BLOB", "BYTEA"),
    ("TEXT", 'TEXT COLLATE "C"'),  # sorted by bytes, as SQLite does, whatever the cluster's language is
    (" STRICT, WITHOUT ROWID", ""),
    (" STRICT", ""),
)


class RacedError(StoreError):
    """Another process was faster with the same rows. Nothing was written; done again, it sees what the other wrote."""


class Rows(Protocol):
    """What a query found, in its order."""

    def fetchone(self) -> Any:
        """The next row, None after the last."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Transaction(Protocol):
    """A transaction that is under way."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Rows:
        """One statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> object:
        """One statement for each row, in their order."""


class CityDatabase(Protocol):
    """The City's records, in whichever database. Any thread may call it. Everything raises StoreError, or SQLite's
    own Error, when the database cannot do it now; then nothing was written."""

    @property
    def epoch(self) -> str:
        """Which history this is, as it stands now."""

    def write(self, person: str = "") -> AbstractContextManager[Transaction]:
        """One durable transaction: when the block ends it is on the disk, when it raises nothing of it is.

        Writes for the same `person` come one after the other. RacedError: do it again."""

    def snapshot(self) -> AbstractContextManager[Transaction]:
        """Reads of one moment. Ask for nothing else of the database inside."""

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one query."""

    def new_epoch(self) -> None:
        """Begin another history: after a restore from a backup every laptop compares and heals."""

    def close(self) -> None:
        """Bring everything to rest. No other thread may be using it."""


def listed(values: Iterable[str]) -> str:
    """The value for LISTED."""
    return json.dumps(list(values))


@lru_cache(maxsize=256)
def spoken(sql: str) -> bytes:
    """A statement as PostgreSQL takes it."""
    told = sql.replace("%", "%%").replace("json_each(?)", "json_array_elements_text(CAST(? AS json))")
    return told.replace(LOCKED, "FOR UPDATE").replace("?", "%s").encode()


def typed(schema: str) -> str:
    """Statements that make tables, as PostgreSQL takes them."""
    for ours, theirs in TYPES:
        schema = schema.replace(ours, theirs)
    return schema
