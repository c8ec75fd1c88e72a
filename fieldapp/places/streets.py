"""Streets for the map: their centrelines by class and in a few levels of detail, and which one a point lies at.

A class is drawn only from so near that it can be told from its neighbours, so what is coarser leaves it out.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.places.found import Box, Street
from fieldapp.places.near import METRES_PER_DEGREE, corners
from fieldapp.places.outlines import level_for
from fieldapp.places.reading import Readers

ARTERIAL, COLLECTOR, LOCAL = "arterial", "collector", "local"
COARSEST = {ARTERIAL: 4, COLLECTOR: 2, LOCAL: 1}  # the last of the levels (outlines.TOLERANCES) that has a class

_LOADED = "SELECT 1 FROM layers WHERE name = 'streets'"
_LINES = """SELECT l.name, l.road, l.line FROM street_lines_box b CROSS JOIN street_lines l ON l.id = b.id
    WHERE b.west <= ? AND b.east >= ? AND b.south <= ? AND b.north >= ? AND b.finest <= ? AND b.coarsest >= ?
    ORDER BY l.id"""


@dataclass(frozen=True)
class StreetNear:
    """The name of a street, and how many metres its middle is off."""

    name: str
    metres: float


def lines(readers: Readers, box: Box, degrees_per_pixel: float) -> list[Street]:
    """The streets that may come into the box, in the detail that the map's scale shows; always in the same order."""
    if not readers.rows(_LOADED):  # a file of layers from before there were streets
        return []
    level = level_for(degrees_per_pixel)
    rows = readers.rows(_LINES, *corners(box), level, level)
    return [Street(name, road, _unpacked(line)) for name, road, line in rows]


def nearest(readers: Readers, lat: float, lon: float, within: float) -> StreetNear | None:
    """The named street nearest to a point; None where there is none within so many metres."""
    high = within / METRES_PER_DEGREE
    wide = high / max(0.01, math.cos(math.radians(lat)))
    found = lines(readers, (lon - wide, lat - high, lon + wide, lat + high), 0.0)
    named = [StreetNear(one.name, _metres_to(one.line, lat, lon)) for one in found if one.name]
    best = min(named, key=lambda one: one.metres, default=None)
    return best if best is not None and best.metres <= within else None


def pack(positions: Iterable[float]) -> bytes:
    """A line as bytes: longitude, latitude, longitude..."""
    return array("d", positions).tobytes()


def _unpacked(data: bytes) -> array[float]:
    line = array("d")
    line.frombytes(data)
    return line


def _metres_to(line: array[float], lat: float, lon: float) -> float:
    """How far a point is from a line; flat, as a city is."""
    wide = math.cos(math.radians(lat)) * METRES_PER_DEGREE
    xs = [(x - lon) * wide for x in line[0::2]]
    ys = [(y - lat) * METRES_PER_DEGREE for y in line[1::2]]
    return min(_apart(xs[n], ys[n], xs[n + 1], ys[n + 1]) for n in range(len(xs) - 1))


def _apart(x: float, y: float, x2: float, y2: float) -> float:
    """From (0, 0) to the stretch between two points."""
    along_x, along_y = x2 - x, y2 - y
    square = along_x * along_x + along_y * along_y
    share = min(1.0, max(0.0, -(x * along_x + y * along_y) / square)) if square else 0.0
    return math.hypot(x + share * along_x, y + share * along_y)
