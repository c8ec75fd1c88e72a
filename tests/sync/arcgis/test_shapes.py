"""Rings of ArcGIS as polygons of GeoJSON."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import shape

from fieldapp.errors import ProtocolError
from sync.arcgis.shapes import area_of, line_of, point_of
from tests.support.arcgis import clockwise

Ring = list[list[float]]


def box(west: float, side: float, south: float = 0.0) -> Ring:
    """A square ring, counter-clockwise: a hole for ArcGIS."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_holes_find_their_outline_and_islands_lie_in_holes() -> None:
    outer, hole, island, other = box(0, 10), box(1, 8, 1), box(2, 2, 2), box(20, 1)
    rings = [hole, clockwise(other), clockwise(island), clockwise(outer)]
    written, mended = area_of({"rings": rings})
    assert written is not None
    assert shape(written).area == 100 - 64 + 4 + 1
    assert shape(written).is_valid
    assert not mended


def test_outlines_turn_as_geojson_wants() -> None:
    written, _ = area_of({"rings": [clockwise(box(0, 2)), box(0.5, 1, 0.5)]})
    polygon = shape(written or {})
    assert isinstance(polygon, shapely.Polygon)
    assert polygon.exterior.is_ccw
    assert not polygon.interiors[0].is_ccw


def test_a_hole_without_an_outline_is_one_drawn_the_other_way() -> None:
    written, _ = area_of({"rings": [box(0, 2)]})
    assert written is not None
    assert shape(written).area == 4


def test_an_outline_that_touches_itself_is_set_right() -> None:
    ring = [[0, 0], [0, 4], [4, 4], [4, 0], [2, 0], [3, 1], [1, 1], [2, 0], [0, 0]]
    written, mended = area_of({"rings": [ring]})
    assert mended
    assert written is not None
    assert shapely.is_valid(shape(written))
    assert shape(written).area == 15


@pytest.mark.parametrize("said", [None, {}, {"rings": []}, {"rings": [[[0, 0], [0, 1], [0, 0]]]}])
def test_no_outline_is_none(said: object) -> None:
    assert area_of(said) == (None, False)


@pytest.mark.parametrize("rings", [[[["a", "b"]] * 4], [7], [[None] * 4], "rings"])
def test_what_is_no_ring_is_refused(rings: object) -> None:
    with pytest.raises(ProtocolError):
        area_of({"rings": rings})


def test_points() -> None:
    assert point_of({"x": -79.8, "y": 43.2, "z": 1}) == {"type": "Point", "coordinates": [-79.8, 43.2]}
    assert point_of({"x": "NaN", "y": "NaN"}) is None
    assert point_of(None) is None


def test_lines() -> None:
    one = [[-79.9, 43.2], [-79.8, 43.2, 101.5]]
    assert line_of({"paths": [one, [[0, 0]]]}) == {
        "type": "LineString",
        "coordinates": [[-79.9, 43.2], [-79.8, 43.2]],
    }
    several = line_of({"paths": [one, one]})
    assert several is not None
    assert several["type"] == "MultiLineString"


@pytest.mark.parametrize("said", [None, {}, {"paths": []}, {"paths": [[[0, 0]]]}])
def test_no_line_is_none(said: object) -> None:
    assert line_of(said) is None


@pytest.mark.parametrize("paths", [[[["a", "b"]] * 2], [7], [[None] * 2], [[[1]]]])
def test_what_is_no_path_is_refused(paths: object) -> None:
    with pytest.raises(ProtocolError):
        line_of({"paths": paths})
