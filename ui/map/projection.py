"""From latitude and longitude to pixels and back, flat: good enough for one city, and quick."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

METRES_A_DEGREE = 111_320.0
PARALLEL = 0.25  # degrees: how wide a degree is drawn changes in steps, so that what was drawn can be moved; 0.2 % off
SIDE = 256  # px of the screen: of a tile
MOST = 8.0  # px a metre: nearer shows nothing more
LEAST = 0.002


@dataclass(frozen=True)
class Point:
    """A place on the ground, in degrees."""

    lat: float
    lon: float


def point_of(text: str) -> Point | None:
    """The point that a record keeps ("43.25610 -79.86920", more parts are passed over); None for anything else."""
    try:
        lat, lon = (float(part) for part in text.split()[:2])
    except ValueError:
        return None
    return Point(lat, lon)


def metres(first: Point, second: Point) -> float:
    """The distance as the crow flies, good to a few parts in a thousand within a city."""
    middle = math.radians((first.lat + second.lat) / 2)
    north = (second.lat - first.lat) * METRES_A_DEGREE
    east = (second.lon - first.lon) * METRES_A_DEGREE * math.cos(middle)
    return math.hypot(north, east)


def around_point(point: Point, reach: float) -> tuple[float, float, float, float]:
    """West, south, east, north of the square that reaches `reach` metres from a point."""
    high = reach / METRES_A_DEGREE
    wide = high / max(0.01, math.cos(math.radians(point.lat)))
    return point.lon - wide, point.lat - high, point.lon + wide, point.lat + high


class Piece(Protocol):
    """A picture of some ground: what is drawn needs to know no more of it."""

    @property
    def degrees_a_pixel(self) -> float:
        """How many degrees of latitude one px is."""

    def factors(self) -> tuple[float, float, float, float]:
        """kx, ky, dx, dy with x = lon * kx + dx and y = lat * ky + dy."""

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what is seen."""


@dataclass(frozen=True)
class Tile:
    """A square of SIDE px of the screen, at whole px, so that it fits its neighbours to the px wherever it is moved.

    `kx`, `ky`: px a degree; `ratio`: px of the screen for each px of the layout."""

    column: int
    row: int
    kx: float
    ky: float
    ratio: float = 1.0

    @property
    def scale(self) -> float:
        """Px of the layout a metre."""
        return -self.ky / METRES_A_DEGREE / self.ratio

    @property
    def degrees_a_pixel(self) -> float:
        """How many degrees of latitude one px of the screen is."""
        return -1 / self.ky

    def factors(self) -> tuple[float, float, float, float]:
        """As a View's."""
        return self.kx, self.ky, -float(self.column * SIDE), -float(self.row * SIDE)

    def box(self, beside: float = 0.0) -> tuple[float, float, float, float]:
        """West, south, east, north; with `beside` so many px more on each side."""
        left, top = self.column * SIDE - beside, self.row * SIDE - beside
        side = SIDE + 2 * beside
        return left / self.kx, (top + side) / self.ky, (left + side) / self.kx, top / self.ky


@dataclass(frozen=True)
class View:
    """What part of the ground is shown: its middle, px a metre, and the size of the picture in px."""

    centre: Point
    scale: float
    width: int
    height: int

    @property
    def degrees_a_pixel(self) -> float:
        """How many degrees of latitude one px is."""
        return 1 / (self.scale * METRES_A_DEGREE)

    def factors(self) -> tuple[float, float, float, float]:
        """kx, ky, dx, dy with x = lon * kx + dx and y = lat * ky + dy, for painting many points."""
        ky = -self.scale * METRES_A_DEGREE
        kx = -ky * math.cos(math.radians(round(self.centre.lat / PARALLEL) * PARALLEL))
        return kx, ky, self.width / 2 - self.centre.lon * kx, self.height / 2 - self.centre.lat * ky

    def to_px(self, point: Point) -> tuple[float, float]:
        """Where a point is in the picture."""
        kx, ky, dx, dy = self.factors()
        return point.lon * kx + dx, point.lat * ky + dy

    def to_point(self, x: float, y: float) -> Point:
        """What place a px shows."""
        kx, ky, dx, dy = self.factors()
        return Point((y - dy) / ky, (x - dx) / kx)

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the picture."""
        top, bottom = self.to_point(0, 0), self.to_point(self.width, self.height)
        return top.lon, bottom.lat, bottom.lon, top.lat

    def moved(self, dx: float, dy: float) -> View:
        """The view after dragging the picture by so many px."""
        centre = self.to_point(self.width / 2 - dx, self.height / 2 - dy)
        return View(centre, self.scale, self.width, self.height)

    def zoomed(self, factor: float, x: float, y: float) -> View:
        """The view after zooming, with the place under (x, y) staying there."""
        scale = min(MOST, max(LEAST, self.scale * factor))
        near = self.to_point(x, y)
        made = View(self.centre, scale, self.width, self.height)
        after = made.to_px(near)
        return made.moved(x - after[0], y - after[1])

    def sized(self, width: int, height: int) -> View:
        """The same middle and scale in a picture of another size."""
        return View(self.centre, self.scale, width, height)


def around(points: Iterable[Point], width: int, height: int, margin: int = 56) -> View | None:
    """The view that shows all `points` with a margin in px, None without any. One point alone shows its block."""
    found = list(points)
    if not found or width <= 0 or height <= 0:
        return None
    south, north = min(p.lat for p in found), max(p.lat for p in found)
    west, east = min(p.lon for p in found), max(p.lon for p in found)
    centre = Point((south + north) / 2, (west + east) / 2)
    across = metres(Point(centre.lat, west), Point(centre.lat, east))
    along = metres(Point(south, centre.lon), Point(north, centre.lon))
    room_x, room_y = max(40, width - 2 * margin), max(40, height - 2 * margin)
    scale = min(room_x / max(across, 200.0), room_y / max(along, 200.0), 1.5)
    return View(centre, min(MOST, max(LEAST, scale)), width, height)
