"""Functions on points, lines and areas of the earth, by the formulas that ODK states."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from fieldapp.forms.xpath.functions import pure
from fieldapp.forms.xpath.values import Value, texts_of

_RADIUS = 6378100.0  # metres

Point = tuple[float, float]  # latitude and longitude in radians


def _points(values: Sequence[Value]) -> list[Point]:
    """The points of several geopoints, geotraces or geoshapes; [] when any of them is none."""
    found: list[Point] = []
    for text in texts_of(values):
        for part in filter(str.strip, text.split(";")):
            try:
                latitude, longitude, *_ = (float(number) for number in part.split())
            except ValueError:
                return []
            found.append((math.radians(latitude), math.radians(longitude)))
    return found


@pure("distance", 1, None)
def distance(*values: Value) -> float:
    """The length in metres of the way through the points."""
    return math.fsum(_apart(one, other) for one, other in pairwise(_points(values)))


@pure("area", 1, None)
def area(*values: Value) -> float:
    """The area in square metres of the polygon through the points."""
    points = _points(values)
    if len(points) < 3:
        return 0.0
    ring = pairwise(points if points[0] == points[-1] else [*points, points[0]])
    total = math.fsum((b[1] - a[1]) * (2 + math.sin(a[0]) + math.sin(b[0])) for a, b in ring)
    return abs(total * _RADIUS * _RADIUS / 2)


pure("enclosed-area", 1, None)(area)


def _apart(one: Point, other: Point) -> float:
    half = math.sin((other[0] - one[0]) / 2) ** 2
    half += math.cos(one[0]) * math.cos(other[0]) * math.sin((other[1] - one[1]) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))
