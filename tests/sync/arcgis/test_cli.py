"""`fieldapp arcgis`: a layer of a map server in the reference layers, or the one before untouched."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

import sync.cli
from fieldapp.errors import FieldAppError, LayerError, RefusedError
from fieldapp.places import Layers, import_layer
from sync.arcgis.layer import LINE
from tests.support.arcgis import MapLayer, MapServer, columns
from tests.support.places import wards_file
from tests.sync.arcgis.conftest import ADDRESSES, WARDS


def main(*arguments: object) -> int:
    """The program's parser with this layer's commands."""
    parser = ArgumentParser()
    sync.cli.add_commands(parser.add_subparsers())
    options = parser.parse_args(["arcgis", *map(str, arguments)])
    return int(options.run(options))


def test_wards_of_a_map_server_are_the_layer(
    server: MapServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.layers[WARDS].edited = 1_764_550_800_000
    url = f"{server.url}/{WARDS}"
    assert main("get", "wards", url, "--column", "ward=WRD_NO", "--home", tmp_path, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["rows"], report["as_of"]) == (3, "2025-11-30")
    assert report["source"] == f"City of Hamilton ({url})"
    assert Layers(tmp_path / "layers.db").wards_at(43.25, -79.85)[0] == "01"


def test_addresses_are_found_after_the_command(server: MapServer, tmp_path: Path) -> None:
    main("get", "addresses", server.url, "--layer", "addresses", "--home", tmp_path)
    assert [one.label for one in Layers(tmp_path / "layers.db").search_addresses("17 main")] == ["17 Main St W"]


def test_streets_of_a_map_server_come_with_their_names_and_classes(server: MapServer, tmp_path: Path) -> None:
    rows = [
        (1, {"ST_NAME": "King Street", "CLASS": "Arterial"}, {"paths": [[[-79.87, 43.25], [-79.86, 43.25]]]}),
        (2, {"ST_NAME": "King Street", "CLASS": "Arterial"}, {"paths": [[[-79.86, 43.25], [-79.85, 43.25]]]}),
        (3, {"ST_NAME": "Elm Lane", "CLASS": "Local"}, None),
    ]
    server.layers[7] = MapLayer("Centreline", LINE, columns("ST_NAME", "CLASS"), list(rows))
    main("get", "streets", f"{server.url}/7", "--column", "street_name=ST_NAME", "--home", tmp_path)
    layers = Layers(tmp_path / "layers.db")
    found = layers.streets((-80.0, 43.0, -79.0, 44.0), 0.002)
    assert [(one.name, list(one.line)) for one in found] == [("King Street", [-79.87, 43.25, -79.85, 43.25])]
    assert layers.describe()[0].details["bad_rows"] == 1


@pytest.mark.parametrize("fault", [1, 2, 3, 4, 5, 6, 7])
def test_the_layer_before_stays_wherever_it_fails(server: MapServer, tmp_path: Path, fault: int) -> None:
    import_layer(tmp_path / "layers.db", "wards", wards_file(tmp_path, 5))
    kept = tmp_path / "kept.geojson"
    kept.write_text("before", "utf-8")
    server.layers[WARDS].limit = 2
    server.faults = {fault: (200, {"error": {"code": 500, "message": "Error performing query"}})}
    arguments = ("get", "wards", server.url, "--layer", "Wards", "--column", "ward=WRD_NO", "--home", tmp_path)
    if fault == 7:  # there are six requests: nothing fails
        assert main(*arguments, "--keep", kept) == 0
    else:
        with pytest.raises(FieldAppError):
            main(*arguments, "--keep", kept)
    assert [one.rows for one in Layers(tmp_path / "layers.db").describe()] == [3 if fault == 7 else 5]
    assert (kept.read_text("utf-8") == "before") == (fault != 7)
    assert {path.name for path in tmp_path.iterdir()} <= {"kept.geojson", "layers.db", "wards5.geojson"}


def test_what_the_importer_refuses_leaves_the_layer_before(server: MapServer, tmp_path: Path) -> None:
    import_layer(tmp_path / "layers.db", "wards", wards_file(tmp_path, 5))
    server.layers[WARDS].rows[1] = (2, {"WRD_NO": "Ward 2"}, None)
    with pytest.raises(LayerError, match="geometry"):
        main("get", "wards", f"{server.url}/{WARDS}", "--column", "ward=WRD_NO", "--home", tmp_path)
    assert [one.rows for one in Layers(tmp_path / "layers.db").describe()] == [5]


@pytest.mark.parametrize(
    ("kind", "layer", "column", "said"),
    [
        ("wards", WARDS, (), "has no column ward / "),
        ("wards", WARDS, ("--column", "ward=WARD"), "has no column WARD; .*OBJECTID, WRD_NO"),
        ("wards", ADDRESSES, ("--column", "ward=USE"), "has points"),
        ("wards", WARDS, ("--column", "ward"), "OURS=THEIRS"),
        ("streets", ADDRESSES, (), "has no lines"),
    ],
)
def test_a_layer_that_does_not_fit_is_refused_before_its_rows(
    server: MapServer, tmp_path: Path, kind: str, layer: int, column: tuple[str, ...], said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        main("get", kind, f"{server.url}/{layer}", *column, "--home", tmp_path)
    assert not [path for _, path, _ in server.asked if path.endswith("query")]


def test_list_says_what_is_there(server: MapServer, capsys: pytest.CaptureFixture[str]) -> None:
    main("list", server.url)
    assert capsys.readouterr().out.splitlines() == ["15  Wards  (Feature Layer)", "19  Addresses  (Feature Layer)"]
    main("list", f"{server.url}/{WARDS}")
    assert capsys.readouterr().out.splitlines() == ["Wards  (Polygon)", "  OBJECTID", "  WRD_NO"]


def test_find_gives_the_likeliest_place_first(server: MapServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.candidates = [
        {"address": "71 MAIN ST E", "location": {"x": -79.86, "y": 43.25}, "score": 88.5},
        {"address": "71 MAIN ST W", "location": {"x": -79.87, "y": 43.26}, "score": 100},
        {"address": "71 MAIN ST", "location": {"x": "NaN", "y": "NaN"}, "score": 70},
    ]
    assert main("find", server.url, "71 Main St", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["address"] for one in found] == ["71 MAIN ST W", "71 MAIN ST E"]
    main("find", server.url, "9 Nowhere")
    assert capsys.readouterr().out == "0 places\n"
