"""The gateway's own history as a hash chain: a block a transaction, over every op with its answer.

A block's number comes from a counter row that is taken last of all, so blocks follow each other in the order of the
commits, whichever process wrote them. Who keeps one block's hash can tell later whether anything before it was altered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fieldapp.records import canonical
from sync.gateway.transactions import Transaction
from sync.gateway.tree import root_of

START = bytes(32)  # what stands before the first block
SHOWN = 16  # hex digits of an entry's hash in its block: enough to find the one that was altered

Entry = tuple[str, bytes]  # id, and hash


def entry_hash(digest: bytes, result: str) -> bytes:
    """The hash of an op (by its own digest) with the answer that it got, as text."""
    return hashlib.sha256(digest + result.encode()).digest()


def block_hash(before: bytes, n: int, at: str, root: bytes) -> bytes:
    """The hash of a block."""
    return hashlib.sha256(before + canonical([n, at]) + root).digest()


def add(tx: Transaction, entries: Sequence[Entry], at: str) -> None:
    """One block over these entries. Nothing else may be locked after this."""
    if not entries:
        return
    n = tx.execute("UPDATE counter SET v = v + 1 WHERE name = 'history' RETURNING v").fetchone()[0]
    before = tx.execute("SELECT hash FROM block WHERE n = ?", (n - 1,)).fetchone()
    root = root_of([hashed for _, hashed in entries])
    listed = canonical([(id_, hashed.hex()[:SHOWN]) for id_, hashed in entries]).decode()
    sealed = block_hash(before[0] if before else START, n, at, root)
    tx.execute("INSERT INTO block VALUES (?, ?, ?, ?, ?)", (n, at, listed, root, sealed))
