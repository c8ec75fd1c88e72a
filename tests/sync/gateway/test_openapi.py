"""The gateway's description of itself is whole and true: schemathesis drives the real gateway by it."""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import pytest
import requests
from fastapi.routing import APIRoute

from fieldapp.access import BACK_OFFICE, COUNTER, INSPECTOR, SUPERVISOR
from fieldapp.clock import new_id
from fieldapp.records import Person
from fieldapp.services import Catalogue
from sync import wire
from sync.api import RemoteApi
from sync.gateway.app import create_app
from sync.gateway.describing import described
from tests.support.fuzzing import faults
from tests.support.gateway import CLERK, City, make_service

ROLES = (COUNTER, INSPECTOR, SUPERVISOR, BACK_OFFICE)


@pytest.fixture
def document(far: City) -> dict[str, Any]:
    """The description as the gateway serves it, to anybody."""
    assert far.server is not None
    found: dict[str, Any] = requests.get(f"{far.server.url}/v1/openapi.json", timeout=10).json()
    return found


def test_every_route_is_described_and_nothing_else(document: dict[str, Any], far: City) -> None:
    app = create_app(far.service)
    routes = {
        (route.path_format, method.lower())
        for route in app.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert routes == {(path, method) for path, item in document["paths"].items() for method in item}


def test_every_route_says_its_own_answers(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert any(status.startswith("2") for status in operation["responses"]), f"{method} {path} says no answer"


def test_every_message_that_a_laptop_may_exchange_is_described(document: dict[str, Any]) -> None:
    for name, call in vars(RemoteApi).items():
        if name.startswith("_"):
            continue
        for kind in typing.get_type_hints(call, localns=vars(wire)).values():
            if (
                getattr(kind, "__module__", "").startswith(wire.__name__) and kind is not wire.BlobStatus
            ):  # that one is headers
                assert kind.__name__ in document["components"]["schemas"], f"{name} speaks of {kind.__name__}"


def test_every_status_is_an_answer_or_a_problem(document: dict[str, Any]) -> None:
    shared = document["components"]["responses"]
    for item in document["paths"].values():
        for operation in item.values():
            for status, said in operation["responses"].items():
                whole = shared[status] if "$ref" in said else said
                if status[0] in "45" and "Upload-Offset" not in whole["headers"]:
                    assert list(whole["content"]) == ["application/problem+json"]


def test_nobody_needs_a_token_for_the_description_and_where_the_address_is_the_secret(document: dict[str, Any]) -> None:
    free = [path for path, item in document["paths"].items() for one in item.values() if one["security"] == []]
    assert sorted(free) == ["/v1/alive", "/v1/calendar/{secret}.ics", "/v1/openapi.json", "/v1/welcome"]


def test_a_route_that_says_nothing_is_found(tmp_path: Path, catalogue: Catalogue) -> None:
    service = make_service(tmp_path, catalogue)
    app = create_app(service)
    app.get("/v1/forgotten")(lambda: None)
    said = described(app)["paths"]["/v1/forgotten"]["get"]["responses"]
    service.close()
    assert not any(status.startswith("2") for status in said)


def test_schemathesis_finds_nothing_without_a_token(far: City) -> None:
    assert far.server is not None
    assert faults(far.server.url, boundaries=False) == []  # nothing is read of who says not who asks


OFTEN = (COUNTER, SUPERVISOR)  # may do most; the others are driven behind `--soak`


@pytest.mark.parametrize(
    "role", [*OFTEN, *(pytest.param(one, marks=pytest.mark.soak) for one in ROLES if one not in OFTEN)]
)
def test_schemathesis_finds_nothing_with_a_token_of_each_role(far: City, role: str) -> None:
    assert far.server is not None
    person = Person(f"a.{role}", "A. Person", frozenset({role}), frozenset({"08"}))
    far.service.people.keep(person)
    token = far.service.give_token(person.id)
    assert faults(far.server.url, token, boundaries=role == COUNTER) == []  # edges are the same for all


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/hello", "GET"),
        ("GET", "/v1/push", "POST"),
        ("DELETE", f"/v1/blob/{'0' * 64}", "GET, HEAD, PATCH"),
        ("OPTIONS", f"/v1/blob/{'0' * 64}", "GET, HEAD, PATCH"),
    ],
)
def test_a_method_that_a_path_does_not_have_is_told_those_that_it_has(
    far: City, method: str, path: str, allowed: str
) -> None:
    assert far.server is not None
    answer = requests.request(method, far.server.url + path, timeout=10)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/v1/hello/", "/v1/nothing", "/docs", "/openapi.json", "/../v1/hello"])
