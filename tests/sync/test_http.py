"""The gateway over real HTTP: sign-in, versions, sizes, what stands in between, and the plug."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import certifi
import pytest
import requests

from fieldapp.errors import (
    BusyError,
    GatewayError,
    OfflineError,
    ProtocolError,
    RefusedError,
    SignInError,
    SyncError,
    UpgradeError,
)
from sync.adapters.gateway import GatewayClient
from sync.adapters.http import Http, certificates
from sync.wire import MAX_BODY, MAX_OPS, PushRequest, encoded
from tests.support.gateway import CLERK, City
from tests.support.serving import Quiet, served

Act = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def pretender(act: Act) -> Iterator[str]:
    """Something that answers in the gateway's place; its address."""

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            act(self)

    with served(Handler) as url:
        yield url


def saying(status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> Act:
    """Always this answer."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return act


def hello_of(url: str) -> None:
    """Say hello at `url`."""
    client = GatewayClient(url, "token")
    try:
        client.hello()
    finally:
        client.close()


PORTAL = b"<html>Welcome to Coffee Wi-Fi. Please sign in.</html>"


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (saying(200, PORTAL, "text/html"), ProtocolError),
        (saying(200, b"{}", "application/json"), ProtocolError),
        (saying(302, b"", "text/html", {"Location": "http://portal.example/"}), ProtocolError),
        (saying(500, PORTAL, "text/html"), ProtocolError),
        (saying(502, PORTAL, "text/html"), OfflineError),
        (saying(503, b"", "text/html", {"Retry-After": "7"}), BusyError),
        (saying(429, b"", "text/html"), BusyError),
    ],
)
def test_what_stands_in_between_is_told_apart(act: Act, error: type[SyncError]) -> None:
    with pretender(act) as url, pytest.raises(error):
        hello_of(url)


def test_the_city_says_how_long_to_wait() -> None:
    with pretender(saying(503, b"", "text/html", {"Retry-After": "7"})) as url, pytest.raises(BusyError) as caught:
        hello_of(url)
    assert caught.value.retry_after == 7


def test_a_greeting_that_was_kept_on_the_way_is_not_the_city(far: City) -> None:
    """A cache, or a portal that once let a greeting through, says all that the gateway said but the nonce."""
    kept = encoded(replace(far.service.as_(CLERK).hello(), nonce="of another time"))
    with pretender(saying(200, kept, "application/json")) as url, pytest.raises(ProtocolError, match="sign-in page"):
        hello_of(url)


def test_an_answer_that_is_cut_is_no_answer() -> None:
    with pretender(saying(200, b"{", "application/json", {"Content-Length": "50"})) as url, pytest.raises(SyncError):
        hello_of(url)


def test_nobody_there_is_offline() -> None:
    with pytest.raises(OfflineError):
        hello_of("http://127.0.0.1:9")


def test_the_plug_pulled_and_put_back_on_the_same_port(far: City) -> None:
    assert far.server is not None
    laptop = far.laptop(CLERK)
    record = laptop.new()
    far.server.stop()
    with pytest.raises(OfflineError):
        laptop.sync()
    far.server.start()
    laptop.sync()
    assert laptop.record(record).rev == 1


def test_a_token_of_nobody_is_refused(far: City) -> None:
    assert far.server is not None
    with pytest.raises(SignInError):
        hello_of(far.server.url)


def test_a_revoked_token_stops_sending_and_keeps_all(far: City) -> None:
    laptop = far.laptop(CLERK)
    laptop.new()
    far.service.people.revoke(CLERK.id)
    with pytest.raises(SignInError):
        laptop.sync()
    assert laptop.store.counts().waiting == 1


def test_only_hashes_of_tokens_are_kept(far: City) -> None:
    token = far.service.give_token(CLERK.id)
    everything = b"".join(path.read_bytes() for path in (far.folder / "gateway").glob("gateway.db*"))
    assert token.encode() not in everything


def test_a_new_major_version_of_the_messages_is_told(far: City) -> None:
    assert far.server is not None
    http = Http(far.server.url, far.service.give_token(CLERK.id))
    http._session.headers["FieldApp-Protocol"] = "2"
    with pytest.raises(UpgradeError):
        http.send("GET", "/v1/hello")
    http.close()


@pytest.mark.parametrize("packed", [False, True])
def test_a_body_beyond_the_limit_is_refused(far: City, packed: bool) -> None:
    assert far.server is not None
    http = Http(far.server.url, far.service.give_token(CLERK.id))
    body = b" " * (MAX_BODY + 1)
    headers = {"Content-Encoding": "gzip"} if packed else {}
    with pytest.raises(GatewayError) as caught:
        http.send("POST", "/v1/push", gzip.compress(body) if packed else body, headers=headers)
    assert caught.value.status == 413
    http.close()


def test_a_change_beyond_all_limits_is_laid_aside_and_stops_nothing(far: City) -> None:
    laptop = far.laptop(CLERK)
    huge, small = laptop.new({"items/a": "x" * (MAX_BODY + 1)}), laptop.new()
    laptop.sync()
    assert laptop.store.history(huge)[0].state == "parked"
    assert laptop.record(small).rev == 1


def test_too_many_ops_are_refused(city: City) -> None:
    with pytest.raises(GatewayError) as caught:
        city.api(CLERK).push(PushRequest("LT", ({},) * (MAX_OPS + 1)))
    assert caught.value.status == 413


def test_answers_are_packed_for_whoever_takes_it(far: City) -> None:
    assert far.server is not None
    laptop = far.laptop(CLERK)
    for _ in range(20):
        laptop.new()
    laptop.sync()
    headers = {"Authorization": f"Bearer {far.service.give_token(CLERK.id)}", "Content-Encoding": "gzip"}
    body = gzip.compress(b'{"buckets": {}, "tomorrow": 1}')
    with requests.Session() as session:
        answer = session.post(f"{far.server.url}/v1/pull", data=body, headers=headers, timeout=5)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.json()["pages"][0]["rows"]) == 20


def test_refusals_are_problems_in_json(far: City) -> None:
    assert far.server is not None
    token = far.service.give_token(CLERK.id)
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {token}"
        answers = [
            session.post(f"{far.server.url}/v1/push", data=data, timeout=5)
            for data in (b"", b"[]", b'{"ops": 3}', b"\xff", b'{"device": "x"}')
        ]
        nobody = requests.get(f"{far.server.url}/v1/hello", timeout=5)
    assert {one.status_code for one in answers} == {400}
    assert {one.headers["Content-Type"] for one in (*answers, nobody)} == {"application/problem+json"}
    assert json.loads(nobody.content)["type"] == "urn:fieldapp:problem:sign-in"


def test_a_path_from_outside_is_never_a_path(far: City) -> None:
    assert far.server is not None
    http = Http(far.server.url, far.service.give_token(CLERK.id))
    for name in ("..%2F..%2Fgateway.db", "ABC", "0" * 63):
        with pytest.raises(SyncError):
            http.send("GET", f"/v1/blob/{name}")
    http.close()


def test_a_message_says_its_device_in_any_language(far: City) -> None:
    laptop = far.laptop(CLERK)
    record = laptop.new({"items/what": "Émilie’s canapé 🛋"})
    laptop.sync()
    assert encoded(laptop.api.hello())
    assert laptop.api.history(record).entries[0].op["edits"]["items/what"] == "Émilie’s canapé 🛋"


@pytest.mark.parametrize("said", ["9" * 12, "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_nobody_can_make_a_laptop_wait_for_days(said: str) -> None:
    with pytest.raises(BusyError) as caught, pretender(saying(503, b"", "text/plain", {"Retry-After": said})) as url:
        hello_of(url)
    assert 0 < caught.value.retry_after <= 3600


@pytest.mark.parametrize("url", ["https://gateway..example", f"https://{'a' * 70}.example"])
def test_a_name_that_can_be_none_answers_nothing(url: str) -> None:
    with pytest.raises(OfflineError):
        hello_of(url)


@pytest.mark.parametrize("url", ["http://[", "https://[::1", "x", ""])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        hello_of(url)


def test_whoever_sends_us_to_what_is_no_address_is_no_gateway() -> None:
    with pytest.raises(ProtocolError), pretender(saying(302, b"", "text/html", {"Location": "http://["})) as url:
        hello_of(url)


def test_the_network_test_believes_the_certificates_that_sync_believes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "city.pem"
    own.write_bytes(Path(certifi.where()).read_bytes())
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    assert certificates("https://gateway.example") == Path(certifi.where())
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(own))
    assert certificates("https://gateway.example") == own
    assert certificates("https://127.0.0.1:8443") == Path(certifi.where()), "of the environment nothing counts there"
