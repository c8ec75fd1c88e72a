"""Encrypting a stream in segments, each under AES-256-GCM, so that a file of any size needs little memory.

A file is: 16 random bytes, then segments of 64 KiB (the last one shorter, maybe empty) each with its 16-byte tag. The
nonce is the segment's number; the key is the file's own, derived from the random bytes. The associated data say which
segment is the last, so that no segment can be swapped, dropped or cut off unseen.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEGMENT = 64 * 1024
SALT = 16
TAG = 16
LAST, MORE = b"last", b"more"


class AlteredError(Exception):
    """The content is not what was written, or not all of it."""


def encrypt(source: BinaryIO, target: BinaryIO, key: bytes) -> tuple[str, int]:
    """Write the whole source, encrypted; the SHA-256 (hex) and size in bytes of the plain content."""
    salt = os.urandom(SALT)
    target.write(salt)
    cipher, digest, size = _cipher(key, salt), hashlib.sha256(), 0
    for number, (plain, last) in enumerate(_segments(source, SEGMENT)):
        digest.update(plain)
        size += len(plain)
        target.write(cipher.encrypt(_nonce(number), plain, LAST if last else MORE))
    return digest.hexdigest(), size


def decrypted(source: BinaryIO, key: bytes, sha256: str, start: int = 0) -> Iterator[bytes]:
    """The plain content from byte `start` on. Raises AlteredError; a whole reading is compared with `sha256` too,
    unless that is "". What lies in `source` before the place where it stands is not read."""
    begin = source.tell()
    cipher = _cipher(key, source.read(SALT))
    first, within = divmod(start, SEGMENT)
    source.seek(begin + SALT + first * (SEGMENT + TAG))
    digest = hashlib.sha256()
    for number, (sealed, last) in enumerate(_segments(source, SEGMENT + TAG), first):
        if number and number == first and not sealed:
            return  # `start` is the end of a content that fills its segments
        try:
            plain = cipher.decrypt(_nonce(number), sealed, LAST if last else MORE)
        except (InvalidTag, ValueError) as fault:
            raise AlteredError(f"segment {number}") from fault
        digest.update(plain)
        yield plain[within:]
        within = 0
    if sha256 and start == 0 and digest.hexdigest() != sha256:
        raise AlteredError("another file's content")


def plain_size(sealed: int) -> int:
    """How many bytes are in an encrypted file of `sealed` bytes."""
    body = max(0, sealed - SALT)
    return max(0, body - TAG * -(-body // (SEGMENT + TAG)))


def _segments(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of `size` bytes, and whether it is the last one. An empty source has one empty piece."""
    piece = _full(source, size)
    while True:
        following = _full(source, size)
        yield piece, not following
        if not following:
            return
        piece = following


def _full(source: BinaryIO, size: int) -> bytes:
    """Exactly `size` bytes unless the source ends: a stream may give less than it was asked for."""
    pieces, wanted = [], size
    while wanted and (piece := source.read(wanted)):
        pieces.append(piece)
        wanted -= len(piece)
    return b"".join(pieces)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"fieldapp blob file").derive(key))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
