"""Geometry of a feature, checked: positions in degrees, rings closed and without crossing themselves, lines that lead
somewhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from fieldapp.errors import LayerError, Place
from fieldapp.texts import tr

Shape = shapely.Polygon | shapely.MultiPolygon
Positions = np.ndarray[Any, np.dtype[np.float64]]
CENTIMETRE = 7  # decimals of a degree: ends that meet on the ground are to meet in numbers


def polygon_of(geometry: dict[str, Any], place: Place) -> Shape:
    """The Polygon or MultiPolygon of a GeoJSON geometry. Raises LayerError for anything else and for invalid rings."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        shape: Shape = _polygon(coordinates, place)
    elif kind == "MultiPolygon" and isinstance(coordinates, list) and coordinates:
        shape = shapely.MultiPolygon([_polygon(part, place) for part in coordinates])
    else:
        raise LayerError(
            tr("The feature is a {kind}, not a polygon.", kind=kind or tr("feature without geometry")), place
        )
    if not shape.is_valid:
        raise LayerError(tr("The polygon is not valid: {reason}.", reason=shapely.is_valid_reason(shape)), place)
    return shape


def lines_of(geometry: dict[str, Any], place: Place) -> list[shapely.LineString]:
    """The lines of a GeoJSON LineString or MultiLineString. Raises LayerError for anything else, and for a line of one
    place alone."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "LineString":
        return [_line(coordinates, place)]
    if kind == "MultiLineString" and isinstance(coordinates, list) and coordinates:
        return [_line(part, place) for part in coordinates]
    raise LayerError(tr("The feature is a {kind}, not a line.", kind=kind or tr("feature without geometry")), place)


def position_of(lon: object, lat: object, place: Place) -> tuple[float, float]:
    """Longitude and latitude as numbers. Raises LayerError for no numbers, and for metres instead of degrees."""
    try:
        x, y = float(str(lon)), float(str(lat))
    except ValueError:
        raise LayerError(tr("“{lon}, {lat}” are no coordinates.", lon=lon, lat=lat), place) from None
    if -180 <= x <= 180 and -90 <= y <= 90 and (x, y) != (0.0, 0.0):
        return x, y
    raise LayerError(_why_not(x, y), place)


def _why_not(x: float, y: float) -> str:
    if abs(x) > 1000 and abs(y) > 1000:
        return tr("{x}, {y} are metres (UTM or the like), not degrees: export as WGS 84 (EPSG:4326).", x=x, y=y)
    return tr("{x}, {y} is no longitude and latitude.", x=x, y=y)


def _polygon(rings: object, place: Place) -> shapely.Polygon:
    if not isinstance(rings, list) or not rings:
        raise LayerError(tr("The polygon has no rings."), place)
    checked = [_ring(ring, index, place) for index, ring in enumerate(rings, 1)]
    return shapely.Polygon(checked[0], checked[1:])


def _line(line: Any, place: Place) -> shapely.LineString:
    """Without NumPy: a city has tens of thousands of short ones."""
    corners: list[tuple[float, float]] = []
    try:
        for position in line:
            x, y = round(float(position[0]), CENTIMETRE), round(float(position[1]), CENTIMETRE)
            # 0, 0 is what programs write where they know no position.
            if not (-180 <= x <= 180 and -90 <= y <= 90) or (x, y) == (0.0, 0.0):
                raise LayerError(tr("The line: {why}", why=_why_not(x, y)), place)
            if not corners or corners[-1] != (x, y):
                corners.append((x, y))
    except (TypeError, ValueError, OverflowError, LookupError):
        raise LayerError(tr("The line holds something that is no position."), place) from None
    if len(corners) < 2:
        raise LayerError(tr("The line has no length."), place)
    return shapely.LineString(corners)


def _ring(ring: object, number: int, place: Place) -> Positions:
    points = _positions(ring)
    if points is None:
        raise LayerError(tr("Ring {n} holds something that is no position.", n=number), place)
    if len(points) < 4:
        raise LayerError(tr("Ring {n} has {points} positions; it needs four.", n=number, points=len(points)), place)
    if not np.isfinite(points).all() or (points[0] != points[-1]).any():
        raise LayerError(tr("Ring {n} is not closed.", n=number), place)
    if why := _outside(points):
        raise LayerError(tr("Ring {n}: {why}", n=number, why=why), place)
    return points


def _positions(said: Any) -> Positions | None:
    """Longitude and latitude of each position; None for what is none."""
    try:
        points = np.array([position[:2] for position in said], dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None
    if not points.size:
        return points.reshape(0, 2)
    return points if points.ndim == 2 and points.shape[1] == 2 else None


def _outside(points: Positions) -> str:
    """Why one of the positions is none on Earth; "" when all are."""
    outside = (np.abs(points[:, 0]) > 180) | (np.abs(points[:, 1]) > 90)
    if not outside.any():
        return ""
    x, y = points[outside.argmax()]
    return _why_not(float(x), float(y))
