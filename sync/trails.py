"""A record's audit trail, asked of the City and checked here: signature, each op's way to its block, block after block,
and whether the history is still the one that this laptop saw before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.errors import FieldAppError, ProtocolError
from fieldapp.records import canonical
from fieldapp.store import Store
from fieldapp.texts import tr
from sync.api import RemoteApi

if TYPE_CHECKING:  # what these bring along costs time at the start, which nobody waits for who never asks
    from sync.wire import CityTrail, SignedTrail

HEAD = "city.head"  # setting: the newest block of the City's history that this laptop has seen, and its hash


@dataclass(frozen=True)
class Checked:
    """A trail and what its check found: how many ops are proven, how many are older than the chain, whether every block
    up to the newest was seen, since which block the history is known here; `fault` is what does not hold."""

    trail: CityTrail
    proven: int = 0
    older: int = 0
    every_block: bool = False
    known: int = 0
    fault: str = ""


class Trails:
    """Asks the City. Not in the screen's thread."""

    def __init__(self, store: Store, connect: Callable[[], RemoteApi]) -> None:
        self._store = store
        self._connect = connect
        self._api: RemoteApi | None = None

    def ask(self, record: str) -> Checked:
        """The record's trail, checked. Raises the SyncError that stopped it."""
        from sync.revoking import KEY

        if self._api is None:
            self._api = self._connect()
        known, hashed = _seen(self._store)
        said = self._api.trail(record, known)
        checked = check(said, self._store.setting(KEY), record, known, hashed)
        if not checked.fault and checked.trail.head >= known:
            self._store.keep_setting(HEAD, f"{checked.trail.head} {checked.trail.head_hash}")
        return checked


def check(said: SignedTrail, key: str, record: str, known: int = 0, hashed: str = "") -> Checked:
    """What the City said, checked with its `key` (hex). `known` and `hashed` are the block that was seen before.

    ProtocolError for what is no trail at all."""
    from sync.wire import CityTrail, decoded

    trail = decoded(CityTrail, said.text.encode())
    if trail.record != record:
        raise ProtocolError(tr("The City answered for another record."))
    if not _is_signed(said, key):
        return Checked(trail, fault=tr("the answer does not bear the City's signature"))
    if known and trail.known != hashed:
        words = tr("the City's history is not the one that this laptop saw before (block {n})", n=known)
        return Checked(trail, known=known, fault=words)
    try:
        return _walked(trail, known)
    except (FieldAppError, ValueError, KeyError) as fault:
        return Checked(trail, known=known, fault=str(fault))


def _walked(trail: CityTrail, known: int) -> Checked:
    from sync.gateway.chronicle import block_hash, entry_hash  # of the gateway's own, only when somebody asks
    from sync.gateway.tree import led_to

    roots, after, every = {}, "", True
    last = 0
    for block in trail.blocks:
        if after and block.n == last + 1 and block.before != after:
            raise ValueError(tr("block {n} does not follow the one before it", n=block.n))
        every = every and (not last or block.n == last + 1)
        root = roots[block.n] = bytes.fromhex(block.root)
        after, last = block_hash(bytes.fromhex(block.before), block.n, block.at, root).hex(), block.n
    if last == trail.head and after != trail.head_hash:
        raise ValueError(tr("the newest block is not the one that the City signed"))
    proven = 0
    for one in trail.ops:
        if one.block:
            digest = hashlib.sha256(canonical(one.op)).digest()
            if led_to(entry_hash(digest, one.result), one.way) != roots.get(one.block):
                raise ValueError(tr("a change is not as it was written when the City took it"))
            proven += 1
    return Checked(trail, proven, len(trail.ops) - proven, every and last == trail.head, known)


def _is_signed(said: SignedTrail, key: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(said.signature), said.text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _seen(store: Store) -> tuple[int, str]:
    number, _, hashed = store.setting(HEAD).partition(" ")
    return (int(number), hashed) if number.isdecimal() else (0, "")
