"""`Layers` as the rest of the program uses it: without a file, from many threads, as the data behind forms."""

from __future__ import annotations

from collections.abc import Sized
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from fieldapp.clock import CITY_ZONE
from fieldapp.places import Layers, Place, Stop, import_layer
from fieldapp.places.lookups import board, property_at
from fieldapp.places.near import metres_between
from tests.support.places import feature, feed_file, geojson, loaded, square, text_file, wards_file

PARCELS = "parcel_id,lon,lat,use\n" + "".join(f"p{n},{-79.9 + n / 5000:.5f},43.25,u{n % 3}\n" for n in range(1200))


def test_without_a_file_every_answer_is_empty(tmp_path: Path) -> None:
    layers = Layers(tmp_path / "none" / "layers.db")
    stop, box, now = Stop(1, "1", "", 43.2, -79.8, ""), (-80.0, 43.0, -79.0, 44.0), datetime.now(CITY_ZONE)
    assert layers.place_of(43.2, -79.8) == Place()
    assert layers.value("wards", "ward", "geometry", "43.2 -79.8") == ""
    answers: list[Sized] = [
        layers.describe(),
        layers.rows("wards"),
        layers.search_addresses("1 k"),
        layers.addresses_near(43.2, -79.8),
        layers.parcels_near(43.2, -79.8),
        layers.stops_near(43.2, -79.8),
        layers.search_stops("1"),
        layers.departures(stop, now),
        layers.routes_at(stop),
        layers.outlines("wards", box),
        layers.markers("parcels", box),
    ]
    assert [len(answer) for answer in answers] == [0] * len(answers)
    assert layers.timetable() is None
    assert board(layers, stop, now) is None
    assert not (tmp_path / "none").exists()


def test_layers_appear_when_they_are_imported(tmp_path: Path) -> None:
    layers = Layers(tmp_path / "layers.db")
    assert layers.place_of(43.25, -79.85).ward == ""
    import_layer(tmp_path / "layers.db", "wards", wards_file(tmp_path))
    assert layers.place_of(43.25, -79.85).ward == "01"


def test_a_form_s_point_finds_its_ward(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, wards=wards_file(tmp_path), rural=wards_file(tmp_path, 1))
    assert layers.value("wards", "ward", "geometry", "43.25 -79.75 101.5 4.2") == "02"
    assert layers.value("rural", "rural", "geometry", "43.25 -79.85") == "yes"
    assert layers.value("rural", "rural", "geometry", "43.25 -79.75") == ""


@pytest.mark.parametrize("key", ["", "here", "43.2", "nan nan", "999 999"])
def test_what_is_no_point_has_no_ward(tmp_path: Path, key: str) -> None:
    layers, _ = loaded(tmp_path, wards=wards_file(tmp_path))
    assert layers.value("wards", "ward", "geometry", key) == ""


def test_a_form_s_key_finds_its_row(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, parcels=text_file(tmp_path / "p.csv", PARCELS))
    assert layers.value("parcels", "use", "parcel_id", "p4") == "u1"
    assert layers.value("parcels", "parcel_id", "use", "u2") == "p2"
    assert layers.value("parcels", "none", "parcel_id", "p4") == ""
    assert layers.value("parcels", "use", 'none"', "p4") == ""
    assert layers.value("trees", "use", "parcel_id", "p4") == ""


def test_rows_are_read_as_they_are_looked_at(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, parcels=text_file(tmp_path / "p.csv", PARCELS))
    rows = layers.rows("parcels")
    assert len(rows) == 1200
    assert (rows[0]["parcel_id"], rows[-1]["use"], rows[700]["parcel"]) == ("p0", "u2", "p700")
    assert [row["parcel_id"] for row in rows] == [f"p{n}" for n in range(1200)]
    with pytest.raises(IndexError):
        rows[1200]


def test_nearest_agrees_with_measuring_all(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, parcels=text_file(tmp_path / "p.csv", PARCELS))
    everything = sorted(layers.rows("parcels"), key=lambda row: abs(float(row["lon"]) + 79.80003))
    found = layers.parcels_near(43.25, -79.80003, limit=7, within=500)
    assert [parcel.parcel for parcel in found] == [row["parcel"] for row in everything[:7]]
    assert [parcel.metres for parcel in found] == sorted(parcel.metres for parcel in found)


def test_nothing_farther_than_asked(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, parcels=text_file(tmp_path / "p.csv", "parcel_id,lon,lat\n1,-79.9,43.25\n"))
    assert layers.parcels_near(43.26, -79.9, within=1000) == []
    assert len(layers.parcels_near(43.26, -79.9, within=1200)) == 1


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert metres_between(43, -79, 44, -79) == pytest.approx(111_320)
    assert metres_between(43.25, -79.8, 43.25, -79.7) == pytest.approx(8108, rel=0.001)


def test_markers_lie_in_the_box(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, parcels=text_file(tmp_path / "p.csv", PARCELS))
    found = layers.markers("parcels", (-79.8, 43.2, -79.79, 43.3))
    assert [marker.label for marker in found] == [f"p{n}" for n in range(500, 551)]
    assert len(layers.markers("parcels", (-80, 43, -79, 44), limit=10)) == 10
    assert layers.crowded("parcels", (-80, 43, -79, 44), 10)
    assert not layers.crowded("parcels", (-79.8, 43.2, -79.79, 43.3), len(found) + 10)
    assert not layers.crowded("wards", (-80, 43, -79, 44), 1)


def test_a_property_brings_everything_together(tmp_path: Path) -> None:
    zones = geojson(tmp_path / "z.geojson", [feature({"day": "Thursday"}, [square(0)])])
    addresses = text_file(tmp_path / "a.csv", "number,street,city,lon,lat\n4,Mill Lane,Dundas,-79.85,43.25\n")
    layers, _ = loaded(tmp_path, wards=wards_file(tmp_path), collection=zones, addresses=addresses)
    found = property_at(layers, 43.2501, -79.85)
    assert found.place == Place("01", rural=False, community="Dundas")
    assert found.collection_day == "thu"
    assert [address.label for address in found.addresses] == ["4 Mill Lane, Dundas"]


def test_readers_never_see_a_layer_half_imported(tmp_path: Path) -> None:
    wards = wards_file(tmp_path)
    big = text_file(tmp_path / "big.csv", PARCELS)
    small = text_file(tmp_path / "small.csv", PARCELS[: PARCELS.index("p600,")])
    layers, _ = loaded(tmp_path, wards=wards, parcels=big)

    def read(_: int) -> set[tuple[str, int]]:
        return {(layers.place_of(43.25, -79.85).ward, len(layers.rows("parcels"))) for _ in range(60)}

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(read, n) for n in range(4)]
        for file in (small, big, small, big):
            import_layer(tmp_path / "layers.db", "parcels", file)
            import_layer(tmp_path / "layers.db", "wards", wards)
        seen = set().union(*(answer.result() for answer in answers))
    assert seen <= {("01", 600), ("01", 1200)}
    layers.close()


def test_routes_are_a_table_for_forms(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip"))
    assert list(layers.rows("routes")) == [{"id": "1", "route": "1", "name": "King", "label": "1 King"}]
    assert layers.value("routes", "label", "route", "1") == "1 King"
    assert layers.value("routes", "colour of the bus", "route", "1") == ""
    assert list(Layers(tmp_path / "none.db").rows("routes")) == []
