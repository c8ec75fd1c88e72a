"""A record's history with the proof that it is the City's, in one file that anybody can check without the gateway.

The file has the record's ops with their answers, for each what leads to its block's root, and the blocks from there to
the newest. Who was given the newest block's hash by another way (printed, published) need believe nobody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from fieldapp.errors import InputError, Place, RefusedError
from fieldapp.records import canonical
from fieldapp.texts import tr
from sync.gateway import events
from sync.gateway.chronicle import START, block_hash, entry_hash
from sync.gateway.transactions import LISTED, CityDatabase, listed
from sync.gateway.tree import led_to, proof_of

FORMAT = "fieldapp proof 1"
HEADERS = "SELECT n, at, root, hash FROM block WHERE n >= ? ORDER BY n"


@dataclass(frozen=True)
class Proven:
    """What a file proves: how many ops, of which record, and the hash of the block that it leads to."""

    record: str
    ops: int
    head: str


class Where(NamedTuple):
    """Where an op stands in the history's chain."""

    block: int
    hashes: list[bytes]  # of all entries of the block
    place: int  # among them


def proof_file(database: CityDatabase, record: str) -> bytes:
    """The file. RefusedError when the history has nothing of this record that is in its chain."""
    ops = database.read("SELECT id, at, result, payload FROM op WHERE record = ? ORDER BY n", (record,))
    found = places(database, {id_: at for id_, at, *_ in ops})
    said = [_proved(result, payload, found[id_]) for id_, _, result, payload in ops if id_ in found]
    if not said:
        raise RefusedError(tr("The City's history proves nothing of this record."))
    first = min(one["block"] for one in said)
    headers = database.read(HEADERS, (first,))
    before = database.read("SELECT hash FROM block WHERE n = ?", (first - 1,))
    blocks = [{"n": n, "at": at, "root": root.hex()} for n, at, root, _ in headers]
    head = headers[-1][3].hex()
    start = before[0][0].hex() if before else START.hex()
    whole = {"format": FORMAT, "record": record, "ops": said, "before": start, "blocks": blocks, "head": head}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def check_proof(data: bytes, head: str = "") -> Proven:
    """What the file proves; with `head`, that it leads to the block of this hash. InputError, in words, else."""
    try:
        said = json.loads(data)
        return _checked(said, head)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as fault:
        raise InputError(tr("This is no proof of a record, or it is damaged."), Place()) from fault


def places(database: CityDatabase, ids: Mapping[str, str]) -> dict[str, Where]:
    """Where each op (id: when it was judged) stands: its block, and its place among the block's entries."""
    found = {}
    sql = f"SELECT n, entries FROM block WHERE at IN {LISTED}"  # a block has the time of its ops
    for n, entries in database.read(sql, (listed(set(ids.values())),)):
        names = [id_ for id_, _ in json.loads(entries)]
        if hits := ids.keys() & set(names):
            hashes = _hashes(database, names)
            found.update({id_: Where(n, hashes, names.index(id_)) for id_ in hits})
    return found


def _hashes(database: CityDatabase, names: list[str]) -> list[bytes]:
    rows = database.read(f"SELECT id, digest, result FROM op WHERE id IN {LISTED}", (listed(names),))
    spent = database.read(f"SELECT id, entry FROM spent WHERE id IN {LISTED}", (listed(names),))
    known = {
        **events.hashes(database, names),
        **dict(spent),
        **{id_: entry_hash(digest, result) for id_, digest, result in rows},
    }
    return [known.get(name, bytes(32)) for name in names]


def _proved(result: str, payload: str, where: Where) -> dict[str, Any]:
    way = proof_of(where.hashes, where.place)
    return {"op": json.loads(payload), "result": result, "block": where.block, "way": way}


def _checked(said: dict[str, Any], head: str) -> Proven:
    roots = {}
    if said["format"] != FORMAT:
        raise _broken(tr("it has another format"))
    hashed, expected = bytes.fromhex(said["before"]), said["blocks"][0]["n"]
    for block in said["blocks"]:
        if block["n"] != expected:
            raise _broken(tr("block {n} is missing", n=expected))
        root = roots[block["n"]] = bytes.fromhex(block["root"])
        hashed, expected = block_hash(hashed, block["n"], block["at"], root), expected + 1
    for one in said["ops"]:
        digest = hashlib.sha256(canonical(one["op"])).digest()
        if led_to(entry_hash(digest, one["result"]), one["way"]) != roots[one["block"]]:
            raise _broken(tr("the change {op} is not what the City took", op=one["op"]["id"]))
        if one["op"]["record"] != said["record"]:
            raise _broken(tr("the change {op} is of another record", op=one["op"]["id"]))
    if hashed.hex() != said["head"] or (head and hashed.hex() != head):
        raise _broken(tr("it does not lead to the block that was given"))
    return Proven(said["record"], len(said["ops"]), hashed.hex())


def _broken(why: str) -> InputError:
    return InputError(tr("The proof does not hold: {why}.", why=why))


def read(path: Path) -> bytes:
    """The file's content. InputError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise InputError(str(fault.strerror or fault), Place(str(path))) from fault
