"""What is near a point, and what lies in a box of the map: by R-Tree, then exactly."""

from __future__ import annotations

import math
from typing import Any

from fieldapp.places.found import Box, Marker, Outline
from fieldapp.places.outlines import level_for, unpack
from fieldapp.places.reading import Readers

METRES_PER_DEGREE = 111_320.0  # of latitude
FIRST_RADIUS = 60.0
_SLACK = 0.00002  # R-Tree corners are 32-bit floats
_BOX = "WHERE b.west <= ? AND b.east >= ? AND b.south <= ? AND b.north >= ?"
_LABELS = {
    "parcels": "SELECT t.id, t.parcel, t.lat, t.lon FROM parcels t",
    "addresses": """SELECT t.id, t.number || ' ' || s.name, t.lat, t.lon
        FROM addresses t JOIN streets s ON s.id = t.street""",
    "stops": "SELECT t.id, t.code || ' ' || t.name, t.lat, t.lon FROM stops t",
}


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two points of one city, to a few millimetres a kilometre (flat within a city)."""
    middle = math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot((other_lon - lon) * middle, other_lat - lat) * METRES_PER_DEGREE


def nearest(
    readers: Readers, layer: str, point: tuple[float, float], limit: int, within: float
) -> list[tuple[float, int]]:
    """Distance in metres and id of the points of a layer nearest to `point` (lat, lon), at most `within` metres off."""
    lat, lon = point
    radius = min(FIRST_RADIUS, within)
    while True:
        found = sorted(
            (distance, number)
            for number, other_lat, other_lon in _in_square(readers, layer, lat, lon, radius)
            if (distance := metres_between(lat, lon, other_lat, other_lon)) <= radius
        )
        if len(found) >= limit or radius >= within:
            return found[:limit]
        radius = min(radius * 3, within)


def _in_square(readers: Readers, layer: str, lat: float, lon: float, radius: float) -> list[tuple[Any, ...]]:
    high = radius / METRES_PER_DEGREE
    wide = high / max(0.01, math.cos(math.radians(lat)))
    condition = _BOX + (" AND t.boarding" if layer == "stops" else "")
    return readers.rows(
        f"SELECT t.id, t.lat, t.lon FROM {layer}_box b CROSS JOIN {layer} t ON t.id = b.id {condition}",
        *corners((lon - wide, lat - high, lon + wide, lat + high)),
    )


def outlines(readers: Readers, layer: str, box: Box, degrees_per_pixel: float) -> list[Outline]:
    """The areas of a layer that may touch the box, in the detail that the map's scale shows."""
    rows = readers.rows(
        f"""SELECT t.id, t.code, t.name, o.rings FROM {layer}_box b JOIN {layer} t ON t.id = b.id
            JOIN {layer}_outlines o ON o.area = t.id AND o.level = ? {_BOX} ORDER BY t.id""",
        level_for(degrees_per_pixel),
        *corners(box),
    )
    return [Outline(number, code, name, unpack(rings)) for number, code, name, rings in rows]


def parcel_outlines(readers: Readers, box: Box, limit: int) -> list[Outline]:
    """The outlines of the parcels in the box, where the City's file had polygons."""
    rows = readers.rows(
        f"""SELECT t.id, t.parcel, t.ward, t.outline FROM parcels_box b JOIN parcels t ON t.id = b.id
            {_BOX} AND t.outline IS NOT NULL LIMIT ?""",
        *corners(box),
        limit,
    )
    return [Outline(number, parcel, ward, unpack(rings)) for number, parcel, ward, rings in rows]


def markers(readers: Readers, layer: str, box: Box, limit: int) -> list[Marker]:
    """At most `limit` points of a layer (parcels, addresses, stops) in the box."""
    west, south, east, north = box
    exact = "AND t.lon BETWEEN ? AND ? AND t.lat BETWEEN ? AND ? LIMIT ?"
    rows = readers.rows(
        f"{_LABELS[layer]} JOIN {layer}_box b ON b.id = t.id {_BOX} {exact}",
        *corners(box),
        *(west, east, south, north, limit),
    )
    return [Marker(*row) for row in rows]


def crowded(readers: Readers, layer: str, box: Box, most: int) -> bool:
    """Whether at least `most` points of a layer are in the box, or right beside it; without reading them."""
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {layer}_box b {_BOX} LIMIT ?)"
    return any(n >= most for (n,) in readers.rows(counted, *corners(box), most))


def corners(box: Box) -> tuple[float, float, float, float]:
    """A box as the R-Trees are asked for what touches it: east, west, north, south, a little larger."""
    west, south, east, north = box
    return east + _SLACK, west - _SLACK, north + _SLACK, south - _SLACK
