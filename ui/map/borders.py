"""The borders that are in sight: of an outline of ten thousand corners a street's map shows two or three."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from fieldapp.places import Outline
from ui.map.projection import View

STRETCH = 48  # corners that are looked at together
BESIDE = 8  # px: how far a line out of sight still shows


@dataclass(frozen=True)
class Stretch:
    """So many corners of a ring, from number `start` on and before `end`, and the box around them."""

    start: int
    end: int
    west: float
    south: float
    east: float
    north: float


def lines_in_sight(area: Outline, view: View) -> Iterator[QPolygonF]:
    """The parts of the area's rings that come into the picture, as lines in px."""
    kx, ky, dx, dy = view.factors()
    for ring in area.rings:
        for start, end in _seen(ring, view):
            lons, lats = ring[2 * start : 2 * end : 2], ring[2 * start + 1 : 2 * end : 2]
            yield QPolygonF([QPointF(lon * kx + dx, lat * ky + dy) for lon, lat in zip(lons, lats, strict=True)])


def _seen(ring: array[float], view: View) -> list[tuple[int, int]]:
    """The runs of corners (start, end) whose lines may be in the picture."""
    west, south, east, north = view.box()
    more = BESIDE * view.degrees_a_pixel * 2
    found: list[tuple[int, int]] = []
    for one in _stretches(ring.tobytes()):
        apart = one.east < west - more or one.west > east + more or one.north < south - more or one.south > north + more
        if apart:
            continue
        if found and found[-1][1] > one.start:
            found[-1] = found[-1][0], one.end
        else:
            found.append((one.start, one.end))
    return found


@lru_cache(maxsize=512)
def _stretches(packed: bytes) -> tuple[Stretch, ...]:
    """By the ring itself, so that another ring is never taken for it. Neighbours share a corner."""
    ring = array("d")
    ring.frombytes(packed)
    count, made = len(ring) // 2, []
    for start in range(0, max(1, count - 1), STRETCH):
        end = min(count, start + STRETCH + 1)
        lons, lats = ring[2 * start : 2 * end : 2], ring[2 * start + 1 : 2 * end : 2]
        made.append(Stretch(start, end, min(lons), min(lats), max(lons), max(lats)))
    return tuple(made)
