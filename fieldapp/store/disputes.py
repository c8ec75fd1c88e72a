"""The disputes that the City told of: kept whole, so that a supervisor can decide without a network.

When one that this person's own Change waits for is settled, that Change is done: the record moves on.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from fieldapp.merging import Kinds, all_plain
from fieldapp.store.database import Database
from fieldapp.store.journal import DECIDED, REFERRED
from fieldapp.store.remote import Contested, Dispute, Disputes
from fieldapp.store.settling import stand_anew
from fieldapp.store.sqlcipher import Connection

NAME = "disputes"


def keep(tx: Connection, disputes: Disputes, kinds: Kinds = all_plain) -> frozenset[str]:
    """Take the place of what was known; the ids of all records that any of it is about."""
    known = _read(tx.execute("SELECT value FROM setting WHERE name = ?", (NAME,)).fetchall())
    tx.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (NAME, json.dumps(asdict(disputes))))
    settled = json.dumps([one.op for one in disputes.items if one.settled_by])
    done = tx.execute(
        "UPDATE journal SET state = ? WHERE state = ? AND id IN (SELECT value FROM json_each(?)) RETURNING record",
        (DECIDED, REFERRED, settled),
    ).fetchall()
    stand_anew(tx, {record for (record,) in done}, kinds=kinds)
    return frozenset(one.record for one in (*known.items, *disputes.items))


def read(database: Database) -> Disputes:
    """What is known."""
    return _read(database.read("SELECT value FROM setting WHERE name = ?", (NAME,)))


def _read(found: list[tuple[Any, ...]]) -> Disputes:
    if not found:
        return Disputes()
    kept = json.loads(found[0][0])
    return Disputes(kept["digest"], tuple(_dispute(one) for one in kept["items"]))


def _dispute(kept: dict[str, Any]) -> Dispute:
    return Dispute(**{**kept, "paths": tuple(Contested(**one) for one in kept["paths"])})
