"""Files beside a form as tables: GeoJSON, XML, CSV; what cannot be read is refused with its name and the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fieldapp.errors import FormError
from fieldapp.forms.tables.files import found, of_file


def geojson(*features: dict[str, Any]) -> str:
    """A FeatureCollection."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def feature(kind: str, points: object, **properties: object) -> dict[str, Any]:
    """One feature."""
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": points}, "properties": properties}


def rows(folder: Path, name: str, content: str) -> list[dict[str, str]]:
    """The rows of a file with this content."""
    (folder / name).write_text(content, "utf-8")
    table = of_file(f"jr://file/{name}", [folder])
    assert table is not None
    return [row.cells() for row in table.rows(("root", "item"))]


def test_geojson_shapes_are_written_as_odk_does(tmp_path: Path) -> None:
    content = geojson(
        feature("Point", [-79.8, 43.2], id="p", n=2, gone=None, yes=True),
        feature("LineString", [[1, 2], [3, 4, 5]]),
        feature("Polygon", [[[1, 2], [3, 4], [5, 6], [1, 2]]]),
    )
    first, line, area = rows(tmp_path, "a.geojson", content)
    assert first == {"geometry": "43.2 -79.8 0 0", "id": "p", "n": "2", "yes": "true"}
    assert line["geometry"] == "2 1 0 0; 4 3 5 0"
    assert area["geometry"] == "2 1 0 0; 4 3 0 0; 6 5 0 0; 2 1 0 0"


def test_the_id_of_a_feature_comes_before_that_of_its_properties(tmp_path: Path) -> None:
    own = {"id": 7} | feature("Point", [1, 2], id="p")
    assert rows(tmp_path, "a.geojson", geojson(own))[0]["id"] == "7"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.geojson", geojson(feature("MultiPoint", [[1, 2]])), "MultiPoint"),
        ("a.geojson", "{", "cannot be read"),
        ("a.geojson", "[]", "FeatureCollection"),
        ("a.geojson", '{"features": 3}', "cannot be read"),
        ("a.geojson", '{"features": [3]}', "cannot be read"),
        ("a.xml", "<a><b></a>", "cannot be read"),
        ("a.xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "entities"),
        ("a.csv", "", "columns"),
        ("a.csv", 'a,b\n"' + "x" * 200_000, "field larger"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: str, reason: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(FormError, match=reason) as error:
        of_file(f"jr://file/{name}", [tmp_path])
    assert error.value.place.file == name


def test_xml_keeps_its_own_names_and_attributes(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<trees><tree kind='oak'><high>12</high></tree></trees>", "utf-8")
    table = of_file("jr://file/a.xml", [tmp_path])
    assert table is not None
    (tree,) = table.rows(("trees", "tree"))
    assert (tree.cell("@kind"), tree.cell("high")) == ("oak", "12")


@pytest.mark.parametrize("source", ["jr://file/", "..", "jr://file/..", "a/../..", "", "jr://file-csv/none.csv"])
def test_no_file_outside_the_folders(tmp_path: Path, source: str) -> None:
    assert found(source, [tmp_path]) is None


def test_a_missing_file_is_no_error(tmp_path: Path) -> None:
    assert of_file("jr://file-csv/none.csv", [tmp_path]) is None
