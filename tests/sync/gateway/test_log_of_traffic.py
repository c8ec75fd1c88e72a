"""Real traffic with everything that goes wrong in it: the log of laptop and gateway has none of what was said."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path
from typing import Any, NoReturn

import pytest
import requests

from fieldapp import logs
from fieldapp.clock import new_id
from fieldapp.errors import SignInError, SyncError
from fieldapp.records import Change
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway import batch
from sync.gateway.person import PersonApi
from sync.gateway.server import GatewayServer
from sync.wire import PushRequest
from tests.support.gateway import CLERK, SERVICE, City, make_service
from tests.support.logbook import as_before
from tests.support.oidc import provider
from tests.sync.gateway.test_tokens import forged, gate

NAME, SIN, PHONE = "Kowalczyk-Brant", "046 454 286", "905 555 0142"
ANSWERS = {"contact/name": NAME, "contact/sin": SIN, "contact/phone": PHONE}


def failing(*_: object) -> NoReturn:
    """A fault that repeats what it was given."""
    raise RuntimeError(f"{NAME} {SIN}")


def speak(city: City, monkeypatch: pytest.MonkeyPatch) -> str:
    """A day's traffic; the token that was used."""
    laptop = city.laptop(CLERK)
    record = laptop.new(ANSWERS)
    laptop.sync()
    laptop.edit(record, {"contact/name": f"{NAME} the younger"})
    with monkeypatch.context() as broken:
        broken.setattr(batch, "judge", failing)
        laptop.sync()
        broken.setattr(PersonApi, "history", failing)
        with pytest.raises(SyncError):
            laptop.api.history(record)
    laptop.sync()
    assert city.server is not None
    token = city.service.give_token(CLERK.id)
    headers = {"Authorization": f"Bearer {token}"}
    wrong = {**laptop.change(new_id(), ANSWERS).payload(), "base_rev": NAME}
    assert laptop.api.push(PushRequest("x", (wrong,))).results[0].code == "malformed"
    for path in (f"/v1/records/{NAME}/history", f"/v1/{SIN}", f"/v1/hello?nonce={NAME}&token={token}"):
        requests.get(city.server.url + path, headers=headers, timeout=10)
    requests.post(
        f"{city.server.url}/v1/push", json.dumps({"device": 3, "ops": [ANSWERS]}), headers=headers, timeout=10
    )
    return token


def test_neither_answers_nor_tokens_are_in_the_log(far: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_before():
        logs.keep(tmp_path / "laptop.log")
        logs.keep(tmp_path / "gateway.log", structured=True)
        logging.getLogger().setLevel(logging.DEBUG)
        token = speak(far, monkeypatch)
    said = "".join((tmp_path / name).read_text() for name in ("laptop.log", "gateway.log"))
    assert "could not be judged" in said  # the faults are there
    assert "RuntimeError" in said
    for secret in (NAME, SIN, PHONE, token):
        assert secret not in said


def test_every_request_leaves_one_line_that_tells_who_and_what_came_of_it(far: City, tmp_path: Path) -> None:
    with as_before():
        logs.keep(tmp_path / "gateway.log", structured=True)
        laptop = far.laptop(CLERK)
        laptop.new()
        laptop.sync()
        assert far.server is not None
        requests.get(f"{far.server.url}/v1/hello", timeout=10)
        requests.get(f"{far.server.url}/v1/nothing", timeout=10)
        far.server.stop()
    lines = [json.loads(line) for line in (tmp_path / "gateway.log").read_text().splitlines()]
    asked = [(one["method"], one["path"], one["status"], one["person"]) for one in lines if one["message"] == "request"]
    assert ("POST", "/v1/push", 200, CLERK.id) in asked
    assert ("GET", "/v1/hello", 401, "") in asked
    assert ("GET", "-", 404, "") in asked
    push = next(one for one in lines if one.get("path") == "/v1/push")
    assert push["in"] > 0
    assert push["out"] > 0
    assert push["address"] == "127.0.0.1"


def test_a_forged_token_is_not_in_the_log_nor_are_the_citys_own(tmp_path: Path, catalogue: Catalogue) -> None:
    with as_before(), provider() as oidc:
        logs.keep(tmp_path / "gateway.log", structured=True)
        service = make_service(tmp_path / "gateway", catalogue, tokens=gate(oidc))
        tokens = [oidc.access_token(), forged(oidc)]
        with GatewayServer(service) as server:
            for token in tokens:
                client = GatewayClient(server.url, token)
                try:
                    client.hello()
                except SignInError:
                    logging.getLogger("sync").exception("sign-in with %s", token)
                client.close()
        service.close()
    said = (tmp_path / "gateway.log").read_text()
    assert "sign-in with" in said
    for token in tokens:
        for part in token.split("."):
            assert part not in said


def test_a_change_shows_no_answers_in_a_log(tmp_path: Path) -> None:
    """Somebody may log a whole Change by mistake: its token-like parts go, and a review must find the rest."""
    values: dict[str, Any] = dict.fromkeys(("id", "record", "form_version", "actor", "principal", "device", "at"), "x")
    change = Change(
        service=SERVICE, base_rev=0, edits={"token": base64.b64encode(bytes(40)).decode()}, was={}, **values
    )
    assert "AAAAAAAA" not in logs.scrubbed(repr(change))
