"""The City's layers are published, come with the next sync, are replaced and withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import LayerError
from fieldapp.places import Layers, Report
from fieldapp.store import LAYER, Touched
from sync.gateway.handouts import Handout, hand_out
from sync.wire import REF
from tests.support.coming_layers import (
    ABOUT,
    NEW,
    OLD,
    Seen,
    taking,
    wards,
)
from tests.support.faults import Counting
from tests.support.gateway import CHIEF, City
from tests.support.places import feature, feed_file, geojson, text_file, wards_file
from ui.__main__ import main


def test_a_published_layer_is_on_the_laptop_after_its_next_sync(city: City, layers: Layers, tmp_path: Path) -> None:
    line = Counting()
    laptop = taking(city, layers, line=line)
    laptop.sync()
    assert wards(layers) == OLD
    city.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    heard: list[Touched] = []
    laptop.store.subscribe(heard.append)
    laptop.sync()
    assert wards(layers) == NEW
    here = layers.describe()[0]
    assert (here.source, here.licence, here.file) == ("City of Hamilton", "Open", "wards3.geojson")
    assert layers.area_of("wards", 43.25, -79.65) == "03"
    assert any(one.layers for one in heard)
    line.requests.clear()
    assert laptop.sync().equal
    assert line.requests == ["hello", "pull"]


def test_several_layers_come_with_the_wards_first(far: City, layers: Layers, tmp_path: Path) -> None:
    rows = "id,number,street,city,lon,lat\n1,12,King Street East,Hamilton,-79.65,43.25\n"
    far.service.layers.publish("addresses", text_file(tmp_path / "a.csv", rows), Report("addresses", ""))
    far.service.layers.publish("gtfs", feed_file(tmp_path / "feed.zip"), Report("gtfs", ""))
    king = feature({"STREET_NAME": "King Street"}, [[-79.66, 43.25], [-79.64, 43.25]], "LineString")
    far.service.layers.publish("streets", geojson(tmp_path / "s.geojson", [king]), Report("streets", ""))
    far.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    seen = Seen()
    taking(far, layers, seen=seen).sync()
    assert [one.name for one in seen.layers if one and one.done == 0 and not one.loading] == [
        "wards",
        "addresses",
        "streets",
        "gtfs",
    ]
    assert layers.street_near(43.25, -79.65) is not None
    assert layers.search_addresses("12 king")[0].ward == "03"
    assert layers.timetable() is not None
    assert seen.layers[-1] is None


def test_a_layer_that_only_a_newer_fieldapp_knows_is_left_alone(near: City, layers: Layers) -> None:
    told = {"name": "trees", "as_of": "2026-11-01", "sha256": "1" * 64, "size": "10"}
    strange = {"name": "wards", "as_of": "2026-11-01", "sha256": "../../wards", "size": "10"}
    hand_out(
        near.service.database, REF, [Handout(f"{LAYER}:{n}", LAYER, one) for n, one in enumerate((told, strange))], ""
    )
    line = Counting()
    taking(near, layers, line=line).sync()
    assert "get_layer" not in line.requests
    assert wards(layers) == OLD


def test_a_withdrawn_layer_stays_where_it_is_and_is_sent_no_more(either: City, layers: Layers, tmp_path: Path) -> None:
    city = either
    city.service.layers.publish("wards", wards_file(tmp_path), ABOUT)
    published = city.service.layers.current()[0]
    laptop = taking(city, layers)
    laptop.sync()
    assert city.service.layers.withdraw("wards")
    assert not city.service.layers.withdraw("wards")
    assert laptop.sync().equal
    assert laptop.store.handouts.of(LAYER) == []
    assert wards(layers) == NEW
    assert city.api(CHIEF).get_layer(published.sha256, 0) == b""


def test_a_newer_version_replaces_the_one_before(either: City, layers: Layers, tmp_path: Path) -> None:
    city = either
    laptop = taking(city, layers)
    for count, day in ((3, "2026-11-01"), (4, "2026-11-02")):
        city.service.layers.publish("wards", wards_file(tmp_path, count), Report("wards", "", as_of=day))
        city.service.tell_references()  # a start of the gateway takes nothing back
        laptop.sync()
        assert wards(layers) == (day, count)


def test_what_is_no_layer_is_not_published(near: City, tmp_path: Path) -> None:
    with pytest.raises(LayerError):
        near.service.layers.publish("wards", text_file(tmp_path / "wards.csv", "no,layer\n1,2\n"), ABOUT)
    assert near.service.layers.current() == []


def test_the_command_publishes_lists_and_withdraws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "city")]
    file = str(wards_file(tmp_path))
    assert main(["gateway", "layer", "list", *data]) == 0
    assert "gateway layer publish" in capsys.readouterr().out
    assert main(["gateway", "layer", "publish", "wards", file, "--as-of", "2026-11-01", *data]) == 0
    assert "The City has wards of 2026-11-01. Laptops take it at their next sync." in capsys.readouterr().out
    assert main(["gateway", "layer", "list", *data]) == 0
    assert "wards  2026-11-01  3 rows" in capsys.readouterr().out
    assert main(["gateway", "layer", "publish", "gtfs", file, *data]) == 1
    assert main(["gateway", "layer", "withdraw", "wards", *data]) == 0
    assert main(["gateway", "layer", "withdraw", "wards", *data]) == 1
