"""Reading a store's file that may be damaged: whatever can be read, around the pages that cannot.

It is read from a copy, for opening a file with its log alters both.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldapp.records import Change, change_of
from fieldapp.store.database import NAME
from fieldapp.store.numbers import BLOCK
from fieldapp.store.remote import Settled
from fieldapp.store.sqlcipher import Error, Values, connect

COLUMNS = (
    "seq, payload, digest, state, saved_at, sent_at, received_at, applied_at, rev, code, message, answer, attempts"
)
PROBES = 2000  # places in the chain that are tried behind the last one that could be read


@dataclass(frozen=True)
class Found:
    """A sealed Change with what became of it, as the journal of a wreck has it."""

    change: Change
    state: str
    saved_at: str
    sent_at: str
    received_at: str
    applied_at: str
    attempts: int
    about: str  # what the City said beside a refusal, as JSON
    settled: Settled


class Wreck:
    """A copy of a store's file. `unreadable` tells, after reading, whether anything could not be read."""

    def __init__(self, source: Path, scratch: Path, key: bytes) -> None:
        """Copy the file and its log out of the folder `source`. Raises OSError when there is no room."""
        scratch.mkdir()
        for name in (NAME, f"{NAME}-wal"):
            if (source / name).exists():
                shutil.copyfile(source / name, scratch / name)
        self._path = scratch / NAME
        self._key = key
        self.unreadable = False
        self._link = f"SELECT {COLUMNS}, {self._about()} FROM journal"

    def journal(self) -> Iterator[Found]:
        """All sealed Changes that can be read, oldest first."""
        last = 0
        for values in self._scan(f"{self._link} WHERE seq > 0 ORDER BY seq"):
            last = values[0]
            yield from _found(values)
        if self.unreadable:
            yield from self._behind(last)

    def drafts(self) -> Iterator[tuple[Change, str]]:
        """All open Changes that can be read, and when each was first saved."""
        for _, saved_at, payload in self._both_ways("SELECT n, saved_at, payload FROM draft", "n"):
            yield change_of(json.loads(payload)), saved_at

    def files(self) -> Iterator[Values]:
        """The rows of the files: sha256, size, mime, name, taken_at, confirmed."""
        yield from self._both_ways("SELECT sha256, size, mime, name, taken_at, confirmed FROM blob", "sha256")

    def counters(self) -> Iterator[tuple[str, int]]:
        """The counters of offline references that can be read."""
        for name, value in self._both_ways("SELECT name, value FROM setting WHERE name LIKE 'alias.%'", "name"):
            yield name, int(value)

    def numbers(self) -> tuple[list[Values], list[Values], bool]:
        """Blocks of official numbers and numbers taken out of them; whether all of both could be read."""
        before, self.unreadable = self.unreadable, False
        there = list(self._scan("SELECT name FROM sqlite_master WHERE name = 'number_taken'"))
        blocks = list(self._scan(f"SELECT {BLOCK}, told FROM number_block ORDER BY id")) if there else []
        taken = list(self._scan("SELECT series, number, record, at, told FROM number_taken")) if there else []
        whole, self.unreadable = not self.unreadable, self.unreadable or before
        return blocks, taken, whole

    def _about(self) -> str:
        """Files of before the second schema have no such column."""
        wreck = connect(self._path, self._key)
        try:
            wreck.execute("SELECT about FROM journal LIMIT 0")
        except Error:
            return "'{}'"
        finally:
            wreck.close()
        return "about"

    def _behind(self, last: int) -> Iterator[Found]:
        """Around the damaged pages: what lies behind them, place by place."""
        top = next(iter(self._scan(f"{self._link} ORDER BY seq DESC LIMIT 1")), None)
        end, missed, seq = top[0] if top else None, 0, last
        while missed < PROBES if end is None else seq < end:
            seq += 1
            values = next(iter(self._scan(f"{self._link} WHERE seq = {seq}")), None)
            missed = 0 if values else missed + 1
            if values:
                yield from _found(values)

    def _both_ways(self, sql: str, order: str) -> Iterator[Values]:
        """From both ends, up to the first page that cannot be read."""
        seen: set[Any] = set()
        before, self.unreadable = self.unreadable, False
        for way in ("ASC", "DESC"):
            for values in self._scan(f"{sql} ORDER BY {order} {way}"):
                if values[0] not in seen:
                    seen.add(values[0])
                    yield values
            if not self.unreadable:
                break
        self.unreadable |= before

    def _scan(self, sql: str) -> Iterator[Values]:
        """Rows until the first error. Each scan has a connection of its own: one that met damage is of no more use."""
        wreck = connect(self._path, self._key)
        try:
            yield from wreck.execute(sql)
        except Error:
            self.unreadable = True
        finally:
            wreck.close()


def _found(values: Values) -> Iterator[Found]:
    """The row as a Change, if its content is what was sealed."""
    _, payload, digest, state, saved_at, sent_at, received_at, applied_at, *rest = values
    rev, code, message, answer, attempts, about = rest
    if hashlib.sha256(payload.encode()).digest() != digest:
        return
    change = change_of(json.loads(payload))
    settled = Settled(change.id, state, rev, code, message, json.loads(answer), applied_at or received_at)
    yield Found(change, state, saved_at, sent_at, received_at, applied_at, attempts, about, settled)
