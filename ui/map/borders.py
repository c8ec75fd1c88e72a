"""The borders that are in sight: of an outline of ten thousand corners a street's map shows two or three."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from fieldapp.places import Outline
from fieldapp.places.found import Box
from ui.map.projection import Piece

STRETCH = 48  # corners that are looked at together
MOST = 512  # rings whose stretches are kept
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


_kept: OrderedDict[int, tuple[array[float], list[Stretch]]] = OrderedDict()


def lines_in_sight(area: Outline, piece: Piece) -> Iterator[QPolygonF]:
    """The parts of the area's rings that come into the picture, as lines in px."""
    kx, ky, dx, dy = piece.factors()
    more = BESIDE * piece.degrees_a_pixel * 2
    west, south, east, north = piece.box()
    seen = west - more, south - more, east + more, north + more
    for ring in area.rings:
        for start, end in _runs(ring, seen):
            lons, lats = ring[2 * start : 2 * end : 2], ring[2 * start + 1 : 2 * end : 2]
            yield QPolygonF([QPointF(lon * kx + dx, lat * ky + dy) for lon, lat in zip(lons, lats, strict=True)])


def _runs(ring: array[float], seen: Box) -> list[tuple[int, int]]:
    """The runs of corners (start, end) whose lines may be in the box."""
    west, south, east, north = seen
    found: list[tuple[int, int]] = []
    for one in _stretches(ring):
        if one.east < west or one.west > east or one.north < south or one.south > north:
            continue
        if found and found[-1][1] > one.start:
            found[-1] = found[-1][0], one.end
        else:
            found.append((one.start, one.end))
    return found


def _stretches(ring: array[float]) -> list[Stretch]:
    """Kept beside the ring itself, so that another ring is never taken for it."""
    kept = _kept.get(id(ring))
    if kept is None:
        kept = _kept[id(ring)] = ring, _cut(ring)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return kept[1]


def _cut(ring: array[float]) -> list[Stretch]:
    """Neighbours share a corner."""
    count, made = len(ring) // 2, []
    for start in range(0, max(1, count - 1), STRETCH):
        end = min(count, start + STRETCH + 1)
        lons, lats = ring[2 * start : 2 * end : 2], ring[2 * start + 1 : 2 * end : 2]
        made.append(Stretch(start, end, min(lons), min(lats), max(lons), max(lats)))
    return made
