"""The envelope of a hand-over: a stream encrypted under a passphrase, in segments that cannot be cut or altered.

The file is: 19 bytes that tell what it is, its version, the cost of the passphrase (log 2), 16 random bytes, 16 bytes
by which a wrong passphrase is told from an altered file; then what `segments` writes. scrypt takes all that comes
before those 16 bytes as its salt, so that nothing of it can be altered either.
"""

from __future__ import annotations

import hmac
import io
import os
from collections.abc import Iterator
from typing import BinaryIO

from fieldapp.errors import InputError, LockedStoreError
from fieldapp.store import segments
from fieldapp.store.flow import Flow
from fieldapp.store.wrap import BLOCK, COST, LANES, stretched
from fieldapp.texts import tr

MAGIC = b"FieldApp hand-over\n"
VERSION = 1
RANDOM = 16
MARK = 16
PREFIX = len(MAGIC) + 2 + RANDOM
LOWEST, HIGHEST = 14, 18  # log 2 of scrypt's cost, 16 to 256 MB: a file that asks for less or more is not ours
AlteredError = segments.AlteredError


def seal(pieces: Iterator[bytes], target: BinaryIO, passphrase: str) -> None:
    """Write all pieces, encrypted. Memory does not grow with them."""
    prefix = MAGIC + bytes([VERSION, COST.bit_length() - 1]) + os.urandom(RANDOM)
    key = stretched(passphrase, prefix, COST, BLOCK, LANES)
    target.write(prefix + _mark(key))
    segments.encrypt(io.BufferedReader(Flow(pieces)), target, key)


def key_of(source: BinaryIO, passphrase: str) -> bytes:
    """The key of a sealed file. InputError when it is none, LockedStoreError when the passphrase is another."""
    prefix, mark = source.read(PREFIX), source.read(MARK)
    if len(mark) < MARK or not prefix.startswith(MAGIC):
        raise InputError(tr("This is no hand-over file of FieldApp, or its beginning is cut off. Nothing was taken."))
    version, cost = prefix[len(MAGIC)], prefix[len(MAGIC) + 1]
    if version != VERSION:
        raise InputError(tr("This file was written by a newer FieldApp. Update this one first. Nothing was taken."))
    if not LOWEST <= cost <= HIGHEST:
        raise InputError(tr("This hand-over file was altered. Nothing was taken."))
    key = stretched(passphrase, prefix, 1 << cost, BLOCK, LANES)
    if not hmac.compare_digest(_mark(key), mark):
        raise LockedStoreError(tr("The passphrase does not open this file. Nothing was taken; please try again."))
    return key


def unseal(source: BinaryIO, key: bytes) -> io.BufferedReader:
    """The content from its beginning, each piece checked as it is read. Reading raises AlteredError."""
    source.seek(PREFIX + MARK)
    return io.BufferedReader(Flow(segments.decrypted(source, key, "")))


def _mark(key: bytes) -> bytes:
    return hmac.digest(key, b"fieldapp hand-over passphrase", "sha256")[:MARK]
