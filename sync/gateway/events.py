"""What happened beside Changes: on laptops, as they tell it (what was shown to whom, what left them), and here (which
service was published). It only grows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from fieldapp.records import Person, canonical, plain
from sync.gateway import chronicle
from sync.gateway.transactions import LISTED, CityDatabase, Transaction, listed
from sync.wire import Happened

COLUMNS = "id, kind, person, device, record, at, received_at, detail"
PUBLISHED, HANDED_OFF = "published", "handed_off"
OURS = frozenset({PUBLISHED, HANDED_OFF})  # kinds that the gateway alone writes down, whatever a laptop tells
PREFIX = "event:"  # before an event's id, in a block of the history


def keep(tx: Transaction, told: Sequence[Happened], person: Person, device: str, now: str) -> list[Happened]:
    """Keep what is new of these, and give it back; each stands under who told it, whatever it says."""
    ids = [one.id for one in told]
    known = {id_ for (id_,) in tx.execute(f"SELECT id FROM event WHERE id IN {LISTED}", (listed(ids),))}
    fresh = list({one.id: one for one in told if one.id not in known}.values())
    rows = [(*_about(one, person.id, device), now, canonical(dict(one.detail)).decode()) for one in fresh]
    tx.executemany(f"INSERT INTO event ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    chronicle.add(tx, [(PREFIX + row[0], hash_of(row)) for row in rows], now)
    return fresh


def hash_of(row: Sequence[Any]) -> bytes:
    """What the history's chain has of an event."""
    return hashlib.sha256(canonical(list(row))).digest()


def hashes(database: CityDatabase, names: Sequence[str]) -> dict[str, bytes]:
    """The hashes of these events (names in blocks) as they stand now."""
    ids = listed(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))
    found = database.read(f"SELECT {COLUMNS} FROM event WHERE id IN {LISTED}", (ids,))
    return {PREFIX + row[0]: hash_of(row) for row in found}


def listed_ones(database: CityDatabase, kind: str, person: str, record: str) -> list[tuple[str, ...]]:
    """Events of a kind, of a person, of a record ("" for any), as they came: columns COLUMNS, the detail in words."""
    sql = f"SELECT {COLUMNS} FROM event WHERE ? IN ('', kind) AND ? IN ('', person) AND ? IN ('', record)"
    found = database.read(f"{sql} ORDER BY received_at, id", (kind, person, record))
    return [(*row[:-1], " ".join(f"{name}={value}" for name, value in plain(row[-1]).items())) for row in found]


def _about(one: Happened, person: str, device: str) -> tuple[str, ...]:
    return one.id, one.kind, person, device, one.record, one.at
