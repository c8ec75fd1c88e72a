"""Polygons for the map: rings as packed floats, ready for a painter, in a few levels of detail."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable

# The largest error, in degrees of latitude, of each level: full, about 2 m, 10 m, 50 m, 250 m.
TOLERANCES = (0.0, 0.00002, 0.0001, 0.0005, 0.0025)


def pack(rings: Iterable[Iterable[float]]) -> bytes:
    """Rings as bytes: how many, the length of each, then all numbers."""
    packed = [array("d", ring) for ring in rings]
    head = struct.pack(f"<{1 + len(packed)}I", len(packed), *(len(ring) for ring in packed))
    return head + b"".join(ring.tobytes() for ring in packed)


def unpack(data: bytes) -> tuple[array[float], ...]:
    """The rings that `pack` wrote; holes are rings as well (fill by the odd-even rule)."""
    (count,) = struct.unpack_from("<I", data)
    lengths = struct.unpack_from(f"<{count}I", data, 4)
    rings, at = [], 4 * (1 + count)
    for length in lengths:
        ring = array("d")
        ring.frombytes(data[at : at + 8 * length])
        rings.append(ring)
        at += 8 * length
    return tuple(rings)


def level_for(degrees_per_pixel: float) -> int:
    """The coarsest level whose error stays under half a pixel."""
    return max(level for level, tolerance in enumerate(TOLERANCES) if tolerance <= degrees_per_pixel / 2)
