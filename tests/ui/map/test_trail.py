"""Points in order, and what they measure."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from tests.support.ui_forms import form
from ui.forms.fields.geo_value import points_in, value_of
from ui.map.projection import Point
from ui.map.trail import Trail

A, B, C, D = Point(43.25, -79.87), Point(43.251, -79.87), Point(43.251, -79.868), Point(43.25, -79.868)


def test_points_are_added_pulled_out_moved_and_taken_away() -> None:
    trail = Trail().added(A).added(C).inserted(1, B)
    assert trail.points == (A, B, C)
    assert trail.moved(2, D).points == (A, B, D)
    assert trail.without(0).points == (B, C)


def test_a_position_has_one_point_that_goes_elsewhere() -> None:
    assert Trail(most=1).added(A).added(B).points == (B,)


def test_a_closed_trail_goes_home() -> None:
    assert Trail((A, B, C), closed=True).legs()[-1] == (C, A)
    assert Trail((A, B), closed=True).legs() == [(A, B)]


def test_lengths_and_areas_are_those_of_the_form_engine() -> None:
    definition = form(
        """
        | type | name | label | calculation |
        | geotrace | way | Way | |
        | geoshape | lot | Lot | |
        | calculate | long | | distance(${way}) |
        | calculate | round | | distance(${lot}) |
        | calculate | wide | | area(${lot}) |
        """
    )
    session = FormSession(definition, {})
    session.set("way", value_of((A, B, C)))
    session.set("lot", value_of((A, B, C, D), closed=True))
    way, lot = Trail((A, B, C)), Trail((A, B, C, D), closed=True)
    assert way.metres == pytest.approx(float(session.node("long").value), rel=1e-9)
    assert lot.metres == pytest.approx(float(session.node("round").value), rel=1e-9)
    assert lot.square_metres == pytest.approx(float(session.node("wide").value), rel=1e-6)


def test_a_measured_point_that_stays_keeps_its_altitude_and_accuracy() -> None:
    points = points_in("43.25 -79.87 101.5 4; 43.251 -79.87 0 0")
    moved = Trail(points).moved(1, C)
    assert value_of(moved.points) == "43.25 -79.87 101.5 4; 43.251000 -79.868000 0 0"


def test_an_area_ends_where_it_began() -> None:
    value = value_of((A, B, C), closed=True)
    assert value.split("; ")[0] == value.split("; ")[-1]
    assert len(points_in(value, closed=True)) == 3


@pytest.mark.parametrize("value", ["", "here", "43", "43 x"])
def test_what_is_no_position_has_no_points(value: str) -> None:
    assert points_in(value) == ()
