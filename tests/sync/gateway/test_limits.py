"""What the gateway bears: a person who works never meets a limit, a program that runs wild does, and nobody who is
slow, many or huge takes it from the others."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from fieldapp.errors import BusyError, SignInError
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway import limits, protocol
from sync.gateway.bounds import Room
from sync.gateway.http import TooManyError
from sync.gateway.limits import Buckets, Gate, Limits
from sync.gateway.person import PersonApi
from sync.gateway.server import GatewayServer
from sync.gateway.service import GatewayService
from sync.wire import MAX_BODY
from tests.support.gateway import CHIEF, CLERK, make_service


class Seconds:
    """A counter of seconds that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def service(tmp_path: Path, catalogue: Catalogue) -> Iterator[GatewayService]:
    made = make_service(tmp_path, catalogue)
    yield made
    made.close()


Serve = Callable[..., str]


@pytest.fixture
def serve(service: GatewayService) -> Iterator[Serve]:
    """Starts the gateway within limits of one's own; its address."""
    servers = []

    def start(**own: Any) -> str:
        server = GatewayServer(service, limits=replace(Limits(), **own))
        servers.append(server)
        server.start()
        return server.url

    yield start
    for server in servers:
        server.stop()


def hello(url: str, token: str) -> requests.Response:
    """One request."""
    return requests.get(f"{url}/v1/hello", headers={"Authorization": f"Bearer {token}"}, timeout=10)


def told(answer: requests.Response) -> tuple[int, str]:
    """Status and kind of a problem."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, str(answer.json()["title"])


def test_a_bucket_gives_what_it_holds_and_then_as_much_as_flows_in() -> None:
    seconds = Seconds()
    bucket = Buckets(2, 0.5, seconds)
    assert [bucket.take("a"), bucket.take("a"), bucket.take("a")] == [0.0, 0.0, 2.0]
    seconds.now += 2.0
    assert (bucket.take("a"), bucket.take("a"), bucket.take("b")) == (0.0, 2.0, 0.0)


def test_buckets_of_ever_new_names_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMEMBERED", 10)
    bucket = Buckets(2, 1.0)
    for number in range(1000):
        bucket.take(str(number))
    assert len(bucket._levels) == 10


def test_who_asks_too_often_is_told_how_long_to_wait_and_others_go_on(service: GatewayService, serve: Serve) -> None:
    url = serve(burst=3, rate=0.1)
    token, other = service.give_token(CLERK.id), service.give_token(CHIEF.id)
    assert [hello(url, token).status_code for _ in range(3)] == [200] * 3
    refused = hello(url, token)
    assert told(refused) == (429, "too-many")
    assert 1 <= int(refused.headers["Retry-After"]) <= 10
    assert hello(url, other).status_code == 200


def test_another_token_of_the_same_person_opens_no_second_measure(service: GatewayService, serve: Serve) -> None:
    url = serve(burst=1, rate=0.1)
    assert hello(url, service.give_token(CLERK.id)).status_code == 200
    assert hello(url, service.give_token(CLERK.id)).status_code == 429


def test_a_laptop_waits_as_it_is_told(service: GatewayService, serve: Serve) -> None:
    client = GatewayClient(serve(burst=1, rate=0.1), service.give_token(CLERK.id))
    client.hello()
    with pytest.raises(BusyError) as caught:
        client.hello()
    client.close()
    assert caught.value.retry_after >= 1


def test_whoever_guesses_tokens_is_stopped_and_who_works_beside_them_is_not(
    service: GatewayService, serve: Serve
) -> None:
    url = serve(failures=2, failure_rate=0.01)
    token = service.give_token(CLERK.id)
    assert hello(url, token).status_code == 200
    assert [hello(url, f"guess {n}").status_code for n in range(4)] == [401, 401, 429, 429]
    assert hello(url, token).status_code == 200


def test_two_hundred_laptops_behind_one_address_come_back_at_once(service: GatewayService) -> None:
    """Each with an old token first, then with its new one, and 300 requests for 50 records and 250 photos."""
    gate = Gate(service, Limits(), Seconds())  # no second passes
    for number in range(200):
        person = replace(CLERK, id=f"p{number}")
        service.people.keep(person)
        token = service.give_token(person.id)
        with pytest.raises(SignInError):
            gate.let_in(f"old {number}", "198.51.100.7")
        for _ in range(3 if number else 520):
            assert gate.let_in(token, "198.51.100.7").person == person


def test_addresses_of_one_ipv6_network_count_as_one(service: GatewayService) -> None:
    gate = Gate(service, replace(Limits(), failures=1), Seconds())
    with pytest.raises(SignInError):
        gate.let_in("guess", "2001:db8::1")
    with pytest.raises(TooManyError):
        gate.let_in("guess", "2001:db8::ffff")
    with pytest.raises(SignInError):
        gate.let_in("guess", "2001:db8:0:1::1")


@pytest.mark.parametrize("zeros", [MAX_BODY + 1, 64 << 20])
def test_what_unpacks_to_too_much_is_refused_before_it_does(service: GatewayService, serve: Serve, zeros: int) -> None:
    token = service.give_token(CLERK.id)
    headers = {"Authorization": f"Bearer {token}", "Content-Encoding": "gzip", "Content-Type": "application/json"}
    bomb = gzip.compress(bytes(zeros), 9)
    assert told(requests.post(f"{serve()}/v1/push", bomb, headers=headers, timeout=30)) == (413, "too-large")


def test_what_is_packed_in_another_way_is_not_taken(service: GatewayService, serve: Serve) -> None:
    headers = {"Authorization": f"Bearer {service.give_token(CLERK.id)}", "Content-Encoding": "br"}
    assert told(requests.post(f"{serve()}/v1/push", b"x", headers=headers, timeout=10)) == (415, "kind")


def test_more_requests_than_it_bears_are_sent_away_with_a_time(serve: Serve) -> None:
    url = serve(under_way=0)
    answers = [hello(url, "x") for _ in range(6)]
    assert {told(one) for one in answers} == {(503, "busy")}
    assert {int(one.headers["Retry-After"]) for one in answers} == {1, 2, 3, 4, 5}


@contextmanager
def line(url: str) -> Iterator[socket.socket]:
    """A bare connection."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        yield connection


