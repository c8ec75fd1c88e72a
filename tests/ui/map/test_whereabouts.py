"""A place on the map in words: by address, else by street, with its ward."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp import texts
from fieldapp.places import Layers
from tests.support.places import feature, geojson, loaded, text_file, wards_file
from ui.map.projection import Point
from ui.map.whereabouts import near, whereabouts

HOUSE, ROAD, NOWHERE = Point(43.25, -79.86), Point(43.2510, -79.87), Point(43.28, -79.86)


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    folder = tmp_path_factory.mktemp("layers")
    king = feature({"STREET_NAME": "King Street"}, [[-79.88, 43.25], [-79.85, 43.25]], "LineString")
    addresses = text_file(folder / "a.csv", "number,street,lon,lat\n12,King Street,-79.86,43.2502\n")
    return loaded(
        folder,
        wards=wards_file(folder),
        streets=geojson(folder / "streets.geojson", [king]),
        addresses=addresses,
    )[0]


@pytest.mark.parametrize(("point", "said"), [(HOUSE, "near 12 King Street"), (ROAD, "near King Street"), (NOWHERE, "")])
def test_an_address_names_a_place_and_else_its_street(layers: Layers, point: Point, said: str) -> None:
    assert near(layers, point) == said


def test_the_ward_is_said_first(layers: Layers) -> None:
    assert whereabouts(layers, ROAD) == "Ward 1 · near King Street"
    assert whereabouts(layers, NOWHERE) == "Ward 1"


def test_where_nothing_is_known_nothing_is_said(tmp_path: Path) -> None:
    assert whereabouts(Layers(tmp_path / "none.db"), ROAD) == ""
    assert near(None, ROAD) == ""


def test_in_french(layers: Layers) -> None:
    texts.use("fr")
    try:
        assert whereabouts(layers, ROAD) == "Quartier 1 · près de King Street"
    finally:
        texts.use("en")
