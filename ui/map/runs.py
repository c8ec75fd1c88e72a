"""What a square shows of a line, and the straight places on it where words can stand."""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

STEP = 12.0  # px at scale 1: between two places where words are tried
STRAIGHT = 0.985  # of the words' length: what their ends may come nearer to each other where the line bends

Spot = tuple[float, float]  # px from the corner of the square
Factors = tuple[float, float, float, float]  # kx, ky, dx, dy


@dataclass
class Run:
    """A stretch of a line within the square."""

    corners: list[Spot] = field(default_factory=list)
    length: float = 0.0

    def go(self, to: Spot) -> None:
        """On to the next corner."""
        self.length += math.dist(self.corners[-1], to) if self.corners else 0.0
        self.corners.append(to)

    def spots(self, step: float) -> list[Spot]:
        """Places along it, so many px from each other."""
        found, ahead = [], 0.0
        for start, end in itertools.pairwise(self.corners):
            stretch = math.dist(start, end)
            while ahead <= stretch:
                share = ahead / stretch if stretch else 0.0
                found.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
                ahead += step
            ahead -= stretch
        return found


def seen(line: array[float], factors: Factors, low: float, high: float) -> Iterator[list[Spot]]:
    """The parts of a line that may come between `low` and `high` both ways, corner by corner; x = lon * kx + dx."""
    kx, ky, dx, dy = factors
    part: list[Spot] = []
    x, y = line[0] * kx + dx, line[1] * ky + dy
    for lon, lat in zip(line[2::2], line[3::2], strict=True):
        was_x, was_y, x, y = x, y, lon * kx + dx, lat * ky + dy
        beside = (x < low and was_x < low) or (x > high and was_x > high)
        if beside or (y < low and was_y < low) or (y > high and was_y > high):
            if part:
                yield part
                part = []
        else:
            part = part or [(was_x, was_y)]
            part.append((x, y))
    if part:
        yield part


def runs_of(line: array[float], factors: Factors, low: float, high: float) -> list[Run]:
    """What lies between `low` and `high` both ways."""
    runs: list[Run] = []
    for part in seen(line, factors, low, high):
        for start, end in itertools.pairwise(part):
            ends = _within(start, end, low, high)
            if ends is None:
                continue
            if not runs or runs[-1].corners[-1] != ends[0]:
                runs.append(Run())
                runs[-1].go(ends[0])
            runs[-1].go(ends[1])
    return runs


def straight_places(runs: Sequence[Run], wide: float, step: float) -> Iterator[tuple[Spot, Spot]]:
    """The ends of places that are `wide` px long and nearly straight, from the middle of each run outwards."""
    needed = math.ceil(wide / step)
    for run in runs:
        if run.length < wide:
            continue
        spots = run.spots(step)
        starts = range(len(spots) - needed)
        for start in sorted(starts, key=lambda at: abs(2 * at + needed - len(spots))):
            first, last = spots[start], spots[start + needed]
            if math.dist(first, last) >= STRAIGHT * needed * step:
                yield first, last


def _within(start: Spot, end: Spot, low: float, high: float) -> tuple[Spot, Spot] | None:
    """The part of a straight stretch that lies in the square, by Liang and Barsky; None for none."""
    first, last = 0.0, 1.0
    for here, there in zip(start, end, strict=True):
        way = there - here
        if way == 0.0:
            if not low <= here <= high:
                return None
            continue
        enter, leave = sorted(((low - here) / way, (high - here) / way))
        first, last = max(first, enter), min(last, leave)
    if first >= last:
        return None
    return _at(start, end, first), _at(start, end, last)


def _at(start: Spot, end: Spot, share: float) -> Spot:
    if share in (0.0, 1.0):
        return end if share else start
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