def whole(connection: socket.socket) -> bytes:
    """All that comes until the other side closes, or says nothing more."""
    said = b""
    while part := connection.recv(65_536):
        said += part
        if b"application/problem+json" in said and said.endswith(b"}"):
            break
    return said


def test_a_body_that_does_not_come_is_given_up(service: GatewayService, serve: Serve) -> None:
    token = service.give_token(CLERK.id)
    head = f"POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 50\r\n\r\n{{"
    with line(serve(piece=0.2)) as connection:
        connection.sendall(head.encode())
        said = whole(connection)
    assert said.startswith(b"HTTP/1.1 408")
    assert json.loads(said[said.index(b"\r\n\r\n") :])["title"] == "slow"


def test_a_head_that_does_not_come_is_given_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_WITHIN", 0.2)
    with line(serve()) as connection:
        connection.sendall(b"GET /v1/hello HTTP/1.1\r\nHost:")
        assert connection.recv(10) == b""


@pytest.mark.parametrize("head", [b"no header at all", b"Content-Length: ten"])
def test_a_head_that_is_none_is_a_problem_and_the_end(serve: Serve, head: bytes) -> None:
    with line(serve()) as connection:
        connection.sendall(b"GET /v1/hello HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
        said = whole(connection)
    assert said.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in said
    assert b"uvicorn" not in said.lower()
    assert b"server:" not in said.lower()


def test_a_head_that_is_too_large_is_refused(serve: Serve) -> None:
    answer = requests.get(f"{serve()}/v1/hello", headers={"X": "x" * 40_000}, timeout=10)
    assert told(answer) == (431, "head")


def test_a_token_of_the_largest_size_fits_the_head(serve: Serve) -> None:
    assert hello(serve(), "x" * 16_384).status_code == 401


def test_memory_is_given_in_turn_and_not_for_ever() -> None:
    async def act() -> list[str]:
        room, order = Room(10), []

        async def want(name: str, size: int) -> None:
            await room.take(size, 5.0)
            order.append(name)

        await room.take(8, 1.0)
        large, small = asyncio.create_task(want("large", 9)), asyncio.create_task(want("small", 1))
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await room.take(1, 0.01)
        room.give(8)
        await asyncio.gather(large, small)
        return order

    assert asyncio.run(act()) == ["large", "small"]


def test_a_body_that_waits_in_vain_for_memory_is_told_to_come_again(service: GatewayService, serve: Serve) -> None:
    url = serve(memory=10, patience=0.05)
    headers = {"Authorization": f"Bearer {service.give_token(CLERK.id)}"}
    answer = requests.post(f"{url}/v1/pull", b'{"buckets": {}}', headers=headers, timeout=10)
    assert told(answer) == (503, "busy")
    assert hello(url, service.give_token(CLERK.id)).status_code == 200


def test_a_body_gives_its_memory_back(service: GatewayService, serve: Serve) -> None:
    url = serve(memory=40, patience=0.05)
    headers = {"Authorization": f"Bearer {service.give_token(CLERK.id)}"}
    for _ in range(5):
        assert requests.post(f"{url}/v1/pull", b'{"buckets": {}}', headers=headers, timeout=10).status_code == 200


def test_every_answer_has_the_headers_that_protect(service: GatewayService, serve: Serve) -> None:
    url = serve()
    for answer in (hello(url, service.give_token(CLERK.id)), hello(url, "x"), requests.get(f"{url}/x", timeout=10)):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in answer.headers
        assert "Strict-Transport-Security" not in answer.headers  # not over TLS


def test_limits_take_no_time(service: GatewayService) -> None:
    bucket = Buckets(1_000_000, 1.0)
    begun = time.process_time()
    for number in range(20_000):
        bucket.take(f"p{number % 200}")
    assert time.process_time() - begun < 2.0


def test_a_fault_that_nobody_foresaw_is_a_problem_and_the_line_stays(
    service: GatewayService, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = serve()
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {service.give_token(CLERK.id)}"
        with monkeypatch.context() as broken:
            broken.setattr(PersonApi, "hello", lambda _: 1 / 0)
            assert told(session.get(f"{url}/v1/hello", timeout=10)) == (500, "fault")
        assert session.get(f"{url}/v1/hello", timeout=10).status_code == 200
        pool = next(iter(session.adapters["http://"].poolmanager.pools._container.values()))  # type: ignore[attr-defined]  # of urllib3
        assert pool.num_connections == 1
