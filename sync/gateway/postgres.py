"""The City's records on PostgreSQL: several processes, each with a few connections, write at once.

Each row that is judged is locked before it is read, in the order of the ids; a person's pushes come one after the
other; numbers of series, tallies and the feed's counter are locked at the very end, always in this order. What these
locks do not cover (the same new id from two people) ends in a unique key, and is judged anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.errors import DeadlockDetected, SerializationFailure, UniqueViolation
from psycopg_pool import ConnectionPool

from fieldapp.clock import new_id
from fieldapp.errors import NewerStoreError, StoreError
from fieldapp.texts import tr
from sync.gateway.database import STEPS
from sync.gateway.transactions import BEYOND, RacedError, Rows, spoken, typed

CONNECTIONS = 10  # of one process; more would only wait for each other
CONNECT_WAIT = 10  # s
LOCK_WAIT = "30s"  # for a row that another process holds; then the laptop is told to come again
PREPARING = 0x4669656C64  # the advisory lock under which one process at a time makes the tables
EPOCH = "SELECT value FROM meta WHERE name = 'epoch'"
RACES = (UniqueViolation, DeadlockDetected, SerializationFailure)
Wire = psycopg.Connection[tuple[Any, ...]]


class PostgresDatabase:
    """CityDatabase on PostgreSQL (14 or newer), in the schema that the address's search path names first."""

    def __init__(self, url: str) -> None:
        """Connect, and bring the tables up to date. StoreError when the database cannot be reached or used."""
        try:
            with psycopg.connect(url, connect_timeout=CONNECT_WAIT) as connection:
                _prepare(connection)
            settings = {"autocommit": True, "connect_timeout": CONNECT_WAIT}
            self._pool: ConnectionPool[Wire] = ConnectionPool(
                url, min_size=1, max_size=CONNECTIONS, kwargs=settings, configure=_configure, open=True
            )
        except psycopg.Error as fault:
            raise StoreError(tr("The City's records cannot be opened: {why}.", why=str(fault).strip())) from fault

    @property
    def epoch(self) -> str:
        """Read each time: another process may have begun a new history."""
        return str(self.read(EPOCH)[0][0])

    @contextmanager
    def write(self, person: str = "") -> Iterator[Speaker]:
        """One durable transaction."""
        with self._connection() as connection, connection.transaction():
            if person:
                connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (person,))
            yield Speaker(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Speaker]:
        """Reads of one moment."""
        with self._connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield Speaker(connection)

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one query."""
        with self._connection() as connection:
            return connection.execute(spoken(sql), tuple(values)).fetchall()

    def new_epoch(self) -> None:
        """Begin another history; all processes know it with their next request."""
        with self.write() as tx:
            tx.execute("UPDATE meta SET value = ? WHERE name = 'epoch'", (new_id(),))
            tx.execute(BEYOND)

    def close(self) -> None:
        """Give the connections back."""
        self._pool.close()

    @contextmanager
    def _connection(self) -> Iterator[Wire]:
        """A connection of the pool; what goes wrong on it is a StoreError."""
        try:
            with self._pool.connection() as connection:
                yield connection
        except RACES as fault:
            raise RacedError(tr("The City's records cannot be written now.")) from fault
        except psycopg.Error as fault:
            raise StoreError(tr("The City's database failed: {why}", why=str(fault).strip())) from fault


class Speaker:
    """Transaction over a connection: says SQLite's SQL in PostgreSQL's words."""

    def __init__(self, connection: Wire) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Rows:
        """One statement."""
        return self._connection.execute(spoken(sql), tuple(values))

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        """One statement for each row, without waiting for each answer."""
        self._connection.cursor().executemany(spoken(sql), rows)


def _configure(connection: Wire) -> None:
    connection.execute(f"SET lock_timeout = '{LOCK_WAIT}'")


def _prepare(connection: Wire) -> None:
    """Take the steps that the tables lack, in one transaction; processes that start together do it one by one."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (PREPARING,))
    version = _version(connection)
    if version > len(STEPS):
        raise NewerStoreError(tr("This gateway's database was written by a newer FieldApp."))
    for step in STEPS[version:]:
        connection.execute(typed(step).encode())
    if version == 0:
        connection.execute("INSERT INTO meta VALUES ('epoch', %s)", (new_id(),))
    connection.execute(
        "INSERT INTO meta VALUES ('version', %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (str(len(STEPS)),),
    )


def _version(connection: Wire) -> int:
    """How many steps were taken already; 0 for an empty schema."""
    there = connection.execute("SELECT to_regclass('meta')").fetchone()
    if there is None or there[0] is None:
        return 0
    said = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    return int(said[0]) if said else 0
