"""One laptop, two servers: the gateway's services and those of an OpenRosa server never touch each other's records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.services import Catalogue, shipped
from sync.engine import Engine
from tests.support.gateway import Laptop, make_service
from tests.support.openrosa import OpenRosaDouble
from tests.support.openrosa_laptop import INSPECTRESS, RosaLaptop


@pytest.fixture
def pair(tmp_path: Path, laptop: RosaLaptop) -> Iterator[tuple[RosaLaptop, Laptop]]:
    """The laptop, as the OpenRosa engine and as the gateway's engine use it: over the same store."""
    gateway = make_service(tmp_path / "gateway", Catalogue.load([shipped()]), laptop.clock)
    yield laptop, Laptop(INSPECTRESS, laptop.store, gateway.as_(INSPECTRESS), "LT01")
    gateway.close()


def test_each_server_gets_its_own(pair: tuple[RosaLaptop, Laptop], double: OpenRosaDouble) -> None:
    rosa, city = pair
    visit, couch = rosa.visit(), city.new()
    assert city.sync().results == {"applied": 1}
    assert rosa.last(visit).state == "sealed"
    assert rosa.sync().results == {"applied": 1}
    assert rosa.last(couch).state == "applied"
    assert len(double.held) == 1


def test_the_gateway_neither_counts_nor_takes_away_what_another_server_keeps(
    pair: tuple[RosaLaptop, Laptop],
) -> None:
    rosa, city = pair
    visit = rosa.visit()
    rosa.sync()
    city.new()
    proof = city.sync()
    assert proof.equal
    assert [name for name, (count, _) in proof.city.items() if count] == ["ward:08"]
    assert rosa.record(visit).state == "sent"


def test_a_gateway_that_was_restored_makes_nothing_go_to_another_server_again(
    pair: tuple[RosaLaptop, Laptop], double: OpenRosaDouble
) -> None:
    rosa, city = pair
    visit = rosa.visit()
    rosa.sync()
    city.sync()
    rosa.store.keep_setting("sync.epoch", "another history")
    engine = Engine(rosa.store, city.api, INSPECTRESS, city.clock)
    engine.cycle()
    rosa.sync()
    assert double.count("POST") == 1
    assert rosa.last(visit).state == "applied"
