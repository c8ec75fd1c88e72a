"""A key wrapped by words: scrypt makes a key of them, AES-256-GCM seals the store's key with it.

scrypt (RFC 7914), because it is memory-hard, on OWASP's list, and in Python's own library: no wheel more to trust on
three systems. Its cost is measured where the words are chosen, never below OWASP's least (N = 2^17, r = 8, p = 1), and
kept with the wrapped key. Words as short as a PIN are mixed with a pepper besides: 32 random bytes that lie in the
keyring, so that a stolen disk alone has nothing to guess at.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldapp.errors import LockedStoreError, RefusedError
from fieldapp.texts import tr

# About 0.4 seconds and 128 MB on an office laptop: what each guess costs a thief too.
COST, BLOCK, LANES = 2**17, 8, 1
DEAREST = 2  # times COST: more memory than 256 MB is too much for a small laptop
ENOUGH = 0.25  # seconds: where a guess takes less, the next cost is taken
MOST_COST = 2**20  # a key file that asks for more is not ours
SHORTEST = 10


@dataclass(frozen=True)
class Wrapped:
    """A wrapped key with all that unwrapping needs but the words and the pepper. Byte strings in hex."""

    salt: str
    nonce: str
    sealed: str
    cost: int
    block: int
    lanes: int
    scheme: str = "scrypt+aes-256-gcm"
    peppered: bool = False  # a PIN's


def wrap(key: bytes, words: str, name: str, pepper: bytes = b"") -> Wrapped:
    """Seal `key`. Its name is sealed in, so that one store's file cannot stand in for another's.

    Without a pepper the words must be a passphrase: RefusedError for shorter ones."""
    if not pepper:
        check_length(words)
    salt, nonce, cost = os.urandom(16), os.urandom(12), calibrated()
    wrapping = _peppered(stretched(words, salt, cost, BLOCK, LANES), pepper)
    sealed = AESGCM(wrapping).encrypt(nonce, key, name.encode())
    return Wrapped(salt.hex(), nonce.hex(), sealed.hex(), cost, BLOCK, LANES, peppered=bool(pepper))


def unwrap(wrapped: Wrapped, words: str, name: str, pepper: bytes = b"") -> bytes:
    """The key. LockedStoreError when the words are wrong or the file was altered."""
    try:
        salt, nonce, sealed = (bytes.fromhex(part) for part in (wrapped.salt, wrapped.nonce, wrapped.sealed))
        made = stretched(words, salt, min(wrapped.cost, MOST_COST), wrapped.block, wrapped.lanes)
        return AESGCM(_peppered(made, pepper)).decrypt(nonce, sealed, name.encode())
    except (InvalidTag, ValueError) as fault:
        raise LockedStoreError(_wrong(wrapped)) from fault


def calibrated() -> int:
    """The cost at which one guess takes a quarter to half a second here, within bounds that every laptop bears."""
    cost = COST
    while cost < COST * DEAREST:
        began = time.perf_counter()
        stretched("how fast is this computer?", bytes(16), cost, BLOCK, LANES)
        if time.perf_counter() - began >= ENOUGH:
            break
        cost *= 2
    return cost


def check_length(passphrase: str) -> None:
    """RefusedError for a new passphrase that is too short."""
    if len(passphrase) < SHORTEST:
        raise RefusedError(tr("A passphrase needs at least {n} characters.", n=SHORTEST))


def stretched(passphrase: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    """The passphrase as a key of 32 bytes. Normalised first: an é may be typed as one character or as two."""
    text = unicodedata.normalize("NFKC", passphrase).encode()
    memory = 128 * cost * block + 1024 * 1024
    return hashlib.scrypt(text, salt=salt, n=cost, r=block, p=lanes, maxmem=memory, dklen=32)


def _peppered(made: bytes, pepper: bytes) -> bytes:
    return hmac.digest(pepper, made, "sha256") if pepper else made


def _wrong(wrapped: Wrapped) -> str:
    if wrapped.peppered:
        return tr("This is not the PIN of this store.")
    return tr("FieldApp cannot unlock the store with this passphrase.")
