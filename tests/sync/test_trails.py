"""A record's audit trail as a laptop asks for it: proven op by op, signed, and refused where anything was touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.errors import ProtocolError
from fieldapp.services import Catalogue
from sync.gateway import trails as gateway_trails
from sync.gateway.server import GatewayServer
from sync.revoking import KEY
from sync.trails import HEAD, Checked, Trails, check
from sync.wire import SignedTrail
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, RETURNED, City, Laptop, make_service, steps_alone


@pytest.fixture(scope="module")
def services() -> Catalogue:
    return steps_alone()


@pytest.fixture
def city(tmp_path: Path, services: Catalogue) -> Iterator[City]:
    service = make_service(tmp_path / "gateway", services)
    server = GatewayServer(service)
    server.start()
    made = City(tmp_path, service, server)
    yield made
    made.close()


def worked(city: City) -> tuple[Laptop, Laptop, str]:
    """The clerk records and submits, the supervisor returns it; both have synced."""
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    record = clerk.new(submit=True)
    city.sync()
    chief.step(record, "return", RETURNED, reason="Which items?")
    city.sync()
    return clerk, chief, record


def asked(laptop: Laptop, record: str) -> Checked:
    return Trails(laptop.store, lambda: laptop.api).ask(record)


def touched(city: City, laptop: Laptop, record: str, old: str, new: str) -> SignedTrail:
    """An answer that somebody altered and signed with the City's own key."""
    text = laptop.api.trail(record, 0).text
    assert old in text
    altered = text.replace(old, new, 1)
    return SignedTrail(altered, city.service.revocations.sign(altered))


def test_every_change_of_everybody_is_proven(city: City) -> None:
    _clerk, chief, record = worked(city)
    found = asked(chief, record)
    assert found.fault == ""
    assert (found.proven, found.older, found.every_block) == (len(found.trail.ops), 0, True)
    assert {one.op["actor"] for one in found.trail.ops} == {CLERK.id, CHIEF.id}
    assert found.trail.people[CLERK.id] == ("J. Osei", "counter")


def test_what_was_seen_once_is_looked_for_again(city: City) -> None:
    _clerk, chief, record = worked(city)
    first = asked(chief, record)
    assert chief.store.setting(HEAD) == f"{first.trail.head} {first.trail.head_hash}"
    chief.store.keep_setting(HEAD, f"{first.trail.head} {'00' * 32}")
    assert "not the one that this laptop saw before" in asked(chief, record).fault


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Which items?", "Never mind.", "a change is not as it was written"),
        ('\\"status\\":\\"applied\\"', '\\"status\\":\\"merged\\"', "a change is not as it was written"),
    ],
)
def test_what_was_altered_is_found(city: City, old: str, new: str, fault: str) -> None:
    _clerk, chief, record = worked(city)
    said = touched(city, chief, record, old, new)
    assert fault in check(said, chief.store.setting(KEY), record).fault


def test_a_block_that_does_not_follow_is_found(city: City) -> None:
    _clerk, chief, record = worked(city)
    trail = json.loads(chief.api.trail(record, 0).text)
    trail["blocks"][1]["before"] = "00" * 32
    text = json.dumps(trail)
    said = SignedTrail(text, city.service.revocations.sign(text))
    assert "does not follow" in check(said, chief.store.setting(KEY), record).fault


def test_an_answer_without_the_citys_signature_proves_nothing(city: City) -> None:
    _clerk, chief, record = worked(city)
    said = replace(chief.api.trail(record, 0), signature="00" * 64)
    assert "signature" in check(said, chief.store.setting(KEY), record).fault


def test_an_answer_about_another_record_is_none(city: City) -> None:
    _clerk, chief, record = worked(city)
    with pytest.raises(ProtocolError):
        check(chief.api.trail(record, 0), chief.store.setting(KEY), "another")


def test_who_does_not_see_the_record_gets_no_change_of_it(city: City) -> None:
    clerk, inspector = city.laptop(CLERK), city.laptop(INSPECTOR_8)
    record = clerk.new(ward="12", submit=True)
    city.sync()
    assert inspector.api.trail(record, 0).text.count('"actor"') == 0


def test_many_blocks_are_not_all_sent(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_trails, "MOST_BETWEEN", 1)
    clerk, chief, record = worked(city)
    for _ in range(3):
        clerk.new(submit=True)
        city.sync()
    found = asked(chief, record)
    assert (found.fault, found.every_block, found.proven) == ("", False, len(found.trail.ops))
