"""All laptops of a city come back at once: `python -m tests.bench crowd --laptops 200`.

Each has worked through an outage: 50 records and 5 photos in an encrypted store of its own. The product's own workers
wait in several processes; then the gateway, a process of its own, is there again. Told as lines of JSON: whether
everything arrived, what anybody was shown meanwhile, how long it took, and how much memory the gateway needed.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from fieldapp.access import COUNTER
from fieldapp.clock import SystemClock
from fieldapp.records import Person
from fieldapp.services import Catalogue
from sync.gateway import GatewayService, audit
from sync.gateway.postgres import PostgresDatabase
from sync.gateway.transactions import CityDatabase
from tests.support import postgres

RECORDS, PHOTOS, PHOTO_BYTES = 50, 5, 200_000
WARDS = 15
PROCESSES = 4
PATIENCE = 1_200  # s
MB = 1 << 20
Told = dict[str, Any]


def lines(laptops: int) -> Iterator[Told]:
    """One run over SQLite, one over PostgreSQL with two worker processes where there is one."""
    yield _run("sqlite", laptops, "", 1)
    with postgres.cluster() as server:
        if server:
            with postgres.schema(server) as address:
                yield _run("postgresql", laptops, address, 2)


def _run(name: str, laptops: int, address: str, workers: int) -> Told:
    with TemporaryDirectory() as folder:
        data, port = Path(folder) / "gateway", _free_port()
        people = [Person(f"p{n:03d}", f"P {n}", frozenset({COUNTER}), frozenset({_ward(n)})) for n in range(laptops)]
        tokens = _accounts(data, address, people)
        children = [_child(Path(folder), port, tokens, people[n::PROCESSES]) for n in range(PROCESSES)]
        try:
            for child in children:
                _heard(child)  # filled, and waiting for a gateway
            with _gateway(data, port, address, workers) as memory:
                began = time.monotonic()
                for child in children:
                    _tell(child)
                parts = [_heard(child) for child in children]
                secs = time.monotonic() - began
        finally:
            for child in children:
                child.kill()
                child.wait()
        return _told(name, laptops, secs, parts, memory) | _arrived(data, address, laptops)


def _told(name: str, laptops: int, secs: float, parts: Sequence[Told], memory: list[float]) -> Told:
    times = sorted(one for part in parts for one in part["times"])
    errors = sum(part["errors"] for part in parts)
    return {
        "bench": "crowd",
        "database": name,
        "laptops": laptops,
        "complete": len(times),
        "errors_shown": errors,
        "tried_again": sum(part["again"] for part in parts),
        "secs": round(secs, 1),
        "half_after_s": round(times[len(times) // 2], 1) if times else None,
        "rss_gateway_start_mb": round(memory[0], 1),
        "rss_gateway_mb": round(max(memory), 1),
        "ok": len(times) == laptops and not errors,
    }


def _arrived(data: Path, address: str, laptops: int) -> Told:
    """What the gateway has in the end."""
    service = GatewayService(data, Catalogue.load(), SystemClock(), database=_database(address))
    files = [sha256 for sha256 in audit.files(service) if audit.is_whole(service, sha256)]
    told = {"records": audit.totals(service)[0], "photos": len(files)}
    service.close()
    assert told == {"records": laptops * RECORDS, "photos": laptops * PHOTOS}
    return told


def _database(address: str) -> CityDatabase | None:
    return PostgresDatabase(address) if address else None


def _accounts(data: Path, address: str, people: Sequence[Person]) -> dict[str, str]:
    service = GatewayService(data, Catalogue.load(), SystemClock(), database=_database(address))
    for person in people:
        service.people.keep(person)
    tokens = {person.id: service.give_token(person.id) for person in people}
    service.close()
    return tokens


def _ward(number: int) -> str:
    return f"{number % WARDS + 1:02d}"


def _child(folder: Path, port: int, tokens: dict[str, str], people: Sequence[Person]) -> subprocess.Popen[str]:
    about = [[one.id, next(iter(one.wards)), tokens[one.id]] for one in people]
    command = [sys.executable, "-m", "tests.bench.crowd_child", str(folder), f"http://127.0.0.1:{port}"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    child.stdin.write(json.dumps(about) + "\n")
    child.stdin.flush()
    return child


def _heard(child: subprocess.Popen[str]) -> Told:
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line:
        raise RuntimeError("a process of laptops ended")
    told: Told = json.loads(line)
    return told


def _tell(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("the network is back\n")
    child.stdin.flush()


@contextmanager
def _gateway(data: Path, port: int, address: str, workers: int) -> Iterator[list[float]]:
    """The gateway in a process of its own, or several; its memory in MB, all the time."""
    command = [sys.executable, "-m", "ui", "gateway", "serve", "--quiet", "--data", str(data), "--port", str(port)]
    command += ["--database", address, "--workers", str(workers)] if address else []
    memory: list[float] = []
    done = threading.Event()
    log = subprocess.DEVNULL  # its access log
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as running:
        assert running.stdout is not None
        running.stdout.readline()
        watch = threading.Thread(target=_watch, args=(psutil.Process(running.pid), memory, done))
        memory.append(_memory(psutil.Process(running.pid)))
        watch.start()
        try:
            yield memory
        finally:
            done.set()
            watch.join()
            running.terminate()


def _watch(process: psutil.Process, memory: list[float], done: threading.Event) -> None:
    while not done.wait(0.25):
        memory.append(_memory(process))


def _memory(process: psutil.Process) -> float:
    return float(sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))) / MB


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
