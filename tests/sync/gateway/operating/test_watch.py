"""Health and measures of a gateway that laptops speak to, and its end by SIGTERM."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
import requests

from fieldapp.errors import StoreError
from fieldapp.paths import resources
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway.operating import health as health_module
from sync.gateway.operating.health import Health
from sync.gateway.operating.measures import Measures, registry_of
from sync.gateway.operating.standing import Standing
from sync.gateway.operating.watch import Watch
from sync.gateway.server import GatewayServer
from sync.wire import PushRequest
from tests.support.gateway import CLERK, SERVICE, City, make_service
from tests.support.store import make_change
from ui.__main__ import main


@pytest.fixture
def watched(tmp_path: Path, catalogue: Catalogue) -> Iterator[tuple[City, Watch]]:
    """A city over HTTP, and the port of those who look after it."""
    service, measures = make_service(tmp_path / "gateway", catalogue), Measures()
    with GatewayServer(service, measures=measures) as server:
        city = City(tmp_path, service, server)
        health = Health(service, tmp_path / "gateway", server.url)
        standing = Standing(service.database, tmp_path / "gateway", service.clock)
        with Watch("127.0.0.1", 0, health, [measures.registry, registry_of(standing)]) as watch:
            yield city, watch
        city.close()


def asked(watch: Watch, path: str) -> requests.Response:
    return requests.get(f"http://127.0.0.1:{watch.port}{path}", timeout=20)


def failing(*_: object) -> NoReturn:
    """A database that does not answer."""
    raise StoreError("the disk is gone")


def numbers(text: str) -> dict[str, float]:
    """Each line of the measures."""
    return {name: float(value) for name, value in re.findall(r"^(fieldapp\S+) (\S+)$", text, re.MULTILINE)}


def test_what_laptops_did_is_counted_and_nobody_is_named(watched: tuple[City, Watch]) -> None:
    city, watch = watched
    laptop = city.laptop(CLERK)
    laptop.new({"contact/name": "Kowalczyk"})
    laptop.sync()
    text = asked(watch, "/metrics").text
    found = numbers(text)
    assert found['fieldapp_ops_total{status="applied"}'] == 1
    assert found['fieldapp_requests_total{method="POST",route="/v1/push",status="200"}'] >= 1
    assert found["fieldapp_feed_head"] >= 1
    assert found["fieldapp_disk_free_bytes"] > 0
    assert found['fieldapp_laptops_heard{days="1"}'] == found["fieldapp_laptops"] == 1
    for word in ("Kowalczyk", CLERK.id, laptop.device, "127.0.0.1"):
        assert word not in text


def test_an_unknown_path_makes_no_measure_of_its_own(watched: tuple[City, Watch]) -> None:
    city, watch = watched
    assert city.server
    for n in range(3):
        requests.get(f"{city.server.url}/v1/{n}", timeout=20)
    found = {name: n for name, n in numbers(asked(watch, "/metrics").text).items() if 'status="404"' in name}
    assert found == {'fieldapp_requests_total{method="GET",route="-",status="404"}': 3}


def test_it_is_ready_when_each_part_is(watched: tuple[City, Watch], monkeypatch: pytest.MonkeyPatch) -> None:
    city, watch = watched
    assert asked(watch, "/ready").json() == {
        "ready": True, "gateway": "ok", "database": "ok", "files": "ok", "disk": "ok",
    }  # fmt: skip
    monkeypatch.setattr(health_module, "RESERVE", 1 << 62)
    full = asked(watch, "/ready")
    assert full.status_code == 503
    assert "are needed" in full.json()["disk"]
    monkeypatch.setattr(city.service.database, "read", failing)
    assert asked(watch, "/ready").json()["database"] == "the disk is gone"
    assert asked(watch, "/live").status_code == 200


def test_a_gateway_that_does_not_answer_is_not_live(watched: tuple[City, Watch]) -> None:
    city, watch = watched
    assert asked(watch, "/live").json() == {"live": True, "why": ""}
    assert city.server
    city.server.stop()
    assert asked(watch, "/live").status_code == 503
    assert asked(watch, "/nothing").status_code == 404


def test_every_answer_has_the_name_of_its_request(watched: tuple[City, Watch]) -> None:
    city, _ = watched
    assert city.server
    given = requests.get(f"{city.server.url}/v1/alive", headers={"X-Request-Id": "proxy-7"}, timeout=20)
    own = requests.get(f"{city.server.url}/v1/hello", headers={"X-Request-Id": "no name; at all"}, timeout=20)
    assert given.status_code == 200
    assert given.headers["X-Request-Id"] == "proxy-7"
    assert len(own.headers["X-Request-Id"]) == 36


@pytest.fixture
def services(tmp_path: Path) -> list[str]:
    """One service alone: a program of its own prepares it in no time."""
    for name in (SERVICE, "_blocks"):
        shutil.copytree(resources() / "services" / name, tmp_path / "services" / name)
    return ["--services", str(tmp_path / "services")]


@contextmanager
def running(words: list[str], environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """The program, where it answers and where it is watched."""
    command = [sys.executable, "-m", "ui", "gateway", "serve", "--watch-port", "0", *words]
    own = {**os.environ, **environment}
    with subprocess.Popen(command, text=True, env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout
        watch, url = (program.stdout.readline().split()[-1] for _ in range(2))
        try:
            yield program, url, watch
        finally:
            program.send_signal(signal.SIGTERM)


def listening(path: Path) -> socket.socket:
    """Where systemd would listen."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.bind(str(path))
    line.settimeout(60)
    return line


