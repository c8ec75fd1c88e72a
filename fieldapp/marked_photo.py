"""A marked photo: what one sees, and behind it in the same file the photo as taken and the marks as a layer.

It is a JPEG that any program shows; what follows its end is passed over by them. So the original goes wherever the
marked photo goes, byte for byte, and its hash is checked before anybody relies on it.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

MAGIC = b"FAmarks1"
FOOT = struct.Struct(">QI32s8s")  # bytes of the original, bytes of the layer, SHA-256 of the original, MAGIC


@dataclass(frozen=True)
class MarkedPhoto:
    """The photo as taken, and the marks on it in the words of whoever drew them."""

    original: bytes
    layer: str


def pack(shown: bytes, photo: MarkedPhoto) -> bytes:
    """One file of the picture that is shown, a JPEG, and what it was made from."""
    layer = photo.layer.encode()
    foot = FOOT.pack(len(photo.original), len(layer), hashlib.sha256(photo.original).digest(), MAGIC)
    return shown + photo.original + layer + foot


def unpack(data: bytes) -> MarkedPhoto | None:
    """What a marked photo was made from; None for any other file, and where the original is not as it was taken."""
    if len(data) < FOOT.size or not data.endswith(MAGIC):
        return None
    size, layer_size, sha256, _magic = FOOT.unpack(data[-FOOT.size :])
    end = len(data) - FOOT.size - layer_size
    if size > end or end < 0:
        return None
    original = data[end - size : end]
    if hashlib.sha256(original).digest() != sha256:
        return None
    return MarkedPhoto(original, data[end : len(data) - FOOT.size].decode("utf-8", "replace"))
