"""A stranger's app hands in a request, and follows it."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
import requests
from lxml import etree

from fieldapp.records import ADDRESS, STATE
from fieldapp.services import Catalogue
from sync.gateway import audit
from sync.gateway.handouts import hand_out
from sync.gateway.open311 import reading
from sync.gateway.open311.reading import Asked
from sync.wire import FORMS
from tests.support.gateway import CHIEF
from tests.sync.open311.conftest import World

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
POTHOLE = {
    "service_code": "S30",
    "lat": "43.256100",
    "long": "-79.869200",
    "address_string": "71 MAIN ST W",
    "description": "Deep, at the bus stop",
    "attribute[kind]": "pothole",
    "attribute[lane]": "curb_lane",
    "attribute[danger]": "no",
    "email": "SECRET@example.org",
    "first_name": "SECRET",
    "last_name": "SECRET",
    "phone": "905-555-0100",
}

COMPLAINT = {"service_code": "S22", "attribute[complaint_type]": "yard_waste", "attribute[ongoing]": "yes"}


def post(world: World, parts: dict[str, Any] | None = None, fmt: str = "json", **more: Any) -> requests.Response:
    told = {"api_key": world.key, **POTHOLE, **(parts or {})}
    return requests.post(f"{world.endpoint}requests.{fmt}", data=told, timeout=20, **more)


def get(world: World, path: str, **query: str) -> Any:
    return requests.get(f"{world.endpoint}{path}", params=query, timeout=20).json()


def test_a_request_becomes_a_record_like_any_other(world: World) -> None:
    answered = post(world)
    assert answered.status_code == 201, answered.text
    (told,) = answered.json()
    (record,) = audit.records(world.service)
    assert told == {"service_request_id": record.reference, "service_notice": None, "account_id": None}
    assert (record.service, record.state, record.get("defect/kind")) == ("road-defect", "submitted", "pothole")
    assert (record.get("defect/looks"), record.get(ADDRESS)) == ("Deep, at the bus stop", "71 MAIN ST W")
    assert record.get("case/channel") == "online_assist"


def test_the_same_in_xml(world: World) -> None:
    whole = etree.fromstring(post(world, fmt="xml").content)
    assert whole.tag == "service_requests"
    assert whole.findtext("request/service_request_id") == audit.records(world.service)[0].reference


def test_what_goes_out_says_nothing_of_anybody(world: World) -> None:
    post(world)
    for path in ("requests.json", "requests.xml", "servicerequestupdates.json"):
        assert "SECRET" not in requests.get(f"{world.endpoint}{path}", timeout=20).text
    (told,) = get(world, "requests.json")
    assert (told["status"], told["address"], told["lat"]) == ("open", "71 MAIN ST W", 43.2561)


def test_where_a_complaint_was_made_stays_here(world: World) -> None:
    answered = post(world, COMPLAINT)
    assert answered.status_code == 201, answered.text
    (told,) = get(world, f"requests/{answered.json()[0]['service_request_id']}.json")
    assert (told["address"], told["lat"], told["long"]) == (None, None, None)


def test_a_request_under_the_same_key_is_the_same_request(world: World) -> None:
    first, again = (post(world, headers={"Idempotency-Key": "k1"}).json() for _ in range(2))
    assert first == again
    ref = {"attribute[client_ref]": "k2"}
    assert post(world, ref).json() == post(world, ref).json()
    assert len(audit.records(world.service)) == 2


def test_what_is_missing_is_said_question_by_question(world: World) -> None:
    answered = post(world, {"attribute[kind]": "", "attribute[lane]": "moon"})
    assert answered.status_code == 400
    told = answered.json()
    assert {error["code"] for error in told} == {400}
    assert any(error["description"].startswith("kind: ") for error in told)
    assert any(error["description"].startswith("lane: ") for error in told)
    assert audit.records(world.service) == []


@pytest.mark.parametrize("key", ["", "wrong", "a.b.c"])
def test_without_a_key_nothing_is_taken(world: World, key: str) -> None:
    answered = post(world, {"api_key": key})
    assert (answered.status_code, answered.json()[0]["code"]) == (403, 403)
    assert audit.records(world.service) == []


def test_an_unknown_service_is_said_in_either_spelling(world: World) -> None:
    assert post(world, {"service_code": "S99"}).json()[0]["code"] == 404
    whole = etree.fromstring(post(world, {"service_code": "S99"}, fmt="xml").content)
    assert (whole.tag, whole.findtext("error/code")) == ("errors", "404")


def test_pictures_come_under_any_name(world: World) -> None:
    answered = requests.post(
        f"{world.endpoint}requests.json",
        data={"api_key": world.key, **POTHOLE},
        files={"file_x": ("hole.png", PICTURE, "application/octet-stream")},
        timeout=20,
    )
    assert answered.status_code == 201, answered.text
    (sha,) = audit.files(world.service)
    assert audit.is_whole(world.service, sha)


def test_pictures_for_which_there_was_no_room_come_with_the_same_request_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def handed_in() -> requests.Response:
        told = {"api_key": world.key, **POTHOLE}
        files, headers = {"media": ("hole.png", PICTURE, "image/png")}, {"Idempotency-Key": "k3"}
        return requests.post(f"{world.endpoint}requests.json", data=told, files=files, headers=headers, timeout=20)

    with monkeypatch.context() as full:
        full.setattr(world.service.files, "_reserve", 1 << 60)
        assert handed_in().status_code == 507
    assert handed_in().status_code == 201
    (sha,) = audit.files(world.service)
    assert audit.is_whole(world.service, sha)


@pytest.mark.parametrize(("charset", "text"), [("undefined", b"x"), ("punycode", b"-\xff"), ("utf-7", b"+2AA-")])
def test_a_form_in_an_odd_charset_is_refused(world: World, charset: str, text: bytes) -> None:
    parts = {**{name: value.encode() for name, value in POTHOLE.items()}, "attribute[client_ref]": text}
    lines = (
        b'--a\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (k.encode(), v) for k, v in parts.items()
    )
    kind = {"Content-Type": f"multipart/form-data; boundary=a; charset={charset}", "api-key": world.key}
    answered = requests.post(f"{world.endpoint}requests.json", b"".join(lines) + b"--a--\r\n", headers=kind, timeout=20)
    assert answered.status_code == 400, answered.text


def test_what_is_no_picture_is_refused(world: World) -> None:
    answered = requests.post(
        f"{world.endpoint}requests.json",
        data={"api_key": world.key, **POTHOLE},
        files={"media": ("hole.jpg", b"MZ not a picture", "image/jpeg")},
        timeout=20,
    )
    assert answered.status_code == 400
    assert "no picture" in answered.text


def test_an_update_is_dated_by_its_publication(world: World) -> None:
    number = post(world).json()[0]["service_request_id"]
    (record,) = audit.records(world.service)
    world.clock.forward(hours=6)
    push_step(world, record.id, made_hours_ago=5)
    now = world.service.clock.now()
    span = {"start_date": (now - timedelta(hours=2)).isoformat(), "end_date": now.isoformat()}
    (told,) = get(world, "servicerequestupdates.json", **span)
    assert (told["service_request_id"], told["external_status_code"]) == (number, "assessed")
    assert told["extras"]["done_datetime"] < told["updated_datetime"]
    assert told["update_id"] not in ("", "0")


def test_no_update_is_left_out_however_many_there_are(world: World) -> None:
    number = post(world).json()[0]["service_request_id"]
    row = number, "submitted", world.service.now(), world.service.now()
    with world.service.database.write() as tx:
        tx.executemany("INSERT INTO open311_update (request, state, at, made) VALUES (?, ?, ?, ?)", [row] * 1_500)
    assert len(get(world, "servicerequestupdates.json")) == 1_501


def test_a_service_that_the_city_gave_up_hides_no_other(world: World) -> None:
    numbers = [post(world, parts).json()[0]["service_request_id"] for parts in ({}, COMPLAINT)]
    left = {one.id: one for one in world.service.catalogue if one.id != "bylaw-complaint"}
    gone = Catalogue(left)
    told = reading.updates(world.service.database, gone, "2000", "3000", "en")
    assert [one["service_request_id"] for one in told] == numbers[:1]
    asked = reading.requests(world.service.database, gone, Asked(ids=tuple(numbers)), "en")
    assert [one["service_request_id"] for one in asked] == numbers[:1]


def test_requests_of_a_time_and_a_status(world: World) -> None:
    post(world)
    assert len(get(world, "requests.json", status="open", service_code="S30")) == 1
    assert get(world, "requests.json", status="closed") == []
    assert get(world, "requests.json", service_code="S22") == []
    assert get(world, "requests.json", start_date="2020-01-01T00:00:00Z", end_date="2020-02-01T00:00:00Z") == []
    assert get(world, "requests.json", start_date="yesterday")[0]["code"] == 400
    for ends in ({"start_date": "9999-12-31T00:00:00Z"}, {"end_date": "0001-01-01T00:00:00Z"}):
        assert get(world, "requests.json", **ends)[0]["code"] == 400
    assert get(world, "requests.json", start_date="0001-01-01T00:00:00+12:00")[0]["code"] == 400
    assert get(world, "requests/0.json")[0]["code"] == 404


def test_a_refused_step_is_no_update(world: World) -> None:
    post(world)
    (record,) = audit.records(world.service)
    push_step(world, record.id, made_hours_ago=0, refused="verified")
    told = get(world, "servicerequestupdates.json")
    assert [one["external_status_code"] for one in told] == ["submitted", "assessed"]


def push_step(world: World, record: str, made_hours_ago: int, refused: str = "") -> None:
    """A supervisor's laptop brings a step that was taken hours ago; with `refused` also one that is not possible."""
    from dataclasses import replace

    from fieldapp.clock import new_id, stamp
    from fieldapp.records import Change
    from sync.wire import PushRequest

    known = next(one for one in audit.records(world.service) if one.id == record)
    at = stamp(world.service.clock.now() - timedelta(hours=made_hours_ago))
    change = Change(
        new_id(), record, known.service, known.form_version, known.rev, {STATE: "assessed"}, {STATE: known.state},
        CHIEF.id, CHIEF.id, "LT2", at, transition="assess",
    )  # fmt: skip
    wrong = replace(change, id=new_id(), edits={STATE: refused}, was={STATE: "assessed"}, transition="verify")
    ops = (change.payload(), *([wrong.payload()] if refused else []))
    results = world.service.as_(CHIEF).push(PushRequest("LT2", ops)).results
    assert [one.status for one in results] == ["applied", *(["rejected"] if refused else [])], results


def test_the_changeset_moves_when_a_service_does(world: World) -> None:
    before = get(world, "discovery.json")["changeset"]
    assert before == get(world, "discovery.json")["endpoints"][0]["changeset"]
    world.clock.forward(days=1)
    world.service.prepare()
    assert get(world, "discovery.json")["changeset"] == before
    hand_out(world.service.database, FORMS, [], world.service.now())
    assert get(world, "discovery.json")["changeset"] > before
