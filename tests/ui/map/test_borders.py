"""The borders in sight: all of an outline that is shown whole, little of a long one, nothing of one far away."""

from __future__ import annotations

import math
from array import array

from fieldapp.places import Outline
from ui.map.borders import STRETCH, lines_in_sight
from ui.map.projection import Point, View

CORNERS = 5_000
MIDDLE = Point(43.25, -79.87)


def circle(corners: int = CORNERS, reach: float = 0.1) -> Outline:
    """A closed ring around the middle; `reach` in degrees."""
    ring = array("d")
    for n in range(corners + 1):
        turn = 2 * math.pi * (n % corners) / corners
        ring.extend((MIDDLE.lon + reach * math.cos(turn), MIDDLE.lat + reach * math.sin(turn)))
    return Outline(1, "01", "Ward 1", (ring,))


def test_an_outline_that_is_shown_whole_is_one_closed_line() -> None:
    (line,) = lines_in_sight(circle(), View(MIDDLE, 0.02, 900, 900))
    assert (line.size(), line.first()) == (CORNERS + 1, line.last())


def test_of_a_long_outline_only_what_is_near_is_drawn() -> None:
    (line,) = lines_in_sight(circle(), View(Point(MIDDLE.lat + 0.1, MIDDLE.lon), 1.0, 800, 600))
    assert line.size() <= 6 * STRETCH
    assert line.boundingRect().left() < 0
    assert line.boundingRect().right() > 800


def test_a_line_between_two_corners_out_of_sight_is_drawn() -> None:
    (line,) = lines_in_sight(circle(4), View(Point(MIDDLE.lat + 0.05, MIDDLE.lon + 0.05), 1.0, 400, 300))
    assert line.size() == 5


def test_nothing_is_drawn_where_no_border_is() -> None:
    assert not list(lines_in_sight(circle(), View(MIDDLE, 1.0, 800, 600)))
