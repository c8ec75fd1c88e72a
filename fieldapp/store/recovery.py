"""The way back in when a PIN or passphrase is forgotten: the key, sealed under a part that the City keeps.

The sealed key lies in key.json, the part with the City's gateway, which gives it to the same person only, after they
have signed in again. Neither alone is worth anything: a stolen disk has no part, and the City has no sealed key.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.errors import LockedStoreError
from fieldapp.texts import tr

PART_BYTES = 32


@dataclass(frozen=True)
class Sealed:
    """A key that only the City's part opens. Byte strings in hex."""

    nonce: str
    sealed: str


def new_part() -> str:
    """A part for the City to keep, in hex."""
    return secrets.token_hex(PART_BYTES)


def seal(key: bytes, part: str, name: str) -> Sealed:
    """Seal the key called `name` under the part."""
    nonce = os.urandom(12)
    return Sealed(nonce.hex(), AESGCM(_derived(part)).encrypt(nonce, key, name.encode()).hex())


def opened(sealed: Sealed, part: str, name: str) -> bytes:
    """The key. LockedStoreError when this part is not its, or the file was altered."""
    try:
        nonce, content = bytes.fromhex(sealed.nonce), bytes.fromhex(sealed.sealed)
        return AESGCM(_derived(part)).decrypt(nonce, content, name.encode())
    except (InvalidTag, ValueError) as fault:
        raise LockedStoreError(tr("What the City keeps does not open this store. The store is untouched.")) from fault


def _derived(part: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fieldapp recovery").derive(bytes.fromhex(part))