def test_where_nothing_is_there_is_a_problem_that_says_so(far: City, path: str) -> None:
    assert far.server is not None
    answer = requests.get(far.server.url + path, timeout=10, allow_redirects=False)
    if path == "/../v1/hello":  # a client takes the dots out before it asks
        assert answer.status_code == 401
        return
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


ODD: dict[str, bytes] = {
    "a cursor beyond every integer": b'{"buckets": {"ward:08": 1' + b"0" * 40 + b"}}",
    "a cursor before the beginning": b'{"buckets": {"ward:08": -1}}',
    "a number in quotes": b'{"buckets": {"ward:08": "1"}}',
    "half a character": b'{"buckets": {"\\ud800": 1}}',
    "nested too deep": b'{"buckets": {}, "more": ' + b"[" * 500 + b"]" * 500 + b"}",
    "a number of five thousand digits": b'{"buckets": {}, "more": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("name", ODD)
def test_a_message_that_is_none_is_refused(far: City, name: str) -> None:
    assert far.server is not None
    headers = {"Authorization": f"Bearer {far.service.give_token(CLERK.id)}", "Content-Type": "application/json"}
    answer = requests.post(f"{far.server.url}/v1/pull", ODD[name], headers=headers, timeout=10)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "op",
    [
        b'{"id": 3}',
        b'{"id": "a", "more": NaN}',
        b'{"id": "a", "more": 1e999}',
        b'{"id": "a", "edits": {"a": "\\u0000"}}',
        b'{"id": "a", "more": ' + b"[" * 150 + b"]" * 150 + b"}",
    ],
)
def test_an_op_that_is_none_is_refused_by_itself(far: City, op: bytes) -> None:
    assert far.server is not None
    headers = {"Authorization": f"Bearer {far.service.give_token(CLERK.id)}", "Content-Type": "application/json"}
    body = b'{"device": "x", "ops": [' + op + b"]}"
    answer = requests.post(f"{far.server.url}/v1/push", body, headers=headers, timeout=10)
    assert [(one["status"], one["code"]) for one in answer.json()["results"]] == [("rejected", "malformed")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_rev": 1 << 70},
        {"base_rev": -1},
        {"record": "../../gateway.db"},
        {"record": ""},
        {"id": "a/b"},
        {"attachments": [{"sha256": "../../evil", "size": 3, "mime": "image/jpeg"}]},
        {"attachments": [{"sha256": "0" * 64, "size": 1 << 70, "mime": "image/jpeg"}]},
    ],
)
def test_what_no_database_and_no_folder_may_see_is_no_change(either: City, wrong: dict[str, Any]) -> None:
    whole = either.laptop(CLERK).change(new_id(), {"items/what": "Couch"}).payload()
    said = either.api(CLERK).push(wire.PushRequest("x", ({**whole, **wrong},)))
    assert [(one.status, one.code) for one in said.results] == [("rejected", "malformed")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"device": "a\0b"},
        {"device": "x", "asks": [{"id": "a\0", "service": "s", "number": "n", "day": "2026-11-23", "size": 1}]},
        {"device": "x", "ended": [{"id": "a", "next": 1 << 70}]},
        {
            "device": "x",
            "held": [dict.fromkeys(("id", "series", "prefix"), "a") | dict.fromkeys(("digits", "first", "last"), -1)],
        },
    ],
)
def test_numbers_that_no_database_holds_are_no_message(far: City, wrong: dict[str, Any]) -> None:
    assert far.server is not None
    headers = {"Authorization": f"Bearer {far.service.give_token(CLERK.id)}"}
    assert requests.post(f"{far.server.url}/v1/numbers", json=wrong, headers=headers, timeout=10).status_code == 400
