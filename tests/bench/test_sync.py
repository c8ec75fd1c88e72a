"""What sync costs, beside the floor of the same run: `./test --bench tests/bench/test_sync.py`.

Client and gateway in separate processes over loopback; the product's own store (encrypted) and engine. Documents of
about 1,025 bytes. Times are ratios to the floor (tests/support/floor.py); the machine is shared, so only those count.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from fieldapp.clock import SystemClock, new_id, stamp
from fieldapp.records import ASSIGNEE, AUTHOR, STATE, TITLE, WARD, Change
from fieldapp.services import Catalogue
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from tests.support import floor
from tests.support.gateway import CHIEF, CLERK, SERVICE
from tests.support.store import KEY

N = 10_000
ROUNDS = 3
DOCUMENT = {f"items/q{n:02d}": f"an answer of {n} words, more or less" for n in range(14)}
pytestmark = pytest.mark.bench


@contextmanager
def process(*arguments: str) -> Iterator[str]:
    """A program that prints where it answers."""
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().split()[-1]
        finally:
            running.terminate()


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def said(phase: str, docs: int, seconds: float, floor_seconds: float = 0.0) -> None:
    """One line of JSON."""
    line = {"phase": phase, "docs": docs, "secs": round(seconds, 4), "docs_per_s": round(docs / seconds)}
    print(json.dumps({**line, "x_floor": round(seconds / floor_seconds, 2)} if floor_seconds else line))


@dataclass
class Laptop:
    """A store and an engine that talks to the gateway's process."""

    store: Store
    engine: Engine
    client: GatewayClient

    def close(self) -> None:
        """Bring it to rest."""
        self.client.close()
        self.store.close()


def change_of(n: int, record: str = "", base_rev: int = 0, person: str = CLERK.id) -> Change:
    """The n-th document as a new record, or one more edit of `record`."""
    own = {STATE: "draft", AUTHOR: person, ASSIGNEE: person, TITLE: f"Couch {n}", WARD: f"{n % 15 + 1:02d}"}
    edits = {"items/q00": f"edited {n}"} if record else {**own, **DOCUMENT, "items/q00": f"new {n}"}
    was = {"items/q00": f"new {n}"} if record else {}
    return Change(
        id=new_id(),
        record=record or new_id(),
        service=SERVICE,
        form_version="1",
        base_rev=base_rev,
        edits=edits,
        was=was,
        actor=person,
        principal=person,
        device="LT01",
        at=stamp(SystemClock().now()),
        creates=not record,
    )


@contextmanager
def laptops(folder: Path) -> Iterator[tuple[Laptop, Laptop]]:
    """A clerk's and a supervisor's laptop, and a gateway in a process of its own."""
    from ui.__main__ import main

    data = folder / "gateway"
    serve = ["-m", "ui", "gateway", "serve", "--data", str(data)]
    tokens = []
    for person in (CLERK, CHIEF):
        roles = [word for role in person.roles for word in ("--role", role)]
        asked = ["gateway", "account", person.id, "--data", str(data), "--name", person.name, *roles]
        with (folder / "token").open("w") as file:
            stdout, sys.stdout = sys.stdout, file
            main(asked)
            sys.stdout = stdout
        tokens.append((folder / "token").read_text().strip())
    catalogue = Catalogue.load()
    with process(*serve) as url:
        made = []
        for person, token in zip((CLERK, CHIEF), tokens, strict=True):
            store = Store.open(folder / person.id, KEY, clock=SystemClock(), device=person.id, guide=catalogue)
            client = GatewayClient(url, token)
            made.append(Laptop(store, Engine(store, client, person, SystemClock()), client))
        yield made[0], made[1]
        for laptop in made:
            laptop.close()


def floor_times(folder: Path, documents: list[dict[str, str]]) -> tuple[float, float, float]:
    """The floor's push, pull and no-op."""
    folder.mkdir()
    with process("-m", "tests.support.floor", str(folder)) as port, requests.Session() as session:
        session.trust_env = False
        url = f"http://127.0.0.1:{port}"
        here, there = floor.Table(folder / "here.db"), floor.Table(folder / "there.db")
        here.put(documents)
        session.get(f"{url}/pull?since=0", timeout=30)
        push = timed(lambda: floor.push_all(session, url, here))
        pull = timed(lambda: floor.pull_all(session, url, there))
        noop = timed(lambda: session.get(f"{url}/pull?since={10**9}", timeout=30))
        here.close()
        there.close()
        return push, pull, noop


def test_push_and_pull_beside_the_floor(tmp_path: Path) -> None:
    ratios = []
    for turn in range(ROUNDS):
        folder = tmp_path / str(turn)
        folder.mkdir()
        changes = [change_of(n) for n in range(N)]
        documents = [{"id": one.record, "body": json.dumps(one.payload())} for one in changes]
        push, pull, _ = floor_times(folder / "floor", documents)
        with laptops(folder) as (clerk, chief):
            for change in changes:
                clerk.store.commit(change, seal=True)
            size = len(json.dumps(changes[0].payload()))
            del changes, documents  # a laptop does not hold them in memory, and the collector would walk them
            gc.collect()
            sent = timed(clerk.engine.cycle)
            came = timed(chief.engine.cycle)
            assert clerk.store.summary() == chief.store.summary()
            assert chief.store.summary()[0] == N
        said("floor push", N, push)
        said("push", N, sent, push)
        said("floor pull", N, pull)
        said("pull", N, came, pull)
        ratios.append((sent / push, came / pull))
    print(json.dumps({"size": size, "best": [min(r) for r in zip(*ratios, strict=True)]}))


def test_a_quiet_cycle_and_a_hundred_edits(tmp_path: Path) -> None:
    with laptops(tmp_path) as (clerk, chief):
        changes = [change_of(n) for n in range(2000)]
        for change in changes:
            clerk.store.commit(change, seal=True)
        clerk.engine.cycle()
        chief.engine.cycle()
        clerk.engine.cycle()
        quiet = min(timed(clerk.engine.cycle) for _ in range(20))
        said("noop", 1, quiet)
        best = []
        for turn in range(5):
            edited = [
                change_of(n, one.record, 1) for n, one in enumerate(changes[turn * 100 : turn * 100 + 100], turn * 100)
            ]
            for change in edited:
                clerk.store.commit(change, seal=True)
            best.append(timed(lambda: (clerk.engine.cycle(), chief.engine.cycle())))
        said("delta100", 100, min(best))
        assert clerk.store.summary() == chief.store.summary()
