"""This city's requests go on to another city that runs this very gateway, at a real port: both ends are ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.access import SUPERVISOR
from fieldapp.clock import FixedClock, new_id
from fieldapp.outside import words_of
from fieldapp.records import AUTHOR, NUMBER, OUTSIDE, STATE, Person
from fieldapp.services import Catalogue
from sync.gateway import audit
from sync.gateway.open311.city import Open311City
from sync.gateway.outside.asking import lacks, offers
from sync.gateway.server import GatewayServer
from sync.gateway.service import GatewayService
from sync.wire import PushRequest
from tests.support.gateway import CHIEF, CLERK, City, make_service
from tests.sync.open311.conftest import World
from tests.sync.open311.test_requests import PICTURE, push_step
from tests.sync.outside.conftest import ANSWERS, ROAD, cut_off, goes_on, hand_in, rounds, state_of, the

HAMILTON = Person("hamilton.app", "Hamilton", frozenset({SUPERVISOR}))


@pytest.fixture
def burlington(tmp_path: Path, near: City) -> Iterator[World]:
    """Another city, with the services as they are shipped."""
    shipped = Catalogue.load()
    clock = near.service.clock
    assert isinstance(clock, FixedClock)
    service: GatewayService = make_service(tmp_path / "other", Catalogue({ROAD: shipped.get(ROAD)}), clock)
    service.people.keep(HAMILTON)
    service.open311 = Open311City("burlington.ca", "open311@burlington.example")
    service.prepare()
    with GatewayServer(service) as server:
        yield World(service, f"{server.url}/open311/v2/", service.give_token(HAMILTON.id), clock)
    service.close()


@pytest.mark.parametrize("spelling", ["json", "xml"])
def test_there_and_back(near: City, burlington: World, spelling: str) -> None:
    own = {"key": burlington.key, "format": spelling, "jurisdiction": "burlington.ca"}
    goes_on(near, burlington.endpoint, updates=True, repeats=True, **own)
    clerk = near.laptop(CLERK)
    record = hand_in(near, clerk)
    rounds(near, hours=0.5)
    (there,) = audit.records(burlington.service)
    assert (there.state, there.get("defect/kind"), there.get("place/address")) == (
        "submitted",
        "pothole",
        "71 MAIN ST W",
    )
    assert the(near, record).get(f"{OUTSIDE}number") == there.get(NUMBER)
    push_step(burlington, there.id, made_hours_ago=0)
    rounds(near, hours=0.5)
    clerk.sync()
    assert [word.text for word in words_of(clerk.record(record).fields)] == ["Reported", "Assessed"]
    chief = near.laptop(CHIEF)
    chief.sync()
    chief.step(record, "cancel", "cancelled", reason="Twice", service=ROAD)
    chief.sync()
    rounds(near, hours=0.5)
    (there,) = audit.records(burlington.service)
    assert [(word.by, word.status) for word in words_of(there.fields)] == [("Hamilton", "cancelled")]


def test_what_comes_twice_is_one_there(near: City, burlington: World) -> None:
    goes_on(near, burlington.endpoint, key=burlington.key, repeats=True)
    record = hand_in(near)
    cut_off(near)
    rounds(near, hours=1)
    assert (state_of(near, record), len(audit.records(burlington.service))) == ("known", 1)


def test_a_wrong_key_keeps_everything_here(near: City, burlington: World) -> None:
    goes_on(near, burlington.endpoint, key="wrong", repeats=True)
    record = hand_in(near)
    rounds(near, hours=1)
    assert (state_of(near, record), audit.records(burlington.service)) == ("waiting", [])
    goes_on(near, burlington.endpoint, key=burlington.key, repeats=True)
    rounds(near, hours=1)
    assert (state_of(near, record), len(audit.records(burlington.service))) == ("known", 1)


def test_what_the_other_city_asks_is_compared(near: City, burlington: World) -> None:
    goes_on(near, burlington.endpoint, key=burlington.key)
    assert offers(near.service.database, "burlington") == ["S30  Road or sidewalk defect"]
    assert list(lacks(near.service.database, near.service.catalogue, "burlington")) == []


def test_a_picture_goes_with_it_once_it_has_come(near: City, burlington: World) -> None:
    goes_on(near, burlington.endpoint, key=burlington.key, repeats=True, pictures=True)
    clerk = near.laptop(CLERK)
    photo = clerk.store.blobs.put(PICTURE, "image/png", "hole.png")
    own = {STATE: "submitted", AUTHOR: CLERK.id, "photos/photo[k1]": "1"}
    named = {**ANSWERS, **own, "photos/photo[k1]/picture": f"{photo.sha256}.png"}
    parts = {"service": ROAD, "creates": True, "transition": "submit", "attachments": (photo,), "was": {}}
    change = clerk.change(new_id(), named, **parts)
    clerk.api.push(PushRequest(clerk.device, (change.payload(),), ""))
    rounds(near, hours=0.5)
    assert (state_of(near, change.record), audit.records(burlington.service)) == ("waiting", [])
    clerk.api.put_blob(photo.sha256, 0, len(PICTURE), PICTURE)
    rounds(near, hours=0.5)
    (there,) = audit.records(burlington.service)
    assert photo.sha256 in str(there.fields)
    assert audit.is_whole(burlington.service, photo.sha256)
    assert state_of(near, change.record) == "known"
