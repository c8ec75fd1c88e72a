"""Streets: what is accepted, what is counted as bad, how stretches become streets, and which street is near."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from fieldapp.errors import LayerError, Place
from fieldapp.places import Layers, import_layer
from fieldapp.places.imports.shapes import lines_of
from fieldapp.places.imports.streets import LONGEST, road_class
from tests.support.places import feature, geojson, loaded, text_file

EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)
NEAR, DISTRICT, CITY = 0.00001, 0.0003, 0.002  # degrees a px: about 1 m, 33 m, 220 m
KING = [[-79.87, 43.25], [-79.86, 43.25]]
KING_ON = [[-79.86, 43.25], [-79.85, 43.2501]]
BAY = [[-79.86, 43.24], [-79.86, 43.26]]


def street(line: Any, name: str = "King Street", kind: str = "LineString", **more: Any) -> dict[str, Any]:
    return feature({"STREET_NAME": name, **more}, line, kind)


def streets_file(folder: Path, *features: dict[str, Any]) -> Path:
    return geojson(folder / "streets.geojson", features)


def small_town(folder: Path) -> Path:
    return streets_file(
        folder,
        street(KING, ROAD_CLASS="Major Arterial"),
        street(KING_ON, ROAD_CLASS="Major Arterial"),
        street(BAY, "Bay Street", ROAD_CLASS="Collector"),
        street([[-79.865, 43.25], [-79.865, 43.26]], "Elm Lane", ROAD_CLASS="Local"),
    )


def test_stretches_of_a_street_become_one_line(tmp_path: Path) -> None:
    layers, reports = loaded(tmp_path, streets=small_town(tmp_path))
    king = [one for one in layers.streets(EVERYWHERE) if one.name == "King Street"]
    assert [list(one.line) for one in king] == [[-79.87, 43.25, -79.86, 43.25, -79.85, 43.2501]]
    assert (reports["streets"].rows, reports["streets"].counts["streets"]) == (4, 3)
    assert reports["streets"].counts["arterial"] == 2


@pytest.mark.parametrize(
    ("scale", "roads"),
    [(NEAR, ["local", "collector", "arterial"]), (DISTRICT, ["collector", "arterial"]), (CITY, ["arterial"])],
)
def test_from_afar_only_the_greater_roads_are_there(tmp_path: Path, scale: float, roads: list[str]) -> None:
    layers, _ = loaded(tmp_path, streets=small_town(tmp_path))
    assert [one.road for one in layers.streets(EVERYWHERE, scale)] == roads


def test_only_what_comes_into_the_box_is_read(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, streets=small_town(tmp_path))
    assert [one.name for one in layers.streets((-79.852, 43.2495, -79.851, 43.2505))] == ["King Street"]


def test_a_multilinestring_is_one_row_and_a_height_is_passed_over(tmp_path: Path) -> None:
    both = street([[[-79.9, 43.2, 101.5], [-79.8, 43.2, 99]], [[-79.7, 43.2], [-79.6, 43.2]]], kind="MultiLineString")
    layers, reports = loaded(tmp_path, streets=streets_file(tmp_path, both))
    assert reports["streets"].rows == 1
    assert len(layers.streets(EVERYWHERE)) == 2


BAD = [
    ([[-79.9, 43.2]], "LineString", "no length"),
    ([[-79.9, 43.2], [-79.9, 43.2]], "LineString", "no length"),
    ([], "LineString", "no length"),
    ([[590000, 4790000], [591000, 4790000]], "LineString", "metres"),
    ([[0, 0], [-79.9, 43.2]], "LineString", "no longitude"),
    ([["a", "b"], ["c", "d"]], "LineString", "no position"),
    ([[1], [2]], "LineString", "no position"),
    (7, "LineString", "no position"),
    ([], "MultiLineString", "not a line"),
    ([-79.9, 43.2], "Point", "not a line"),
]


@pytest.mark.parametrize(("line", "kind", "reason"), BAD)
def test_a_line_that_cannot_be_used_says_why(line: Any, kind: str, reason: str) -> None:
    with pytest.raises(LayerError, match=reason):
        lines_of({"type": kind, "coordinates": line}, Place(row=2))


def test_bad_lines_are_counted_with_their_place_and_the_others_are_taken(tmp_path: Path) -> None:
    bad = street([[590000, 4790000], [591000, 4790000]], "Bad")
    layers, reports = loaded(tmp_path, streets=streets_file(tmp_path, street(KING), bad))
    assert (reports["streets"].rows, reports["streets"].bad_rows) == (1, 1)
    assert "feature 2" in reports["streets"].bad_samples[0]
    assert "metres" in reports["streets"].bad_samples[0]
    assert [one.name for one in layers.streets(EVERYWHERE)] == ["King Street"]


def test_a_file_of_bad_lines_is_refused_and_the_streets_before_stay(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, streets=small_town(tmp_path))
    bad = geojson(tmp_path / "bad.geojson", [street(line, kind=kind) for line, kind, _ in BAD])
    with pytest.raises(LayerError, match="refused"):
        import_layer(layers.path, "streets", bad)
    assert len(layers.streets(EVERYWHERE)) == 3
    assert len(layers.rows("streets")) == 4


def test_a_cut_file_leaves_the_streets_before(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, streets=small_town(tmp_path))
    text = (tmp_path / "streets.geojson").read_text("utf-8")
    with pytest.raises(LayerError, match="cut"):
        import_layer(layers.path, "streets", text_file(tmp_path / "cut.geojson", text[:-40]))
    assert len(layers.streets(EVERYWHERE)) == 3


def test_new_streets_replace_those_before(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, streets=small_town(tmp_path))
    report = import_layer(layers.path, "streets", geojson(tmp_path / "new.geojson", [street(BAY, "Bay Street")]))
    assert [one.name for one in layers.streets(EVERYWHERE)] == ["Bay Street"]
    assert "The layer had 4 rows before: is the file whole?" in report.notes


def test_without_names_or_classes_the_report_says_so(tmp_path: Path) -> None:
    _, reports = loaded(tmp_path, streets=geojson(tmp_path / "s.geojson", [feature({"FID": 1}, KING, "LineString")]))
    assert [note.split(":")[0] for note in reports["streets"].notes] == [
        "No column says which streets are main roads",
        "No column says what the streets are called",
    ]


@pytest.mark.parametrize(
    ("said", "road"),
    [
        ("Minor Arterial", "arterial"),
        ("Freeway", "arterial"),
        ("Expressway / Highway", "arterial"),
        ("Autoroute", "arterial"),
        ("primary", "arterial"),
        ("Collectrice", "collector"),
        ("tertiary", "collector"),
        ("Local / Street", "local"),
        ("Major Arterial Ramp", "local"),
        ("motorway_link", "local"),
        ("Alleyway / Lane", "local"),
        ("7", "local"),
        (" ", ""),
    ],
)
def test_classes_as_files_call_them(said: str, road: str) -> None:
    assert road_class(said) == road


def test_a_doubled_id_is_told(tmp_path: Path) -> None:
    twice = [street(KING, OBJECTID=4), street(BAY, OBJECTID=4)]
    _, reports = loaded(tmp_path, streets=streets_file(tmp_path, *twice))
    assert reports["streets"].doubled_ids == 1


def test_a_long_street_is_kept_in_pieces_that_meet(tmp_path: Path) -> None:
    winding = [[-79.9 + n / 10_000, 43.2 + (n % 2) / 1000] for n in range(3 * LONGEST)]
    layers, _ = loaded(tmp_path, streets=streets_file(tmp_path, street(winding)))
    pieces = [one.line for one in layers.streets(EVERYWHERE)]
    assert [len(piece) // 2 for piece in pieces] == [LONGEST, LONGEST, LONGEST, 3]
    assert all(before[-2:] == after[:2] for before, after in itertools.pairwise(pieces))


def test_the_nearest_street_is_named_with_its_distance(tmp_path: Path) -> None:
    unnamed = feature({}, [[-79.87, 43.2512], [-79.86, 43.2512]], "LineString")
    layers, _ = loaded(tmp_path, streets=streets_file(tmp_path, street(KING), street(BAY, "Bay Street"), unnamed))
    near = layers.street_near(43.251, -79.866)
    assert near is not None
    assert (near.name, round(near.metres)) == ("King Street", 111)
    assert layers.street_near(43.251, -79.866, within=100) is None


def test_forms_read_streets_with_all_columns_of_the_file(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, streets=streets_file(tmp_path, street(KING, ROAD_CLASS="Arterial", LANES="4")))
    assert layers.value("streets", "class", "name", "King Street") == "arterial"
    assert layers.value("streets", "LANES", "name", "King Street") == "4"
    assert [row["name"] for row in layers.rows("streets")] == ["King Street"]


def test_streets_and_addresses_do_not_touch_each_other(tmp_path: Path) -> None:
    addresses = text_file(tmp_path / "a.csv", "number,street,lon,lat\n12,King Street,-79.86,43.25\n")
    layers, _ = loaded(tmp_path, streets=small_town(tmp_path), addresses=addresses)
    import_layer(layers.path, "streets", streets_file(tmp_path, street(BAY, "Bay Street")))
    assert [one.label for one in layers.search_addresses("12 king")] == ["12 King Street"]
    assert len(layers.rows("streets")) == 1


def test_a_file_of_layers_from_before_has_no_streets_and_takes_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    layers, _ = loaded(tmp_path, streets=small_town(tmp_path))
    _forget_streets(layers)
    assert layers.streets(EVERYWHERE) == []
    assert layers.street_near(43.25, -79.86) is None
    assert not caplog.records
    import_layer(layers.path, "streets", small_town(tmp_path))
    assert len(layers.streets(EVERYWHERE)) == 3


def _forget_streets(layers: Layers) -> None:
    from fieldapp.places.database import writing

    with writing(layers.path) as connection:
        for table in ("centrelines", "street_lines", "street_lines_box"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM layers WHERE name = 'streets'")


def test_odd_properties_are_taken_as_text(tmp_path: Path) -> None:
    odd = street(KING, "  Rue  des Érables ", ROAD_CLASS=None, MAXSPEED=50)
    layers, _ = loaded(tmp_path, streets=text_file(tmp_path / "one.geojson", json.dumps(odd)))
    assert layers.streets(EVERYWHERE)[0].name == "Rue des Érables"
    assert layers.value("streets", "MAXSPEED", "name", "Rue des Érables") == "50"
