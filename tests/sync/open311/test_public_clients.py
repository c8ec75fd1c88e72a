"""Clients that others wrote, against our endpoint: `three` posts and reads back, `georeport` reads."""

from __future__ import annotations

import itertools
from importlib import import_module
from typing import Any

import pytest

from tests.sync.open311.conftest import World
from tests.sync.open311.test_requests import POTHOLE, post


@pytest.fixture
def three(world: World) -> Any:
    """A client that was written for Python 2: one name of its standard library has gone since. It comes without a
    wheel, so it is not among the locked tools (`pip install three`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(itertools, "ifilter", filter, raising=False)
        client = pytest.importorskip("three", reason="the Open311 client three is not installed")
    return client.Three(world.endpoint, api_key=world.key, jurisdiction="hamilton.ca")


def test_three_posts_a_request_and_reads_it_back(three: Any) -> None:
    parts = {name: text for name, text in POTHOLE.items() if name not in ("service_code", "address_string")}
    (told,) = three.post("S30", address="71 MAIN ST W", **parts)
    (back,) = three.request(told["service_request_id"])
    assert (back["service_code"], back["status"], back["address"]) == ("S30", "open", "71 MAIN ST W")
    assert [one["service_request_id"] for one in three.requests("S30")] == [told["service_request_id"]]
    assert three.discovery()["endpoints"][0]["url"] == three.endpoint


def test_three_finds_the_services_and_their_questions(three: Any) -> None:
    assert {one["service_code"] for one in three.services()} == {"S22", "S30"}
    asked = {one["code"]: one for one in three.services("S30")["attributes"]}
    assert asked["kind"]["datatype"] == "singlevaluelist"
    assert "pothole" in {one["key"] for one in asked["kind"]["values"]}


@pytest.mark.parametrize("spelling", ["json", "xml"])
def test_georeport_reads_services_and_requests(world: World, spelling: str) -> None:
    (told,) = post(world).json()
    client = import_module("georeport").GeoReport(world.endpoint, jurisdiction="hamilton.ca", output_format=spelling)
    assert {one["service_code"] for one in client.get_service_list()} == {"S22", "S30"}
    definition = client.get_service_definition("S30")
    assert definition["service_code"] == "S30"
    found = client.get_service_requests(status="open")
    listed = found if isinstance(found, list) else [found]
    assert [one["service_request_id"] for one in listed] == [told["service_request_id"]]
