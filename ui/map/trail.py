"""Trail: the points of a line or of an area, in order; each change makes a new one. Lengths and areas are those that
a form's own `distance()` and `area()` give, so that the map and the form never disagree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ui.map.projection import Point

RADIUS = 6_378_100.0  # metres: the earth as ODK's functions take it


@dataclass(frozen=True)
class Trail:
    """A way through `points`; `closed` goes from the last back to the first, which is not said twice.

    `most` bounds how many there may be: 1 for a single position, 0 for as many as one likes.
    """

    points: tuple[Point, ...] = ()
    closed: bool = False
    most: int = 0

    def added(self, point: Point) -> Trail:
        """With one more at the end; where there may be no more, the last one goes there instead."""
        kept = self.points[: self.most - 1] if self.most else self.points
        return replace(self, points=(*kept, point))

    def inserted(self, before: int, point: Point) -> Trail:
        """With one more between two."""
        return replace(self, points=(*self.points[:before], point, *self.points[before:]))

    def moved(self, number: int, point: Point) -> Trail:
        """With one at another place."""
        return replace(self, points=(*self.points[:number], point, *self.points[number + 1 :]))

    def without(self, number: int) -> Trail:
        """With one taken away."""
        return replace(self, points=(*self.points[:number], *self.points[number + 1 :]))

    def legs(self) -> list[tuple[Point, Point]]:
        """From each point to the next, and home when closed; leg n starts at point n."""
        ends = self.points[1:] + (self.points[:1] if self.closed and len(self.points) > 2 else ())
        return list(zip(self.points, ends, strict=False))

    @property
    def metres(self) -> float:
        """The length of all legs."""
        return math.fsum(_apart(first, second) for first, second in self.legs())

    @property
    def square_metres(self) -> float:
        """What a closed one encloses."""
        return _enclosed(self.points) if self.closed and len(self.points) > 2 else 0.0


def _apart(first: Point, second: Point) -> float:
    one, two = math.radians(first.lat), math.radians(second.lat)
    half = math.sin((two - one) / 2) ** 2
    half += math.cos(one) * math.cos(two) * math.sin(math.radians(second.lon - first.lon) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, half)))


def _enclosed(points: Sequence[Point]) -> float:
    total = 0.0
    for first, second in zip(points, (*points[1:], points[0]), strict=True):
        bend = 2 + math.sin(math.radians(first.lat)) + math.sin(math.radians(second.lat))
        total += math.radians(second.lon - first.lon) * bend
    return abs(total * RADIUS * RADIUS / 2)
