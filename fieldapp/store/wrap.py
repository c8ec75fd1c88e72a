"""A key wrapped by a passphrase: scrypt makes a key of the passphrase, AES-256-GCM seals the store's key with it."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldapp.errors import LockedStoreError, RefusedError
from fieldapp.texts import tr

# About half a second and 128 MB on an office laptop: what each guess costs a thief too.
COST, BLOCK, LANES = 2**17, 8, 1
MOST_COST = 2**20  # a key file that asks for more is not ours
SHORTEST = 10


@dataclass(frozen=True)
class Wrapped:
    """A wrapped key with all that unwrapping needs but the passphrase. Byte strings in hex."""

    salt: str
    nonce: str
    sealed: str
    cost: int
    block: int
    lanes: int
    scheme: str = "scrypt+aes-256-gcm"


def wrap(key: bytes, passphrase: str, name: str) -> Wrapped:
    """Seal `key`. Its name is sealed in, so that one store's file cannot stand in for another's."""
    check_length(passphrase)
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(stretched(passphrase, salt, COST, BLOCK, LANES)).encrypt(nonce, key, name.encode())
    return Wrapped(salt.hex(), nonce.hex(), sealed.hex(), COST, BLOCK, LANES)


def unwrap(wrapped: Wrapped, passphrase: str, name: str) -> bytes:
    """The key. LockedStoreError when the passphrase is wrong or the file was altered."""
    try:
        salt, nonce, sealed = (bytes.fromhex(part) for part in (wrapped.salt, wrapped.nonce, wrapped.sealed))
        wrapping = stretched(passphrase, salt, min(wrapped.cost, MOST_COST), wrapped.block, wrapped.lanes)
        return AESGCM(wrapping).decrypt(nonce, sealed, name.encode())
    except (InvalidTag, ValueError) as fault:
        raise LockedStoreError(tr("FieldApp cannot unlock the store with this passphrase.")) from fault


def check_length(passphrase: str) -> None:
    """RefusedError for a new passphrase that is too short."""
    if len(passphrase) < SHORTEST:
        raise RefusedError(tr("A passphrase needs at least {n} characters.", n=SHORTEST))


def stretched(passphrase: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    """The passphrase as a key of 32 bytes. Normalised first: an é may be typed as one character or as two."""
    text = unicodedata.normalize("NFKC", passphrase).encode()
    memory = 128 * cost * block + 1024 * 1024
    return hashlib.scrypt(text, salt=salt, n=cost, r=block, p=lanes, maxmem=memory, dklen=32)
