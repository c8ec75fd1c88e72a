"""What happened on this laptop beside Changes: what was shown to whom, what left it. It only grows; the City gets it.

No value of an answer is ever in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fieldapp.clock import Clock, new_id, stamp
from fieldapp.records import canonical, plain
from fieldapp.store.database import Database
from fieldapp.store.sqlcipher import Connection

REVEALED, PURGED = "revealed", "purged"
LAPTOP_LOST, LAPTOP_FOUND = "laptop_lost", "laptop_found"  # a supervisor says so of another laptop
COLUMNS = "id, kind, person, record, at, detail"
MANY = 200  # events in one message


@dataclass(frozen=True)
class Event:
    """One entry. `record` is "" where it concerns several."""

    id: str
    kind: str
    person: str  # user id
    record: str
    at: str  # the device's clock, a stamp
    detail: Mapping[str, str] = field(default_factory=dict)


class Log:
    """Reading the log, and adding to it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, kind: str, person: str, record: str = "", detail: Mapping[str, str] | None = None) -> Event:
        """Write one entry, durably. Raises DiskError: then it is not there, and what it is about must not happen."""
        event = Event(new_id(), kind, person, record, stamp(self._clock.now()), detail or {})
        with self._database.write() as tx:
            enter(tx, event)
        return event

    def untold(self) -> list[Event]:
        """What the City has not got, oldest first, at most MANY."""
        return self._found("told = 0", (), MANY)

    def told(self, ids: Sequence[str]) -> None:
        """The City has these."""
        with self._database.write() as tx:
            tx.executemany("UPDATE event SET told = 1 WHERE id = ?", [(id_,) for id_ in ids])

    def last(self, kind: str, limit: int = 100) -> list[Event]:
        """The newest of a kind, newest first."""
        return self._found("kind = ?", (kind,), limit, newest=True)

    def _found(self, where: str, values: Sequence[str], limit: int, *, newest: bool = False) -> list[Event]:
        order = "DESC" if newest else "ASC"
        sql = f"SELECT {COLUMNS} FROM event WHERE {where} ORDER BY n {order} LIMIT {limit}"
        found = self._database.read(sql, values)
        return [Event(id_, what, person, record, at, plain(said)) for id_, what, person, record, at, said in found]


def enter(tx: Connection, event: Event) -> None:
    """Write one entry in a transaction that is open already."""
    values = (event.id, event.kind, event.person, event.record, event.at, canonical(dict(event.detail)).decode())
    tx.execute(f"INSERT INTO event ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", values)
