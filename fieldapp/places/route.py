"""A short way through the day's places: the nearest next one first, then crossings undone (2-opt).

The way is open: nobody has to come back. Distances are as the crow flies; no streets are known here.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from fieldapp.places.near import metres_between

Spot = tuple[float, float]  # latitude and longitude, degrees
LEAST = 1e-6  # metres: a gain below this is noise of arithmetic, and would turn in circles


def by_route(spots: Sequence[Spot], start: Spot | None = None) -> list[int]:
    """The numbers of `spots` in a short order, from `start`; without one from the first spot, which stays first.

    It is never longer than the order in which they were given.
    """
    if not spots:
        return []
    every = [start or spots[0], *(spots if start else spots[1:])]
    table = [[metres_between(*one, *other) for other in every] for one in every]
    given = list(range(len(every)))
    order = min((_untangled(way, table) for way in (_nearest_first(table), given)), key=lambda way: _length(way, table))
    return [number - 1 for number in order[1:]] if start else order


def length(spots: Sequence[Spot]) -> float:
    """Metres from the first spot to the last, as the crow flies."""
    return sum(metres_between(*one, *other) for one, other in itertools.pairwise(spots))


def _nearest_first(table: list[list[float]]) -> list[int]:
    """From 0 always on to the nearest that is left; of equally near ones the first."""
    order, left = [0], list(range(1, len(table)))
    while left:
        here = table[order[-1]]
        nearest = min(left, key=lambda number: here[number])
        left.remove(nearest)
        order.append(nearest)
    return order


def _untangled(order: list[int], table: list[list[float]]) -> list[int]:
    """Turn a part of the way round as long as that makes it shorter; the beginning stays."""
    better = True
    while better:
        better = False
        for first, last in itertools.combinations(range(1, len(order) + 1), 2):
            if _gain(order, first, last, table) > LEAST:
                order = [*order[:first], *reversed(order[first:last]), *order[last:]]
                better = True
    return order


def _gain(order: list[int], first: int, last: int, table: list[list[float]]) -> float:
    """By how many metres the way is shorter when its places from `first` to before `last` are turned round."""
    before, head, tail = order[first - 1], order[first], order[last - 1]
    gain = table[before][head] - table[before][tail]
    if last < len(order):
        gain += table[tail][order[last]] - table[head][order[last]]
    return gain


def _length(order: list[int], table: list[list[float]]) -> float:
    return sum(table[one][other] for one, other in itertools.pairwise(order))
