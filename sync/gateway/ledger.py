"""The ledger of ops: each with the answer it got, in the same transaction as its effect. It is the history too.

An op that comes again gets the stored answer, word for word; another op under the same id is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldapp.merging import Clash, Kind
from fieldapp.records import STATE, Change, Link, canonical, change_of, plain
from sync.bounded import sound
from sync.gateway.chronicle import Entry, entry_hash
from sync.gateway.decisions import Referred
from sync.gateway.transactions import LISTED, Transaction, listed
from sync.wire import Op, OpResult, Written, decoded, encoded

TAKEN = "('applied', 'merged')"
NUL = r"\u0000"  # as JSON writes it; after a backslash it may be innocent text


@dataclass(frozen=True)
class Received:
    """An op as it came: its id, its canonical text, and the SHA-256 of that."""

    id: str
    op: Op
    text: str
    digest: bytes

    @classmethod
    def of(cls, op: Op) -> Received:
        """Take in an op; its id is "" when it has none, its text when JSON cannot say it."""
        if isinstance(op, Written):
            op = op.read()
        try:
            data = canonical(op)
        except ValueError:
            data = b""
        id_ = op.get("id")
        return cls(id_ if isinstance(id_, str) else "", op, data.decode(), hashlib.sha256(data).digest())

    @property
    def link(self) -> Link | None:
        """Its place in its laptop's journal, as far as it can be read."""
        said = self.op.get("link")
        if not isinstance(said, Mapping) or not isinstance(said.get("place"), int):
            return None
        link = Link(str(said.get("chain")), said["place"], str(said.get("before")))
        return link if sound(link) else None

    @property
    def storable(self) -> bool:
        """Whether it is text throughout. The character 0 is none, and PostgreSQL keeps none of it."""
        return bool(self.text) and (NUL not in self.text or not _holds_nul(self.op))


def judged(tx: Transaction, ids: Sequence[str]) -> dict[str, tuple[bytes, OpResult]]:
    """Of these ops, those that have an answer: their digest and the answer. Of a purged one it is short."""
    sql = " UNION ALL ".join(
        f"SELECT id, digest, result FROM {table} WHERE id IN {LISTED}" for table in ("op", "spent")
    )
    found = tx.execute(sql, (listed(ids), listed(ids)))
    return {id_: (digest, decoded(OpResult, result.encode())) for id_, digest, result in found}


def keep(tx: Transaction, kept: Sequence[tuple[Received, Change, OpResult]]) -> list[Entry]:
    """Write ops with their answers; what the history's chain notes of them."""
    told = [encoded(result).decode() for _, _, result in kept]
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
                said,
                one.text,
            )
            for (one, change, result), said in zip(kept, told, strict=True)
        ],
    )
    return [(one.id, entry_hash(one.digest, said)) for (one, _, _), said in zip(kept, told, strict=True)]


def touched_by_others(tx: Transaction, change: Change) -> bool:
    """Whether the record was changed since the op's base, by another person or from another laptop."""
    sql = f"SELECT principal, payload FROM op WHERE record = ? AND rev > ? AND status IN {TAKEN}"
    mine = change.principal, change.device
    found = tx.execute(sql, (change.record, change.base_rev))
    return any((principal, plain(payload).get("device")) != mine for principal, payload in found)


def history(tx: Transaction, record: str) -> list[tuple[Mapping[str, object], OpResult]]:
    """All ops of a record with their answers, oldest first."""
    found = tx.execute("SELECT payload, result FROM op WHERE record = ? ORDER BY n", (record,))
    return [(plain(payload), decoded(OpResult, result.encode())) for payload, result in found]


def state_before_others(tx: Transaction, change: Change, first: str) -> str:
    """The record's state at the op's base, where another person or laptop has taken a step since; else ""."""
    sql = f"SELECT rev, principal, payload, result FROM op WHERE record = ? AND status IN {TAKEN} ORDER BY n"
    state, others = first, False
    for rev, principal, payload, result in tx.execute(sql, (change.record,)):
        op = plain(payload)
        led_to = {**op["edits"], **plain(result)["edits"]}.get(STATE)
        if rev <= change.base_rev:
            state = led_to or state
        elif led_to and (principal, op.get("device")) != (change.principal, change.device):
            others = True
    return state if others else ""


