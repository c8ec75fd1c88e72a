"""Wards and the rural area: what is accepted, what is refused with its place, and which area holds a point."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.errors import LayerError
from fieldapp.places import Layers, Place, import_layer
from fieldapp.places.areas import Areas
from fieldapp.places.imports.areas import day_code, ward_code
from fieldapp.places.outlines import pack, unpack
from tests.support.data import shared_data
from tests.support.places import feature, geojson, loaded, square, text_file, wards_file


def test_a_point_lies_in_its_ward_and_outside_of_all(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, wards=wards_file(tmp_path))
    assert layers.place_of(43.25, -79.75) == Place("02", rural=False)
    assert layers.place_of(44.0, -79.75) == Place()


def test_on_a_shared_border_the_lowest_ward_wins(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, wards=wards_file(tmp_path))
    assert layers.wards_at(43.25, -79.8) == ("01", False)


def test_a_hole_is_not_rural(tmp_path: Path) -> None:
    hole = [[-79.87, 43.22], [-79.83, 43.22], [-79.83, 43.28], [-79.87, 43.28], [-79.87, 43.22]]
    ring = geojson(tmp_path / "rural.geojson", [feature({"name": "Rural"}, [square(0), hole])])
    layers, _ = loaded(tmp_path, rural=ring)
    assert layers.wards_at(43.21, -79.85) == ("", True)
    assert layers.wards_at(43.25, -79.85) == ("", False)


def test_new_wards_are_seen_at_once_and_move_the_parcels(tmp_path: Path) -> None:
    parcels = text_file(tmp_path / "p.csv", "parcel_id,lon,lat\n7,-79.85,43.25\n")
    layers, _ = loaded(tmp_path, parcels=parcels, wards=wards_file(tmp_path))
    assert layers.parcels_near(43.25, -79.85)[0].ward == "01"
    import_layer(tmp_path / "layers.db", "wards", geojson(tmp_path / "w.json", [feature({"WARD": "9"}, [square(0)])]))
    assert layers.parcels_near(43.25, -79.85)[0].ward == layers.place_of(43.25, -79.85).ward == "09"


BOWTIE = [[-79.9, 43.2], [-79.8, 43.3], [-79.8, 43.2], [-79.9, 43.3], [-79.9, 43.2]]


@pytest.mark.parametrize(
    ("coordinates", "kind", "reason"),
    [
        ([BOWTIE], "Polygon", "Self-intersection"),
        ([square(0)[:-1]], "Polygon", "not closed"),
        ([square(0)[:2]], "Polygon", "needs four"),
        ([[[590000, 4790000], [591000, 4790000], [591000, 4791000], [590000, 4790000]]], "Polygon", "metres"),
        ([["a", "b", "c", "d"]], "Polygon", "no position"),
        ([], "Polygon", "no rings"),
        ([-79.9, 43.2], "Point", "not a polygon"),
    ],
)
def test_a_bad_polygon_is_refused_with_its_feature(tmp_path: Path, coordinates: Any, kind: str, reason: str) -> None:
    features = [feature({"ward": 1}, [square(1)]), feature({"ward": 2}, coordinates, kind)]
    with pytest.raises(LayerError, match=reason) as caught:
        import_layer(tmp_path / "layers.db", "wards", geojson(tmp_path / "w.geojson", features))
    assert caught.value.place.field == "feature 2"
    assert Layers(tmp_path / "layers.db").describe() == []


def test_another_coordinate_system_is_refused_wherever_it_is_named(tmp_path: Path) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": [feature({"ward": 1}, [square(0)])]})
    crs = ', "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::26917"}}}'
    with pytest.raises(LayerError, match="WGS 84"):
        import_layer(tmp_path / "layers.db", "wards", text_file(tmp_path / "w.geojson", text[:-1] + crs))


@pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.999])
def test_a_cut_file_is_refused_and_the_old_layer_stays(tmp_path: Path, part: float) -> None:
    whole = wards_file(tmp_path)
    layers, _ = loaded(tmp_path, wards=whole)
    text = whole.read_text()
    with pytest.raises(LayerError, match="cut"):
        import_layer(
            tmp_path / "layers.db", "wards", text_file(tmp_path / "cut.geojson", text[: int(len(text) * part)])
        )
    assert layers.place_of(43.25, -79.75).ward == "02"


def test_a_syntax_fault_is_told_with_row_and_column(tmp_path: Path) -> None:
    text = '{"type": "FeatureCollection",\n "features": [\n  {"type" "Feature"}, ' + " " * 60 + "]}"
    with pytest.raises(LayerError, match="no JSON") as caught:
        import_layer(tmp_path / "layers.db", "wards", text_file(tmp_path / "w.geojson", text))
    assert (caught.value.place.row, caught.value.place.column) == (3, "11")


def test_one_feature_a_line_is_read_as_well(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(feature({"ward": n}, [square(n)])) for n in range(1, 4))
    _, reports = loaded(tmp_path, wards=text_file(tmp_path / "w.geojson", "\ufeff" + lines))
    assert reports["wards"].rows == 3


def test_a_ward_in_two_features_is_reported_and_works(tmp_path: Path) -> None:
    features = [feature({"ward": 4}, [square(0)]), feature({"ward": "4"}, [square(3)])]
    layers, reports = loaded(tmp_path, wards=geojson(tmp_path / "w.geojson", features))
    assert reports["wards"].doubled_ids == 1
    assert layers.place_of(43.25, -79.85).ward == layers.place_of(43.25, -79.55).ward == "04"


def test_ward_and_day_codes() -> None:
    assert [ward_code(text) for text in ("8", "08", "8.0", "Ward 8", " ward 08", "East", "")] == [
        *["08"] * 5,
        "East",
        "",
    ]
    assert [day_code(text) for text in ("Monday", "MON", "lundi", "Bi-weekly")] == ["mon", "mon", "mon", "Bi-weekly"]


def test_outlines_lose_points_with_the_scale_but_never_an_area(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, wards=shared_data("hamilton_wards.geojson"))
    box = (-80.5, 43.0, -79.0, 43.6)
    sizes = []
    for scale in (0.0, 0.0001, 0.001, 0.01):
        outlines = layers.outlines("wards", box, scale)
        assert len(outlines) == 15
        sizes.append(sum(len(ring) for outline in outlines for ring in outline.rings))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < sizes[0] / 20


def test_outlines_outside_the_box_are_not_drawn(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, wards=wards_file(tmp_path))
    assert [outline.code for outline in layers.outlines("wards", (-79.69, 43.21, -79.61, 43.29))] == ["03"]


def test_packed_rings_come_back_as_they_were() -> None:
    rings = [[1.5, 2.5, 3.5, 4.5], [], [-79.123456789, 43.1]]
    assert [list(ring) for ring in unpack(pack(rings))] == rings


coordinates = st.tuples(st.floats(-2, 12), st.floats(-2, 12))
polygons = st.lists(coordinates, min_size=3, max_size=8).map(lambda points: shapely.MultiPoint(points).convex_hull)


@settings(deadline=None, max_examples=150)
@given(
    shapes=st.lists(polygons.filter(lambda shape: shape.geom_type == "Polygon"), min_size=1, max_size=5),
    points=st.lists(coordinates, min_size=1, max_size=30),
)
def test_locating_agrees_with_shapely_point_by_point(
    shapes: list[shapely.Polygon], points: list[tuple[float, float]]
) -> None:
    areas = Areas([str(n) for n in range(len(shapes))], [{}] * len(shapes), shapes)
    lons, lats = np.array(points).T
    expected = [
        next((n for n, shape in enumerate(shapes) if shape.intersects(shapely.Point(point))), -1) for point in points
    ]
    assert areas.locate(lons, lats).tolist() == expected
    assert [areas.at(lat, lon) for lon, lat in points] == [None if n < 0 else n for n in expected]
