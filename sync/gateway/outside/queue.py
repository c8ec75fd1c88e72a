"""What waits to be handed on: claimed one by one, so that two processes never send the same thing, and moved on.

A claim puts the thing off as if it failed, and says before anything is sent that it may have been: what was cut off in
the middle is looked for before it is sent again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from fieldapp.clock import Clock, stamp
from fieldapp.records import plain
from sync.gateway.outside.noting import POSTED, TOKEN, WAITING
from sync.gateway.outside.servers import OutsideServer
from sync.gateway.transactions import LOCKED, CityDatabase, Transaction

WAITS = (30, 120, 600, 1800, 3600, 7200, 14400)  # s after the first attempt, the second, … and each after that
FIELDS = "record, service, ref, state, answers, handed_at, attempts, posted_at, tried_at, unsure, taken, token"
READY = f"FROM outside_request WHERE server = ? AND state IN ('{WAITING}', '{POSTED}', '{TOKEN}') AND due <= ?"
NEXT = f"SELECT {FIELDS} {READY} ORDER BY due, record LIMIT 1 {LOCKED}"
MOVED = "state = ?, attempts = ?, posted_at = ?, tried_at = ?, unsure = ?, taken = ?, due = ?"


@dataclass(frozen=True)
class Waiting:
    """A request on its way to a server, as it stands: its attempts, the one that is made now among them."""

    record: str
    service: str
    ref: str
    state: str
    answers: Mapping[str, str]
    handed_at: str
    attempts: int
    posted_at: str
    tried_at: str
    unsure: bool
    taken: bool
    token: str

    @classmethod
    def of(cls, row: Sequence[Any]) -> Waiting:
        """The one of a row of FIELDS."""
        values: list[Any] = [*row[:4], plain(row[4]), *row[5:9], bool(row[9]), bool(row[10]), row[11]]
        return cls(*values)


def wait(clock: Clock, attempts: int, asked: float = 0.0) -> str:
    """When it is tried again after so many attempts; not before the server wants it."""
    seconds = max(WAITS[min(max(attempts, 1), len(WAITS)) - 1], min(asked, 86_400.0))
    return stamp(clock.now() + timedelta(seconds=seconds))


class Queue:
    """The queue of one server."""

    def __init__(self, database: CityDatabase, clock: Clock, server: OutsideServer) -> None:
        self._database = database
        self._clock = clock
        self._name = server.name

    def claim(self) -> Waiting | None:
        """The next request, put off. None where nothing is due, or somebody else has it."""
        due = self._name, stamp(self._clock.now())
        if not self._database.read(f"SELECT 1 {READY} LIMIT 1", due):  # mostly: nobody waits for the lock then
            return None
        with self._database.write() as tx:
            row = tx.execute(NEXT, due).fetchone()
            if row is None:
                return None
            one = Waiting.of(row)
            claimed = replace(one, attempts=one.attempts + 1)
            self._keep(tx, claimed, wait(self._clock, claimed.attempts))
        return claimed

    def posting(self, one: Waiting) -> Waiting:
        """It is sent now: whatever happens, it may be there from here on."""
        now = stamp(self._clock.now())
        sent = replace(one, state=POSTED, posted_at=one.posted_at or now, tried_at=now)
        with self._database.write() as tx:
            self._keep(tx, replace(sent, unsure=True), wait(self._clock, one.attempts))
        return sent

    def put(self, one: Waiting, why: str = "", asked: float = 0.0) -> None:
        """It stands so now, and is tried again later."""
        with self._database.write() as tx:
            self._keep(tx, one, wait(self._clock, one.attempts, asked))
            tx.execute("UPDATE outside_request SET why = ? WHERE record = ?", (why, one.record))

    def _keep(self, tx: Transaction, one: Waiting, due: str) -> None:
        values = one.state, one.attempts, one.posted_at, one.tried_at, int(one.unsure), int(one.taken), due
        tx.execute(f"UPDATE outside_request SET {MOVED} WHERE record = ?", (*values, one.record))
