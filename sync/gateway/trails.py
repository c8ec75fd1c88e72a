"""A record's audit trail for a screen: its ops, what leads from each to its block, and the head of the chain, signed.

The blocks between are sent along while they are few; where they are many, the City's signature stands for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from fieldapp.records import canonical
from sync.gateway.chronicle import START
from sync.gateway.proofs import Where, places
from sync.gateway.transactions import LISTED, CityDatabase, listed
from sync.gateway.tree import proof_of
from sync.wire import CityTrail, TrailBlock, TrailOp

MOST_BETWEEN = 500  # blocks from the first op to the newest that are all sent


def trail_text(database: CityDatabase, record: str, known: int, now: str, *, seen: bool) -> str:
    """The trail as canonical JSON, to be signed. `known` is the number of the newest block that the caller has seen.

    Of a record that is not `seen` by the caller it has no op."""
    sql = "SELECT id, at, result, payload FROM op WHERE record = ? ORDER BY n"
    ops = database.read(sql, (record,)) if seen else []
    found = places(database, {id_: at for id_, at, *_ in ops})
    said = tuple(_op(payload, result, found.get(id_)) for id_, _, result, payload in ops)
    head, head_hash = _head(database)
    trail = CityTrail(
        record=record,
        at=now,
        ops=said,
        blocks=_blocks(database, {one.block for one in found.values()}, head),
        head=head,
        head_hash=head_hash,
        known=_hash_of(database, known),
        people=_people(database, {str(one.op.get("actor")) for one in said}),
    )
    return canonical(asdict(trail)).decode()


def _op(payload: str, result: str, where: Where | None) -> TrailOp:
    if where is None:
        return TrailOp(json.loads(payload), result, 0, ())
    way = tuple((side, other) for side, other in proof_of(where.hashes, where.place))
    return TrailOp(json.loads(payload), result, where.block, way)


def _head(database: CityDatabase) -> tuple[int, str]:
    found = database.read("SELECT n, hash FROM block ORDER BY n DESC LIMIT 1")
    return (found[0][0], found[0][1].hex()) if found else (0, START.hex())


def _hash_of(database: CityDatabase, n: int) -> str:
    found = database.read("SELECT hash FROM block WHERE n = ?", (n,))
    return found[0][0].hex() if found else ""


def _blocks(database: CityDatabase, named: set[int], head: int) -> tuple[TrailBlock, ...]:
    """In their order. Each says the hash of the one before it, so that it can be checked by itself."""
    if not named:
        return ()
    first = min(named)
    spans = [(n, n) for n in sorted(named)] if head - first > MOST_BETWEEN else [(first, head)]
    return tuple(block for span in spans for block in _span(database, *span))


def _span(database: CityDatabase, first: int, last: int) -> Iterator[TrailBlock]:
    before = START.hex()
    sql = "SELECT n, at, root, hash FROM block WHERE n BETWEEN ? AND ? ORDER BY n"
    for n, at, root, hashed in database.read(sql, (first - 1, last)):
        if n >= first:
            yield TrailBlock(n, at, root.hex(), before)
        before = hashed.hex()


def _people(database: CityDatabase, actors: set[str]) -> dict[str, tuple[str, str]]:
    found = database.read(f"SELECT id, name, roles FROM person WHERE id IN {LISTED}", (listed(actors),))
    return {id_: (name, roles) for id_, name, roles in found}
