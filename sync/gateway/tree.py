"""A hash tree: one root over many entries, and a short proof that one of them is among them (as in RFC 9162)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

LEAF, NODE = b"\0", b"\1"
LEFT, RIGHT = "left", "right"  # on which side of what is known so far the other hash stands
Step = tuple[str, str]  # side, and hash in hex


def root_of(entries: Sequence[bytes]) -> bytes:
    """The root over the entries' hashes. There is at least one."""
    row = [_leaf(one) for one in entries]
    while len(row) > 1:
        row = _above(row)
    return row[0]


def proof_of(entries: Sequence[bytes], place: int) -> list[Step]:
    """What leads from the entry at `place` to the root."""
    row, steps = [_leaf(one) for one in entries], []
    while len(row) > 1:
        other = place ^ 1
        if other < len(row):
            steps.append((LEFT if other < place else RIGHT, row[other].hex()))
        row, place = _above(row), place // 2
    return steps


def led_to(entry: bytes, steps: Sequence[Sequence[str]]) -> bytes:
    """The root that the steps lead to from this entry."""
    found = _leaf(entry)
    for side, other in steps:
        beside = bytes.fromhex(other)
        found = _node(beside, found) if side == LEFT else _node(found, beside)
    return found


def _leaf(entry: bytes) -> bytes:
    return hashlib.sha256(LEAF + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def _above(row: list[bytes]) -> list[bytes]:
    """The row above: pairs are hashed together, one without a neighbour goes up as it is."""
    return [_node(*row[at : at + 2]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)]
