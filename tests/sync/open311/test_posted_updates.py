"""Another system posts what it did: a step of the record, or a note on it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from lxml import etree

from fieldapp.access import SUPERVISOR
from fieldapp.outside import words_of
from fieldapp.records import Person, Record
from sync.gateway import audit
from tests.sync.open311.conftest import World
from tests.sync.open311.test_requests import PICTURE, get, post

CREW = Person("crew.app", "Crew's system", frozenset({SUPERVISOR}))
FIXED = {
    "update_id": "7",
    "status": "FIXED",
    "updated_datetime": "2026-11-23T08:30:00-05:00",
    "description": "Filled, SECRET name",
    "first_name": "Ada",
    "last_name": "Byron",
}


def update(world: World, parts: dict[str, str], fmt: str = "json", **more: Any) -> requests.Response:
    if CREW.id not in world.service.people.names():
        world.service.people.keep(CREW)
    told = {"api_key": world.service.give_token(CREW.id), **FIXED, **parts}
    return requests.post(f"{world.endpoint}servicerequestupdates.{fmt}", data=told, timeout=20, **more)


def number(world: World) -> dict[str, str]:
    return {"service_request_id": post(world).json()[0]["service_request_id"]}


def only(world: World) -> Record:
    (record,) = audit.records(world.service)
    return record


def test_a_status_takes_the_step_that_the_service_says(world: World) -> None:
    asked = number(world)
    answered = update(world, asked)
    assert answered.status_code == 201, answered.text
    (word,) = words_of(only(world).fields)
    assert (only(world).state, word.by, word.status) == ("repaired", "Ada Byron", "fixed")
    assert (word.text, word.at) == ("Filled, SECRET name", "2026-11-23T13:30:00.000Z")
    told = get(world, "servicerequestupdates.json")
    assert told[-1]["update_id"] == answered.json()[0]["update_id"]  # who posted it knows it again
    assert "SECRET" not in str(told)


def test_the_same_update_again_is_the_same(world: World) -> None:
    asked = number(world)
    with ThreadPoolExecutor(4) as pool:
        ids = {one.json()[0]["update_id"] for one in pool.map(lambda _: update(world, asked), range(8))}
    assert len(ids) == 1
    assert len(words_of(only(world).fields)) == 1
    assert len(get(world, "servicerequestupdates.json")) == 2


def test_what_is_no_step_now_stays_as_a_note(world: World) -> None:
    asked = number(world)
    for id_, status in (("1", "investigating"), ("2", "fixed"), ("3", "fixed")):
        told = {"update_id": id_, "status": status, "updated_datetime": f"2026-11-23T08:0{id_}:00-05:00"}
        whole = etree.fromstring(update(world, {**asked, **told}, fmt="xml").content)
        assert whole.findtext("request_update/update_id")
    assert [word.status for word in words_of(only(world).fields)] == ["investigating", "fixed", "fixed"]
    assert [one["external_status_code"] for one in get(world, "servicerequestupdates.json")] == [
        "submitted",
        "repaired",
    ]


def test_what_an_account_may_not_do_is_a_note(world: World) -> None:
    asked = number(world)
    assert update(world, {**asked, "api_key": world.key}).status_code == 201  # the counter repairs nothing
    assert (only(world).state, len(words_of(only(world).fields))) == ("submitted", 1)


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"api_key": "wrong"}, 403),
        ({"service_request_id": "0"}, 404),
        ({"jurisdiction_id": "toronto.ca"}, 404),
        ({"update_id": ""}, 400),
        ({"status": "", "description": ""}, 400),
        ({"updated_datetime": "yesterday"}, 400),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(world: World, parts: dict[str, str], status: int) -> None:
    answered = update(world, {**number(world), **parts})
    assert (answered.status_code, answered.json()[0]["code"]) == (status, status)
    assert words_of(only(world).fields) == []


def test_the_address_of_a_picture_is_kept_and_a_picture_is_not(world: World) -> None:
    asked = number(world)
    assert update(world, asked, files={"photo1": ("a.png", PICTURE, "image/png")}).status_code == 400
    update(world, {**asked, "media_url": "https://crew.example/1.jpg"})
    assert words_of(only(world).fields)[0].text.endswith("\nhttps://crew.example/1.jpg")
