"""The form's spelling of positions: "lat lon altitude accuracy", of lines and areas joined by semicolons.

A point that nobody moves keeps the altitude and accuracy that a device measured with it; others have "0 0".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.map.projection import Point


@dataclass(frozen=True)
class Measured(Point):
    """A point as a form keeps it. `text` is its own spelling, which is kept as it is."""

    text: str = ""


def points_in(value: str, *, closed: bool = False) -> tuple[Point, ...]:
    """The points of a value; of an area the last is the first again and is not said twice. () for what is none."""
    try:
        points = tuple(_point(part.strip()) for part in value.split(";") if part.strip())
    except ValueError:
        return ()
    if closed and len(points) > 1 and (points[0].lat, points[0].lon) == (points[-1].lat, points[-1].lon):
        return points[:-1]
    return points


def value_of(points: Sequence[Point], *, closed: bool = False) -> str:
    """The value that says these points."""
    parts = [_text(point) for point in points]
    return "; ".join([*parts, parts[0]] if closed and parts else parts)


def _point(text: str) -> Measured:
    lat, lon, *_more = (float(number) for number in text.split())
    return Measured(lat, lon, text)


def _text(point: Point) -> str:
    return point.text if isinstance(point, Measured) else f"{point.lat:.6f} {point.lon:.6f} 0 0"
