"""Functions on points, lines and areas of the earth, on a sphere with the radius of the equator (as ODK's engines)."""

from __future__ import annotations

import math
from itertools import pairwise

from fieldapp.forms.xpath import casting as a
from fieldapp.forms.xpath.functions import function

_RADIUS = 6_378_100.0  # metres
_DEGREE = 2 * math.pi * _RADIUS / 360  # metres on the equator, and on every meridian

Point = tuple[float, float]  # latitude and longitude in degrees


def points_of(text: str) -> list[Point] | None:
    """The points of a geopoint, geotrace or geoshape; [] of a blank, None when any of it is no place on earth."""
    found: list[Point] = []
    for part in text.split(";"):
        if not part.strip():
            continue
        try:
            latitude, longitude, *_ = (float(number) for number in part.split())
        except ValueError:
            return None
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            return None
        found.append((latitude, longitude))
    return found


def _all_points(groups: tuple[list[str], ...]) -> list[Point] | None:
    found: list[Point] = []
    for text in (text for group in groups for text in group):
        points = points_of(text)
        if points is None:
            return None
        found += points
    return found


@function("distance", a.texts, rest=a.texts)
def distance(*groups: list[str]) -> float:
    """The length in metres of the way through the points, 0 for fewer than two; NaN for what is no place.

    By the haversine formula: that of JavaRosa, the law of cosines, is the same but for points close together, where it
    loses up to 10 cm.
    """
    points = _all_points(groups)
    return math.nan if points is None else math.fsum(_apart(one, other) for one, other in pairwise(points))


@function("enclosed-area", a.texts, rest=a.texts)
@function("area", a.texts, rest=a.texts)
def area(*groups: list[str]) -> float:
    """The area in square metres of the polygon through the points, 0 for fewer than three; NaN for what is no place.

    As in JavaRosa: the triangles that the first point makes with each side, on a map that keeps distances along each
    parallel. enclosed-area() is its older name.
    """
    points = _all_points(groups)
    if points is None:
        return math.nan
    if len(points) < 3:
        return 0.0
    flat = [_flat(point, points[0]) for point in points[1:]]
    return abs(math.fsum(y1 * x2 - x1 * y2 for (x1, y1), (x2, y2) in pairwise(flat)) / 2)


@function("geofence", a.text, a.text)
def geofence(point: str, fence: str) -> bool:
    """Whether a geopoint lies inside a geoshape; false unless both are places, the shape closed."""
    places, ring = points_of(point), points_of(fence)
    if not places or not ring or len(ring) < 4 or ring[0] != ring[-1]:
        return False
    y, x = places[0]
    inside = False
    for (y1, x1), (y2, x2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x1 - x2) * (y - y2) / (y1 - y2) + x2:
            inside = not inside  # a ray to the east crosses this side
    return inside


def _flat(point: Point, origin: Point) -> Point:
    """Metres to the east and to the north of `origin`."""
    (latitude, longitude), (latitude0, longitude0) = point, origin
    return (longitude - longitude0) * _DEGREE * math.cos(math.radians(latitude)), (latitude - latitude0) * _DEGREE


def _apart(one: Point, other: Point) -> float:
    latitude1, latitude2 = math.radians(one[0]), math.radians(other[0])
    half = math.sin((latitude2 - latitude1) / 2) ** 2
    half += math.cos(latitude1) * math.cos(latitude2) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))