def test_sigterm_finishes_what_is_under_way_and_systemd_is_told(tmp_path: Path, services: list[str]) -> None:
    line = listening(tmp_path / "notify")
    told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "400000"}
    with running(["--data", str(tmp_path / "city"), *services], told) as (program, url, _):
        assert [line.recv(99), line.recv(99)] == [b"READY=1", b"WATCHDOG=1"]
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), 60) as slow:
            slow.sendall(b"POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Length: 2\r\n\r\n{")
            requests.get(f"{url}/v1/alive", timeout=60)
            program.send_signal(signal.SIGTERM)
            while line.recv(99) != b"STOPPING=1":
                pass
            slow.sendall(b"}")
            assert slow.recv(99).startswith(b"HTTP/1.1 401")
        assert program.wait(60) == 0
        assert program.stderr
        lines = [json.loads(text) for text in program.stderr.read().splitlines()]
    line.close()
    assert {"method": "POST", "path": "/v1/push", "status": 401}.items() <= lines[-1].items()
    assert lines[-1]["request"]


@pytest.mark.xdist_group("postgres")
@pytest.mark.kill
def test_the_counts_of_several_workers_are_one(
    tmp_path: Path, address: str, services: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--data", str(tmp_path / "city"), "--database", address, *services]
    assert main(["gateway", "account", CLERK.id, "--name", CLERK.name, "--role", "counter", *where]) == 0
    token = capsys.readouterr().out.strip()
    with running([*where, "--workers", "2"], {}) as (program, url, watch):
        for n in range(12):  # each on a line of its own: some worker takes it
            client = GatewayClient(url, token)
            change = make_change(f"r{n}", {"title": "x"}, creates=True, actor=CLERK.id, principal=CLERK.id)
            client.push(PushRequest("LT01", (change.payload(),)))
            client.close()
        text = requests.get(f"{watch}/metrics", timeout=60).text
        ops = sum(n for name, n in numbers(text).items() if name.startswith("fieldapp_ops_total"))
        assert ops == 12
        assert numbers(text)["fieldapp_feed_head"] >= 12  # PostgreSQL's own numbers
        assert numbers(text)["fieldapp_laptops"] == 0  # whose Changes stand in no journal
        assert requests.get(f"{watch}/ready", timeout=60).json()["ready"]
        program.send_signal(signal.SIGTERM)
        assert program.wait(60) == 0


def test_measures_are_told_also_while_the_disk_does_not_answer(
    watched: tuple[City, Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: object) -> NoReturn:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(shutil, "disk_usage", broken)
    found = numbers(asked(watched[1], "/metrics").text)
    assert "fieldapp_feed_head" in found
    assert "fieldapp_disk_free_bytes" not in found


def test_who_asks_and_goes_leaves_no_fault_behind(
    watched: tuple[City, Watch], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, gone, answered = watched[1], threading.Event(), threading.Event()

    def slow(_path: str) -> tuple[int, str, bytes]:
        gone.wait(10)
        answered.set()
        return 200, "text/plain", b"x" * (8 << 20)

    monkeypatch.setattr(watch, "answer", slow)
    with socket.create_connection(("127.0.0.1", watch.port)) as line:
        line.sendall(b"GET /live HTTP/1.0\r\n\r\n")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    gone.set()
    assert answered.wait(10)
    monkeypatch.undo()
    assert asked(watch, "/live").status_code == 200
    assert "Traceback" not in capfd.readouterr().err
