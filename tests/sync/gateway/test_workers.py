"""Several worker processes behind one port: a laptop cannot tell them apart."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psutil
import pytest

from fieldapp.records import TITLE
from sync.adapters.gateway import GatewayClient
from sync.gateway.postgres import PostgresDatabase
from sync.wire import OpResult, PushRequest
from tests.support.gateway import CLERK
from tests.support.store import make_change
from ui.__main__ import main

WORKERS = 2
TIMES = 12
pytestmark = [pytest.mark.xdist_group("postgres"), pytest.mark.kill]


@pytest.fixture
def where(tmp_path: Path, address: str) -> list[str]:
    """What each command is told of the City's place."""
    return ["--data", str(tmp_path / "city"), "--database", address]


@pytest.fixture
def served(where: list[str]) -> Iterator[tuple[str, psutil.Process]]:
    """Where the gateway answers, and its first process."""
    command = [sys.executable, "-m", "ui", "gateway", "serve", "--workers", str(WORKERS), *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield running.stdout.readline().split()[-1], psutil.Process(running.pid)
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0


def token_of(where: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Make the clerk's account."""
    assert main(["gateway", "account", CLERK.id, "--name", CLERK.name, "--role", "counter", *where]) == 0
    return capsys.readouterr().out.strip()


def at_once(url: str, token: str, request: PushRequest) -> list[tuple[OpResult, ...]]:
    """The same message on many lines at the same moment."""
    barrier = Barrier(TIMES)

    def send(_: int) -> tuple[OpResult, ...]:
        client = GatewayClient(url, token)
        client.hello()
        barrier.wait(60)
        results = client.push(request).results
        client.close()
        return results

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(send, range(TIMES)))


def test_an_op_sent_to_all_at_once_counts_once_and_one_that_dies_is_not_missed(
    where: list[str],
    address: str,
    capsys: pytest.CaptureFixture[str],
    served: tuple[str, psutil.Process],
) -> None:
    url, first = served
    token = token_of(where, capsys)
    edits = {TITLE: "Couch"}
    changes = [make_change(f"r{n}", edits, creates=True, actor=CLERK.id, principal=CLERK.id) for n in range(20)]
    request = PushRequest("LT01", tuple(one.payload() for one in changes))
    answers = at_once(url, token, request)
    assert answers == [answers[0]] * TIMES
    workers = [one for one in first.children() if "spawn_main" in " ".join(one.cmdline())]
    assert len(workers) == WORKERS
    workers[0].kill()
    psutil.wait_procs(workers[:1], 30)
    assert GatewayClient(url, token).push(request).results == answers[0]
    database = PostgresDatabase(address)
    assert database.read("SELECT count(*) FROM op") == [(20,)]
    database.close()


def test_several_workers_on_a_file_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gateway", "serve", "--data", str(tmp_path), "--workers", "2"]) == 1
    assert "need PostgreSQL" in capsys.readouterr().err
