"""Positions as people write them."""

from __future__ import annotations

import pytest

from ui.forms.fields.geo_typed import decimal, dms, point_of
from ui.map.projection import Point

HERE = Point(43.2561, -79.8692)


@pytest.mark.parametrize(
    "text",
    [
        "43.2561, -79.8692",
        "43.2561,-79.8692",
        "43.2561 -79.8692",
        "43,2561; -79,8692",
        "43.2561 N 79.8692 W",
        "43.2561° N, 79.8692° W",
        "N 43.2561, W 79.8692",
        "n43.2561 w79.8692",
        "43,2561 N, 79,8692 O",
        "79.8692 W, 43.2561 N",
        "43.2561 −79.8692",
        "43.2561 -79.8692 101.5 4",
    ],
)
def test_decimal_degrees(text: str) -> None:
    assert point_of(text) == HERE


@pytest.mark.parametrize(
    "text",
    [
        "43°15'21.96\" N, 79°52'9.12\" W",
        "43°15′21.96″N 79°52′9.12″W",
        "43 15 21.96 N 79 52 9.12 W",
        "N43°15'21.96'' W79°52'9.12''",
        "43 15 21.96 -79 52 9.12",
        "43°15'21.96\", -79°52'9.12\"",
        "43° 15.366' N, 79° 52.152' W",
        "N 43 15.366 W 79 52.152",
        "43°15′21,96″ N, 79°52′9,12″ O",
    ],
)
def test_degrees_minutes_and_seconds(text: str) -> None:
    point = point_of(text)
    assert point is not None
    assert (point.lat, point.lon) == pytest.approx((HERE.lat, HERE.lon), abs=1e-7)


@pytest.mark.parametrize(
    "text",
    ["", "43.25", "here", "93, 10", "43, 190", "43 61 0 N 79 0 0 W", "412 Upper James", "N 43 N 79", "1 2 3 4 5"],
)
def test_what_is_no_position(text: str) -> None:
    assert point_of(text) is None


def test_a_position_is_written_back() -> None:
    assert decimal(HERE) == "43.25610, -79.86920"
    assert dms(HERE) == "43°15′22.0″ N, 79°52′09.1″ W"


def test_seconds_never_become_sixty() -> None:
    assert dms(Point(43.99999999, -0.99999999)) == "44°00′00.0″ N, 1°00′00.0″ W"
