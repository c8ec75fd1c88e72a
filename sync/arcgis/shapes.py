"""Geometry as ArcGIS writes it, as GeoJSON has it.

An ArcGIS polygon is a heap of rings: clockwise ones are outlines, the others holes, and none says whose.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import orjson
import shapely

from sync.arcgis.line import strange

_LEAST = 4  # positions of a ring


def point_of(said: object) -> dict[str, Any] | None:
    """A point; None for a row that has none (ArcGIS writes those as null, {} or "NaN")."""
    if not isinstance(said, dict):
        return None
    x, y = said.get("x"), said.get("y")
    if not isinstance(x, int | float) or not isinstance(y, int | float) or not math.isfinite(x + y):
        return None
    return {"type": "Point", "coordinates": [x, y]}


def line_of(said: object) -> dict[str, Any] | None:
    """A line or several, None for a row without. ProtocolError for paths that are none."""
    paths = said.get("paths") if isinstance(said, dict) else None
    if not paths:
        return None
    try:
        lines = [[[float(x), float(y)] for x, y, *_height in path] for path in paths]
    except (TypeError, ValueError) as fault:
        raise strange() from fault
    lines = [line for line in lines if len(line) > 1]
    if len(lines) > 1:
        return {"type": "MultiLineString", "coordinates": lines}
    return {"type": "LineString", "coordinates": lines[0]} if lines else None


def area_of(said: object) -> tuple[dict[str, Any] | None, bool]:
    """A polygon or several, None for a row without; and whether its rings had to be set right.

    An outline that touches itself is sound for ArcGIS, but not for GeoJSON's readers. ProtocolError for no rings."""
    rings = said.get("rings") if isinstance(said, dict) else None
    if not rings:
        return None, False
    if not isinstance(rings, list):
        raise strange()
    try:
        shape = _joined([shapely.Polygon([position[:2] for position in ring]) for ring in rings if len(ring) >= _LEAST])
        mended = not shape.is_valid
        if mended:
            shape = _areas_alone(shapely.make_valid(shape, method="structure", keep_collapsed=False))
    except (TypeError, ValueError, shapely.GEOSException) as fault:
        raise strange() from fault
    if shape.is_empty:
        return None, False
    written: dict[str, Any] = orjson.loads(shapely.to_geojson(shapely.orient_polygons(shape)))
    return written, mended


def _joined(rings: Sequence[shapely.Polygon]) -> shapely.Polygon | shapely.MultiPolygon:
    """Each hole in the smallest outline around it; a hole that lies in none is an outline drawn the other way."""
    outlines = [ring for ring in rings if not ring.exterior.is_ccw]
    holes: list[list[shapely.Polygon]] = [[] for _ in outlines]
    stray = []
    for ring in rings:
        if not ring.exterior.is_ccw:
            continue
        around = [n for n, outline in enumerate(outlines) if outline.covers(ring)]
        if around:
            holes[min(around, key=lambda n: outlines[n].area)].append(ring)
        else:
            stray.append(ring)
    parts = [
        shapely.Polygon(outline.exterior, [hole.exterior for hole in own])
        for outline, own in zip(outlines, holes, strict=True)
    ]
    parts += stray
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _areas_alone(shape: Any) -> shapely.Polygon | shapely.MultiPolygon:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and not part.is_empty]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
