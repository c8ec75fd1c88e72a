"""The ledger of ops: each with the answer it got, in the same transaction as its effect. It is the history too.

An op that comes again gets the stored answer, word for word; another op under the same id is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldapp.records import Change, canonical
from fieldapp.store.sqlcipher import Connection
from sync.merge import Clash
from sync.wire import Op, OpResult, decoded, encoded

TAKEN = "('applied', 'merged')"


@dataclass(frozen=True)
class Received:
    """An op as it came: its id, its canonical text, and the SHA-256 of that."""

    id: str
    op: Op
    text: str
    digest: bytes

    @classmethod
    def of(cls, op: Op) -> Received:
        """Take in an op; its id is "" when it has none."""
        data = canonical(op)
        id_ = op.get("id")
        return cls(id_ if isinstance(id_, str) else "", op, data.decode(), hashlib.sha256(data).digest())


def judged(tx: Connection, ids: Sequence[str]) -> dict[str, tuple[bytes, OpResult]]:
    """Of these ops, those that have an answer: their digest and the answer."""
    sql = "SELECT id, digest, result FROM op WHERE id IN (SELECT value FROM json_each(?))"
    found = tx.execute(sql, (json.dumps(ids),))
    return {id_: (digest, decoded(OpResult, result.encode())) for id_, digest, result in found}


def keep(tx: Connection, kept: Sequence[tuple[Received, Change, OpResult]]) -> None:
    """Write ops with their answers."""
    tx.executemany(
        "INSERT INTO op (id, record, principal, status, rev, at, digest, result, payload)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.id,
                change.record,
                change.principal,
                result.status,
                result.rev,
                result.at,
                one.digest,
                encoded(result).decode(),
                one.text,
            )
            for one, change, result in kept
        ],
    )


def touched_by_others(tx: Connection, change: Change) -> bool:
    """Whether the record was changed since the op's base, by another person or from another laptop."""
    sql = (
        "SELECT 1 FROM op WHERE record = ? AND rev > ?"
        f" AND (principal <> ? OR json_extract(payload, '$.device') <> ?) AND status IN {TAKEN} LIMIT 1"
    )
    values = (change.record, change.base_rev, change.principal, change.device)
    return tx.execute(sql, values).fetchone() is not None


def history(tx: Connection, record: str) -> list[tuple[Mapping[str, object], OpResult]]:
    """All ops of a record with their answers, oldest first."""
    found = tx.execute("SELECT payload, result FROM op WHERE record = ? ORDER BY n", (record,))
    return [(json.loads(payload), decoded(OpResult, result.encode())) for payload, result in found]


def keep_clashes(tx: Connection, change: Change, clashes: Sequence[Clash], at: str) -> None:
    """Keep both values, and whose they are, until somebody who saw both settles the path."""
    known = authors(tx, change.record, {clash.path for clash in clashes})
    tx.executemany(
        "INSERT INTO conflict (op, record, path, base, mine, theirs, mine_by, theirs_by, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                change.id,
                change.record,
                one.path,
                one.base,
                one.mine,
                one.theirs,
                change.actor,
                known.get(one.path, ("", ""))[0],
                at,
            )
            for one in clashes
        ],
    )


def settle_clashes(tx: Connection, change: Change) -> None:
    """An op that was taken settles the conflicts that it names: its actor saw both versions, whichever was kept."""
    tx.execute(
        "UPDATE conflict SET settled_by = ? WHERE record = ? AND settled_by = ''"
        " AND op IN (SELECT value FROM json_each(?))",
        (change.id, change.record, json.dumps(list(change.settles))),
    )


def authors(tx: Connection, record: str, paths: set[str]) -> dict[str, tuple[str, str]]:
    """Who wrote each path last, and when the City took it."""
    if not paths:
        return {}
    found = tx.execute(f"SELECT payload, at FROM op WHERE record = ? AND status IN {TAKEN} ORDER BY n", (record,))
    known: dict[str, tuple[str, str]] = {}
    for payload, at in found:
        op = json.loads(payload)
        wrote = {path for path in paths & op["edits"].keys() if op["edits"][path] != op["was"].get(path)}
        known.update(dict.fromkeys(wrote, (op["actor"], at)))
    return known