def referred(tx: Transaction, record: str, ids: Sequence[str]) -> list[Referred]:
    """Of these ops of the record, those that wait for a supervisor, each with its clashes."""
    sql = (
        "SELECT op, path, base, mine, theirs, theirs_by FROM conflict"
        f" WHERE record = ? AND referred = 1 AND settled_by = '' AND op IN {LISTED} ORDER BY op, path"
    )
    rows = tx.execute(sql, (record, listed(ids))).fetchall()
    payloads = tx.execute(f"SELECT id, payload FROM op WHERE id IN {LISTED}", (listed({row[0] for row in rows}),))
    changes = {id_: change_of(plain(payload)) for id_, payload in payloads}
    return [
        Referred(
            change,
            tuple(Clash(*row[1:5]) for row in rows if row[0] == id_),
            frozenset(row[5] for row in rows if row[0] == id_ and row[5]),
        )
        for id_, change in changes.items()
    ]


def undecided(tx: Transaction, record: str) -> bool:
    """Whether any op of the record waits for a supervisor."""
    sql = "SELECT 1 FROM conflict WHERE record = ? AND settled_by = '' AND referred = 1 LIMIT 1"
    return tx.execute(sql, (record,)).fetchone() is not None


def take_with(tx: Transaction, op: str, rev: int) -> None:
    """A supervisor decided: the op counts as taken from this revision on. Its answer stays what it was."""
    tx.execute("UPDATE op SET status = 'merged', rev = ? WHERE id = ?", (rev, op))


def keep_clashes(tx: Transaction, change: Change, clashes: Sequence[Clash], at: str) -> None:
    """Keep both values, and whose they are, until somebody who saw both settles the path: all of an op's clashes wait
    for a supervisor where one of them does."""
    waits = any(one.kind is Kind.DECISION for one in clashes) or undecided_op(tx, change.id)
    known = authors(tx, change.record, {clash.path for clash in clashes})
    tx.executemany(
        "INSERT INTO conflict (op, record, path, base, mine, theirs, mine_by, theirs_by, at, referred)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
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
                int(waits),
            )
            for one in clashes
        ],
    )


def undecided_op(tx: Transaction, op: str) -> bool:
    """Whether this op waits for a supervisor."""
    sql = "SELECT 1 FROM conflict WHERE op = ? AND settled_by = '' AND referred = 1 LIMIT 1"
    return tx.execute(sql, (op,)).fetchone() is not None


def settle_clashes(tx: Transaction, change: Change, at: str) -> None:
    """An op that was taken settles the conflicts that it names: its actor saw both versions, whichever was kept."""
    tx.execute(
        f"UPDATE conflict SET settled_by = ?, settled_at = ? WHERE record = ? AND settled_by = '' AND op IN {LISTED}",
        (change.id, at, change.record, listed(change.settles)),
    )


def _holds_nul(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_nul, (*value.keys(), *value.values())))
    if isinstance(value, (list, tuple)):
        return any(map(_holds_nul, value))
    return isinstance(value, str) and "\0" in value


def authors(tx: Transaction, record: str, paths: set[str]) -> dict[str, tuple[str, str]]:
    """Who wrote each path last, and when the City took it."""
    if not paths:
        return {}
    found = tx.execute(f"SELECT payload, at FROM op WHERE record = ? AND status IN {TAKEN} ORDER BY n", (record,))
    known: dict[str, tuple[str, str]] = {}
    for payload, at in found:
        op = plain(payload)
        wrote = {path for path in paths & op["edits"].keys() if op["edits"][path] != op["was"].get(path)}
        known.update(dict.fromkeys(wrote, (op["actor"], at)))
    return known
