"""Who is told of which dispute: supervisors of those that they may decide, both authors of what became of theirs.

The whole list goes out with a pull whenever it is another than the laptop has. Nothing of a record outside the caller's
scope is in it, save that the caller's own Change was settled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from fieldapp.access import SUPERVISOR, has_role
from fieldapp.clock import moment_of, stamp
from fieldapp.merging import ASIDE
from fieldapp.records import WHY, Person, canonical, plain
from fieldapp.store import Contested, Dispute, Disputes
from sync.gateway.scope import sees
from sync.gateway.transactions import LISTED, Transaction, listed

TOLD = timedelta(days=180)  # after it was settled: longer than a laptop may be away
MOST = 200  # open ones, and settled ones, in one list
ROWS = (
    "SELECT c.op, c.record, r.bucket, c.mine_by, c.at, c.referred, c.settled_by, c.settled_at,"
    " c.path, c.base, c.mine, c.theirs, c.theirs_by FROM conflict c JOIN record r ON r.id = c.record"
)
OPEN = f"{ROWS} WHERE c.settled_by = '' AND c.referred = 1 ORDER BY c.at, c.op, c.path"
MINE = f"{ROWS} WHERE c.mine_by = ? AND c.settled_at > ? ORDER BY c.settled_at DESC, c.op, c.path"
THEIRS = (
    f"{ROWS} WHERE c.theirs_by = ? AND c.mine_by <> ? AND c.settled_at > ? ORDER BY c.settled_at DESC, c.op, c.path"
)


def told(reader: Transaction, person: Person, known: str, now: str) -> Disputes | None:
    """What is this person's business of all disputes; None where it is what they know already (its digest)."""
    found = _open(reader, person) | _settled(reader, person, stamp(moment_of(now) - TOLD))
    said = [[op, rows[0][6], len(rows)] for op, rows in sorted(found.items())]
    digest = hashlib.sha256(canonical(said)).hexdigest()[:16] if said else ""
    if digest == known:
        return None
    payloads = _payloads(reader, found)
    return Disputes(digest, tuple(_dispute(person, rows, payloads) for rows in found.values()))


Found = dict[str, list[tuple[Any, ...]]]


def _open(reader: Transaction, person: Person) -> Found:
    """Those that wait: all of their wards for supervisors, their own for both authors."""
    decides = has_role(person, frozenset({SUPERVISOR}))
    found = _by_op(reader.execute(OPEN).fetchall())
    mine = {
        op: rows
        for op, rows in found.items()
        if sees(person, rows[0][2]) and (decides or person.id in {rows[0][3], *(row[12] for row in rows)})
    }
    return dict(list(mine.items())[:MOST])


def _settled(reader: Transaction, person: Person, since: str) -> Found:
    mine = reader.execute(MINE, (person.id, since)).fetchall()
    theirs = reader.execute(THEIRS, (person.id, person.id, since)).fetchall()
    found = [*mine, *(row for row in theirs if sees(person, row[2]))]
    return dict(list(_by_op(found).items())[:MOST])


def _by_op(rows: Sequence[tuple[Any, ...]]) -> Found:
    found: Found = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _payloads(reader: Transaction, found: Found) -> dict[str, Mapping[str, Any]]:
    """The ops that clashed, and those that settled them."""
    ids = {*found, *(row[0][6] for row in found.values())} - {""}
    rows = reader.execute(f"SELECT id, payload FROM op WHERE id IN {LISTED}", (listed(ids),))
    return {id_: plain(payload) for id_, payload in rows}


def _dispute(person: Person, rows: Sequence[tuple[Any, ...]], payloads: Mapping[str, Mapping[str, Any]]) -> Dispute:
    op, record, bucket, mine_by, at, referred, settled_by, settled_at, *_ = rows[0]
    own, last = payloads.get(op, {}), payloads.get(settled_by, {})
    kept = last.get("edits", {})
    dispute = Dispute(op, record, mine_by, at, (), referred=bool(referred), settled_at=settled_at)
    dispute = replace(dispute, settled_by=str(last.get("actor", "")) if settled_by else "")
    if not sees(person, bucket):
        return dispute
    paths = tuple(
        Contested(path, base, mine, theirs, theirs_by, kept.get(path) or "")
        for path, base, mine, theirs, theirs_by in (row[8:13] for row in rows)
    )
    contested = {one.path for one in paths}
    beside = [path for path in own.get("edits", {}) if path not in contested | ASIDE]
    return replace(
        dispute,
        paths=paths,
        mine_at=str(own.get("at", "")),
        transition=str(own.get("transition", "")),
        others=len(beside),
        why=str(kept.get(WHY) or ""),
    )
