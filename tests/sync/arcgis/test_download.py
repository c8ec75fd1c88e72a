"""A layer of a map server as a GeoJSON file: whole, in order, in degrees, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from fieldapp.errors import (
    BusyError,
    GatewayError,
    OfflineError,
    ProtocolError,
    RefusedError,
    SignInError,
)
from sync.arcgis.download import ChangedError, Wanted, download
from sync.arcgis.layer import layer_at
from sync.arcgis.line import Line
from tests.support.arcgis import MapLayer, MapServer
from tests.sync.arcgis.conftest import ADDRESSES, WARDS


def fetched(line: Line, name: str, file: Path, **wanted: Any) -> list[dict[str, Any]]:
    """The features of a layer by its name."""
    download(line, layer_at(line, name), file, Wanted(**wanted))
    features: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["features"]
    return features


def changed(server: MapServer, **more: Any) -> MapLayer:
    """The layer of addresses, other than it was."""
    layer = server.layers[ADDRESSES]
    for name, value in more.items():
        setattr(layer, name, value)
    return layer


def numbers(features: list[dict[str, Any]]) -> list[int]:
    return [one["properties"]["OBJECTID"] for one in features]


def test_all_pages_come_in_order_and_in_degrees(server: MapServer, line: Line, tmp_path: Path) -> None:
    features = fetched(line, "Addresses", tmp_path / "a")
    assert numbers(features) == list(range(1, 26))
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [-79.8899, 43.25]}
    offsets = [question["resultOffset"] for _, _, question in server.asked if "resultOffset" in question]
    assert offsets == ["0", "10", "20"]


def test_a_short_page_is_not_the_last_while_the_flag_says_more(server: MapServer, line: Line, tmp_path: Path) -> None:
    changed(server, heavy=4)
    assert len(fetched(line, "Addresses", tmp_path / "a")) == 25


def test_a_server_without_offsets_is_asked_by_numbers_in_a_form(server: MapServer, line: Line, tmp_path: Path) -> None:
    rows = [(n * 1_000_000, {"NUMBER": str(n), "STREET": "King"}, {"x": -79.8, "y": 43.2}) for n in range(700)]
    changed(server, paged=False, rows=rows, limit=500)
    assert len(fetched(line, "Addresses", tmp_path / "a")) == 700
    asked = [method for method, _, question in server.asked if "objectIds" in question]
    assert asked == ["POST", "POST"]


def test_codes_become_words_and_times_iso(server: MapServer, line: Line, tmp_path: Path) -> None:
    changed(server).rows[-1][1]["BUILT"] = -86_400_000
    features = fetched(line, "Addresses", tmp_path / "a", columns={"number": "NUMBER"})
    assert features[0]["properties"] == {
        "OBJECTID": 1, "number": "1", "STREET": "Main St W", "USE": "Residential", "BUILT": "1969-12-31T00:00:00Z",
    }  # fmt: skip


def test_the_same_rows_make_the_same_file(server: MapServer, line: Line, tmp_path: Path) -> None:
    fetched(line, "Addresses", tmp_path / "a")
    changed(server, paged=False, limit=7)
    fetched(line, "Addresses", tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"code": 499, "message": "Token Required"}, SignInError),
        ({"code": 498, "message": "Invalid token."}, SignInError),
        ({"code": 400, "message": "Cannot perform query.", "details": ["Invalid\nSQL\x1b[31m"]}, GatewayError),
        ({"code": 503, "message": "Service stopped"}, BusyError),
        ({"code": [499], "message": "odd"}, GatewayError),
    ],
)
def test_an_error_with_status_200_is_an_error(
    server: MapServer, line: Line, tmp_path: Path, error: dict[str, Any], kind: type[Exception]
) -> None:
    server.faults = dict.fromkeys(range(4, 9), (200, {"error": error}))
    with pytest.raises(kind) as caught:
        fetched(line, "Addresses", tmp_path / "a")
    assert "\x1b" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_stumble_of_the_server_costs_nothing(server: MapServer, line: Line, tmp_path: Path) -> None:
    server.faults = {4: (503, ""), 6: (200, {"error": {"code": 504, "message": "Timeout"}}), 8: (502, "<html>")}
    assert len(fetched(line, "Addresses", tmp_path / "a")) == 25


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, "<html>Sign in to the guest network</html>"), ProtocolError),
        ((302, "<html>"), GatewayError),
        ((200, {"features": "many", "count": 25}), ProtocolError),
        ((200, {"features": [], "exceededTransferLimit": True}), ProtocolError),
        ((200, {"features": [{"attributes": {}}]}), ProtocolError),
        ((200, {"spatialReference": {"wkid": 26917}, "features": []}), ProtocolError),
        ((502, "<html>"), OfflineError),
    ],
)
def test_what_is_no_answer_is_refused(
    server: MapServer, line: Line, tmp_path: Path, answer: tuple[int, Any], kind: type[Exception]
) -> None:
    server.faults = dict.fromkeys(range(4, 9), answer)
    with pytest.raises(kind):
        fetched(line, "Addresses", tmp_path / "a")


def test_a_layer_that_loses_a_row_while_it_is_read_is_not_taken(server: MapServer, line: Line, tmp_path: Path) -> None:
    layer = layer_at(line, "Addresses")

    def lose_one(done: int, _all: int) -> None:
        if done == 10:  # the first page is here: all later rows move up, and one is never seen
            server.layers[ADDRESSES].rows.pop()

    with pytest.raises(ChangedError):
        download(line, layer, tmp_path / "a", progress=lose_one)


def test_a_page_that_comes_twice_is_not_taken(server: MapServer, line: Line, tmp_path: Path) -> None:
    first = {"attributes": {"OBJECTID": 1}, "geometry": {"x": -79.8, "y": 43.2}}
    server.faults = {5: (200, {"features": [first], "exceededTransferLimit": True})}
    with pytest.raises(ChangedError):
        fetched(line, "Addresses", tmp_path / "a")


def test_an_empty_layer_is_not_taken(server: MapServer, line: Line, tmp_path: Path) -> None:
    changed(server, rows=[])
    with pytest.raises(RefusedError, match="0 rows"):
        fetched(line, "Addresses", tmp_path / "a")


def test_a_layer_is_found_by_its_address_or_by_its_name(server: MapServer, line: Line) -> None:
    there = Line(f"{server.url}/{WARDS}/?f=html")
    assert layer_at(there).fields == layer_at(line, "wards").fields
    there.close()
    with pytest.raises(RefusedError, match="“Wards” \\(15\\), “Addresses” \\(19\\)"):
        layer_at(line, "Parcels")
    with pytest.raises(RefusedError, match="Wards"):
        layer_at(line)


def test_a_token_goes_in_a_header_alone(server: MapServer) -> None:
    word = server.token = str(uuid4())
    signed = Line(server.url, word)
    assert layer_at(signed, "Wards").name == "Wards"
    signed.close()
    assert word not in str(server.asked)


def test_the_day_is_that_of_the_last_edit_in_the_city(server: MapServer, line: Line) -> None:
    changed(server, edited=1_764_550_800_000)  # 2025-12-01T01:00Z is still November in Hamilton
    assert layer_at(line, "Addresses").edited == "2025-11-30"


def test_an_open_address_is_refused() -> None:
    with pytest.raises(RefusedError, match="https"):
        Line("http://maps.example/rest/services/Wards/MapServer")
