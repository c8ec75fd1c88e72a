"""The network test finds where the way ends: on real sockets, with each kind of end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from sync import network
from sync.adapters.gateway import GatewayClient
from sync.gateway.server import GatewayServer
from sync.network import ANSWER, CLOCK, CONNECTION, ENCRYPTION, NAME, NetworkTest, Step
from tests.support.gateway import CLERK, make_service, steps_alone

NOBODYS = "no-one"  # a token that the gateway never gave


def steps(url: str, token: str = NOBODYS, *, clock: FixedClock | None = None, plugged: bool = True) -> list[Step]:
    test = NetworkTest(url, lambda: GatewayClient(url, token), clock or FixedClock(), plugged=lambda: plugged)
    return list(test.run())


def ends(found: list[Step]) -> tuple[list[str], str]:
    """The steps that were good, and the one that failed."""
    return [one.id for one in found if one.good], "".join(one.id for one in found if not one.good)


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    """A captive portal: whatever is asked, it answers 200 with a page."""

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[GatewayServer]:
    service = make_service(tmp_path / "gateway", steps_alone())
    with GatewayServer(service) as server:
        yield server
    service.close()


@pytest.mark.parametrize(
    ("code", "helps"),
    [(9, "date and time"), (10, "date and time"), (62, "look at the address"), (18, "stands between")],
)
def test_what_is_wrong_with_a_certificate_says_what_helps(code: int, helps: str) -> None:
    assert helps in network._of_certificate(code)


def test_the_whole_way(gateway: GatewayServer) -> None:
    found = steps(gateway.url, gateway.service.give_token(CLERK.id))
    assert ends(found) == ([NAME, CONNECTION, ANSWER, CLOCK], "")


def test_a_sign_in_that_ended_is_no_network_fault(gateway: GatewayServer) -> None:
    found = steps(gateway.url)
    assert ends(found) == ([NAME, CONNECTION], ANSWER)
    assert found[-1].helps.startswith("Sign in again")


def test_clocks_that_differ_are_told(gateway: GatewayServer) -> None:
    clock = FixedClock()
    clock.forward(minutes=30)
    found = steps(gateway.url, gateway.service.give_token(CLERK.id), clock=clock)
    assert (ends(found)[1], found[-1].found) == (CLOCK, "30 minutes apart")


def test_no_network_at_all() -> None:
    assert ends(steps("http://127.0.0.1:9", plugged=False)) == ([], NAME)


def test_a_name_that_nobody_knows() -> None:
    found = steps("http://nowhere.invalid:9")
    assert ends(found) == ([], NAME)
    assert "nowhere.invalid" in found[0].found


def test_a_port_that_is_closed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert ends(steps(f"http://127.0.0.1:{port}")) == ([NAME], CONNECTION)


def test_a_captive_portal_is_named() -> None:
    with answering(b"<html>Welcome to the hotel</html>") as url:
        found = steps(url)
    assert ends(found) == ([NAME, CONNECTION], ANSWER)
    assert "browser" in found[-1].helps


def test_a_line_that_is_not_encrypted_ends_there(gateway: GatewayServer) -> None:
    found = steps(gateway.url.replace("http://", "https://"))
    assert ends(found) == ([NAME, CONNECTION], ENCRYPTION)


@pytest.mark.parametrize("host", ["gateway..example", "a" * 70 + ".example"])
def test_what_can_be_no_name_is_not_known_either(host: str) -> None:
    assert ends(steps(f"https://{host}")) == ([], NAME)
