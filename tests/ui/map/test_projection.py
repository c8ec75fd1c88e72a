"""Latitude and longitude to pixels and back."""

from __future__ import annotations

import pytest

from ui.map.projection import Point, View, around, metres, point_of

VIEW = View(Point(43.56, -78.17), 0.2, 400, 300)


def test_the_middle_is_in_the_middle() -> None:
    assert VIEW.to_px(Point(43.56, -78.17)) == pytest.approx((200, 150))


def test_a_pixel_goes_to_a_point_and_back() -> None:
    assert VIEW.to_px(VIEW.to_point(17, 250)) == pytest.approx((17, 250))


def test_north_is_up_and_scale_counts_pixels_a_metre() -> None:
    x, y = VIEW.to_px(Point(43.56 + 100 / 111_320, -78.17))
    assert (x, y) == pytest.approx((200, 130))


def test_zooming_keeps_the_place_under_the_pointer() -> None:
    place = VIEW.to_point(30, 40)
    assert VIEW.zoomed(2, 30, 40).to_px(place) == pytest.approx((30, 40), abs=0.05)


def test_dragging_moves_the_ground_with_the_pointer() -> None:
    place = VIEW.to_point(100, 100)
    assert VIEW.moved(25, -10).to_px(place) == pytest.approx((125, 90), abs=0.05)


def test_a_view_around_points_shows_them_all() -> None:
    points = [Point(43.52, -78.30), Point(43.60, -78.05), Point(43.58, -78.20)]
    view = around(points, 500, 400)
    assert view is not None
    assert all(0 < view.to_px(p)[0] < 500 and 0 < view.to_px(p)[1] < 400 for p in points)


def test_no_points_no_view() -> None:
    assert around([], 500, 400) is None


@pytest.mark.parametrize("text", ["", "43.2", "north west", "43.2 x"])
def test_what_is_no_point_is_none(text: str) -> None:
    assert point_of(text) is None


def test_a_geopoint_gives_its_first_two_numbers() -> None:
    assert point_of("43.5 -78.1 0 5") == Point(43.5, -78.1)


def test_distance_is_in_metres() -> None:
    assert metres(Point(43.5, -78.1), Point(43.501, -78.1)) == pytest.approx(111.32, rel=0.001)
