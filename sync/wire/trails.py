"""A record's audit trail with its proof: what the City says, signed, and what leads from each op to its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TrailOp:
    """One op as the City took it, with its answer word for word, and the way from both to the root of its block; block
    0 for one from before the history had blocks."""

    op: Mapping[str, Any]
    result: str
    block: int
    way: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TrailBlock:
    """One block of the City's history; hashes in hex."""

    n: int
    at: str
    root: str
    before: str  # the hash of the block before


@dataclass(frozen=True)
class CityTrail:
    """All of it. `blocks` are those of the ops, and all after the first of them where these are not too many; `known`
    is the hash of the block that the caller had seen, "" where the City has no such block."""

    record: str
    at: str  # the City's time, a stamp
    ops: tuple[TrailOp, ...]
    blocks: tuple[TrailBlock, ...]
    head: int  # number of the newest block
    head_hash: str
    known: str
    people: Mapping[str, tuple[str, str]]  # of each actor: the name, and the roles as they are now


@dataclass(frozen=True)
class SignedTrail:
    """A CityTrail as canonical JSON, and the City's signature over just this text (Ed25519, hex)."""

    text: str
    signature: str
