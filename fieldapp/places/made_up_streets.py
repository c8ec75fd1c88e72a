"""Where the streets of the made-up city run: an arterial road through each row of wards, with its buses, two collector
roads through each column, and from these the streets with houses: one can get from each house to each other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

COLUMNS, ROWS = 5, 3  # wards
WEST, SOUTH = -78.30, 43.52
WIDE, HIGH = 0.050, 0.036  # of one ward, in degrees: about four kilometres
METRE = 1 / 111_320
EAST_METRE = METRE / math.cos(math.radians(SOUTH + ROWS * HIGH / 2))

_BEYOND = 12.0  # metres that a street goes on behind its last house
_COLLECTOR = (0.2, 0.64)  # where in its column of wards a collector road runs: houses are between them
_ARTERIALS = ("Lakefront Parkway", "Middle Road", "Northern Parkway")
_COLLECTORS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")

Point = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True)
class MadeUpStreet:
    """One street; `road` is its class, as a city's file calls it."""

    name: str
    road: str
    line: tuple[Point, ...]

    @property
    def feature(self) -> dict[str, object]:
        """The street as GeoJSON."""
        properties = {"FULL_STREET_NAME": self.name, "ROAD_CLASS": self.road}
        line = [list(point) for point in self.line]
        return {"type": "Feature", "properties": properties, "geometry": {"type": "LineString", "coordinates": line}}


def through_roads() -> Iterator[MadeUpStreet]:
    """The roads that go from one end of the city to the other, with a corner wherever two of them cross."""
    wests = [x for column in range(COLUMNS) for x in _collectors(column)]
    norths = [bus_road(row) for row in range(ROWS)]
    for row, name in enumerate(_ARTERIALS):
        longitudes = [WEST, *wests, WEST + COLUMNS * WIDE]
        yield MadeUpStreet(name, "Arterial", tuple(_point(x, norths[row]) for x in longitudes))
    for number, name in enumerate(_COLLECTORS):
        latitudes = [SOUTH, *norths, SOUTH + ROWS * HIGH]
        yield MadeUpStreet(f"{name} Line", "Collector", tuple(_point(wests[number], y) for y in latitudes))


def street_with_houses(name: str, start: Point, metres: float, *, along_east: bool) -> MadeUpStreet:
    """The street along `metres` of houses from `start` on, east or north, and on to the road that it leaves from."""
    x, y = start
    column, row = int((x - WEST) / WIDE), int((y - SOUTH) / HIGH)
    at, unit, roads = (x, EAST_METRE, _collectors(column)) if along_east else (y, METRE, [bus_road(row)])
    road = min(roads, key=lambda road: abs(road - at))
    low, high = at - _BEYOND * unit, at + (metres + _BEYOND) * unit
    corners = sorted({min(low, road), max(high, road), road})
    line = tuple(_point(one, y) if along_east else _point(x, one) for one in corners)
    return MadeUpStreet(name, "Local", line)


def bus_road(row: int) -> float:
    """The latitude of the road along which the buses of a row of wards go."""
    return SOUTH + (row + 0.5) * HIGH


def _collectors(column: int) -> list[float]:
    return [WEST + (column + at) * WIDE for at in _COLLECTOR]


def _point(x: float, y: float) -> Point:
    return round(x, 6), round(y, 6)
