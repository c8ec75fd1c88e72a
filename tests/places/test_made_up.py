"""The practice city: the same from the same seed, complete, and inside its own wards."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.places import Layers
from fieldapp.places.lookups import board, property_at
from fieldapp.places.made_up import MadeUpCity, build
from sync.practice.sites import complete
from tests.support.places import loaded, wards_file

EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    path = tmp_path_factory.mktemp("city") / "layers.db"
    reports = build(path, addresses=2000, seed=7, clock=FixedClock())
    assert [report.bad_rows + report.doubled_ids + report.outside_wards for report in reports] == [0] * 7
    return Layers(path)


def test_every_layer_is_there_and_says_that_it_is_made_up(city: Layers) -> None:
    layers = {info.name: info for info in city.describe()}
    assert set(layers) == {"wards", "rural", "collection", "parcels", "addresses", "streets", "gtfs"}
    assert (layers["wards"].rows, layers["addresses"].rows) == (15, 2000)
    assert {info.source for info in layers.values()} == {"Practice city (made up)"}
    assert {info.as_of for info in layers.values()} == {"2026-11-23"}


def test_homes_lie_in_all_wards_some_of_them_rural(city: Layers) -> None:
    rows = list(city.rows("addresses"))
    assert {row["ward"] for row in rows} == {f"{n:02d}" for n in range(1, 16)}
    assert 0 < sum(row["rural"] == "yes" for row in rows) < len(rows) / 2


def test_a_made_up_address_can_be_looked_up(city: Layers) -> None:
    address = city.search_addresses("1")[0]
    found = property_at(city, address.lat, address.lon)
    assert found.addresses[0].label == address.label
    assert found.parcels
    assert found.collection_day in {"mon", "tue", "wed", "thu", "fri"}


def test_every_house_stands_at_its_street(city: Layers) -> None:
    for row in list(city.rows("addresses"))[::40]:
        lat, lon, reach = float(row["lat"]), float(row["lon"]), 0.00013
        around = city.streets((lon - reach, lat - reach, lon + reach, lat + reach))
        assert row["street"] in {one.name for one in around}


def test_streets_hang_together(city: Layers) -> None:
    streets = city.streets(EVERYWHERE)
    through = {one.name: one.line for one in streets if one.road != "local"}
    assert len(through) == 13
    roads: list[tuple[float | None, float | None]] = [
        (lon, None) for name, (lon, *_) in through.items() if name.endswith(" Line")
    ]
    roads += [(None, lat) for name, (_, lat, *_) in through.items() if not name.endswith(" Line")]
    for one in (one for one in streets if one.road == "local"):
        places = list(zip(one.line[0::2], one.line[1::2], strict=True))
        assert any(lon in (x, None) and lat in (y, None) for x, y in places for lon, lat in roads), one.name


def test_a_city_from_before_there_were_streets_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "layers.db"
    build(path, clock=FixedClock(), without={"streets", "gtfs", "collection"})
    before = {info.name: info.imported_at for info in Layers(path).describe()}
    complete(path, FixedClock(moment=FixedClock().now() + timedelta(days=1)))
    after = {info.name: info.imported_at for info in Layers(path).describe()}
    assert after.keys() - before.keys() == {"streets", "gtfs", "collection"}
    assert before.items() <= after.items()


def test_a_real_city_is_given_nothing_made_up(tmp_path: Path) -> None:
    loaded(tmp_path, wards=wards_file(tmp_path))
    complete(tmp_path / "layers.db", FixedClock())
    assert [info.name for info in Layers(tmp_path / "layers.db").describe()] == ["wards"]


def test_its_buses_run_today(city: Layers) -> None:
    found = board(city, city.search_stops("200")[0], FixedClock().now())
    assert found is not None
    assert found.covered
    assert found.departures


def test_the_same_seed_makes_the_same_city(tmp_path: Path) -> None:
    contents = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        files = MadeUpCity(300, seed=3).write(tmp_path / name, date(2026, 11, 23))
        contents.append([file.read_bytes() for kind, file in files.items() if kind != "gtfs"])
    assert contents[0] == contents[1]
    assert MadeUpCity(300, seed=4).homes != MadeUpCity(300, seed=3).homes
