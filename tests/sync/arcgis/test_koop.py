"""The same against Koop, a server of ArcGIS's kind that Esri's own people wrote."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import shape

from sync.arcgis.download import download
from sync.arcgis.layer import layer_at
from sync.arcgis.line import Line
from sync.arcgis.query import pages
from tests.support.node import UnavailableError, running
from tests.support.places import feature, geojson, square

HERE = Path(__file__).parent / "koop"
ADDRESSES, LIMIT = 95, 40


def files(folder: Path) -> list[Path]:
    """A ward with a hole and one of two parts; more addresses than go into two pages."""
    wards = [
        feature({"OBJECTID": 1, "WARD": 1}, [square(0), square(1, 1, side=0.03)]),
        feature({"OBJECTID": 2, "WARD": 2}, [[square(1)], [square(3)]], "MultiPolygon"),
    ]
    addresses = [
        feature({"OBJECTID": n, "NUMBER": n, "STREET": "Main St W"}, [-79.89 + n / 1e4, 43.25], "Point")
        for n in range(ADDRESSES, 0, -1)
    ]
    about = {"idField": "OBJECTID", "maxRecordCount": LIMIT}
    return [
        geojson(folder / "wards", wards, metadata={"name": "Wards", **about}),
        geojson(folder / "addresses", addresses, metadata={"name": "Addresses", **about}),
    ]


def served(file: Path) -> dict[int, tuple[dict[str, Any], Any]]:
    """What a file holds by its rows' numbers: properties, shape."""
    features = json.loads(file.read_text("utf-8"))["features"]
    return {one["properties"]["OBJECTID"]: (one["properties"], shape(one["geometry"])) for one in features}


@pytest.mark.soak  # not for its second, but for the minute of npm before it
def test_koops_layers_arrive_as_they_are(tmp_path: Path) -> None:
    given = files(tmp_path)
    with ExitStack() as stack:
        try:
            address = stack.enter_context(running(HERE, "koop", "koop.js", *map(str, given)))
        except UnavailableError as why:
            pytest.skip(f"NOT TESTED against Koop: {why}")
        line = Line(address)
        stack.callback(line.close)
        for name, file in zip(("Wards", "Addresses"), given, strict=True):
            download(line, layer_at(line, name), tmp_path / "got")
            wanted, got = served(file), served(tmp_path / "got")
            assert list(got) == sorted(wanted)
            assert all(got[n][0] == wanted[n][0] and got[n][1].equals(wanted[n][1]) for n in wanted)
        assert [len(page) for page in pages(line, layer_at(line, "Addresses"))] == [40, 40, 15]
