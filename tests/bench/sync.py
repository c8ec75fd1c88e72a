"""What sync costs, as lines of JSON: `python -m tests.bench sync --records N`. Client and gateway in processes of their
own over loopback, with the product's own engine and encrypted store; the floor (tests/support/floor.py) in the same
run, since on a machine that others share only ratios count.

Phases: `local_single` one save, one durable commit each; `local_batch100` a hundred rows a commit; `push` all to the
gateway; `pull` all to an empty second laptop; `bootstrap` the same for a third, when records have been edited; `noop` a
cycle with nothing to do; `delta100` 100 edits from one laptop through the gateway to another. The floor saves, pushes,
pulls and asks for nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from fieldapp.clock import SystemClock
from fieldapp.records import Person
from fieldapp.services import Catalogue
from sync.gateway import GatewayService
from tests.support.gateway import CHIEF, CLERK, SECOND_CHIEF

SINGLES, BATCHED = 2_000, 10_000  # records that the local phases write at most
QUIET, DELTAS, EDITS = 20, 5, 100
MB = 1024 * 1024


@dataclass(frozen=True)
class Line:
    """One phase of one peer: documents, seconds, processor seconds and peak memory of both sides."""

    peer: str
    n: int
    phase: str
    docs: int
    secs: float
    ok: bool
    cpu_client_s: float
    cpu_server_s: float
    rss_client_mb: float
    rss_server_mb: float

    def as_json(self) -> dict[str, Any]:
        """The line; numbers to four places."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}


def lines(n: int) -> Iterator[Line]:
    """All phases with `n` records: first the floor's, then ours."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield from _floor(folder / "floor", n)
        yield from _ours(folder / "ours", n)


@dataclass
class Peer:
    """A client in a process of its own, and the process that serves it."""

    name: str
    n: int
    client: subprocess.Popen[str]
    server: psutil.Process

    def does(self, act: str, *arguments: object) -> dict[str, Any]:
        """Let the client do something; what it cost and told, with the server's share."""
        before = self._server_cpu()
        assert self.client.stdin is not None
        assert self.client.stdout is not None
        self.client.stdin.write(json.dumps([act, *arguments]) + "\n")
        self.client.stdin.flush()
        answer = self.client.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name}: the client ended in “{act}”")
        told: dict[str, Any] = json.loads(answer)
        return told | {"server_cpu": self._server_cpu() - before}

    def line(self, phase: str, docs: int, told: dict[str, Any], *, ok: bool = True, times: int = 1) -> Line:
        """What `told` says of a phase, each of `times` runs."""
        memory = self.server.memory_info().rss / MB
        cpu, server = told["cpu"] / times, told["server_cpu"] / times
        return Line(self.name, self.n, phase, docs, told["secs"] / times, ok, cpu, server, told["rss"], memory)

    def _server_cpu(self) -> float:
        spent = self.server.cpu_times()
        return float(spent.user + spent.system)


def _floor(folder: Path, n: int) -> Iterator[Line]:
    folder.mkdir()
    with (
        process("-m", "tests.support.floor", str(folder)) as (server, port),
        process("-m", "tests.bench.floor", str(folder), f"http://127.0.0.1:{port}") as (client, _),
    ):
        peer = Peer("floor", n, client, psutil.Process(server.pid))
        yield peer.line("local_single", min(n, SINGLES), peer.does("single", min(n, SINGLES)))
        peer.does("fill", n)
        yield peer.line("push", n, peer.does("push"))
        came = peer.does("pull")
        yield peer.line("pull", n, came, ok=came["came"] == n)
        yield peer.line("noop", 0, peer.does("quiet", QUIET), times=QUIET)


def _ours(folder: Path, n: int) -> Iterator[Line]:
    folder.mkdir()
    tokens = accounts(folder / "gateway")
    serve = ("-m", "ui", "gateway", "serve", "--quiet", "--data", str(folder / "gateway"))
    with process(*serve) as (server, said):
        url, gateway = said.split()[-1], psutil.Process(server.pid)

        @contextmanager
        def laptop(person: Person, name: str) -> Iterator[Peer]:
            about = json.dumps({"id": person.id, "name": person.name, "roles": sorted(person.roles)})
            with process("-m", "tests.bench.laptop", str(folder / name), about, url, tokens[person.id]) as (client, _):
                yield Peer("fieldapp", n, client, gateway)

        with laptop(CLERK, "a") as a:
            yield from _local(a, n)
            pushed = a.does("cycle")
            yield a.line("push", n, pushed, ok=pushed["equal"])
            with laptop(CHIEF, "b") as b:
                pulled = b.does("cycle")
                yield b.line("pull", n, pulled, ok=_same(pulled, pushed))
                yield from _everyday(a, b)
        with laptop(SECOND_CHIEF, "c") as c:
            pulled = c.does("cycle")
            yield c.line("bootstrap", n, pulled, ok=pulled["equal"])


def _local(a: Peer, n: int) -> Iterator[Line]:
    """Saves on this laptop alone; then there are `n` records to send. The rows of the batch are another store's."""
    singles = min(n, SINGLES)
    yield a.line("local_single", singles, a.does("save", singles))
    batched = min(n, BATCHED)
    yield a.line("local_batch100", batched, a.does("take_in", batched))
    if n > singles:
        a.does("save", n - singles)


def _everyday(a: Peer, b: Peer) -> Iterator[Line]:
    a.does("cycle")
    quiet = [a.does("cycle") for _ in range(QUIET)]
    yield a.line("noop", 0, min(quiet, key=_seconds), ok=all(one["equal"] for one in quiet))
    rounds = []
    for _ in range(DELTAS):
        a.does("edit", EDITS)
        there, back = a.does("cycle"), b.does("cycle")
        both = {key: there[key] + back[key] for key in ("secs", "cpu", "server_cpu")}
        rounds.append(both | {"rss": max(there["rss"], back["rss"]), "equal": _same(there, back)})
    yield a.line("delta100", EDITS, min(rounds, key=_seconds), ok=all(one["equal"] for one in rounds))


def _seconds(told: dict[str, Any]) -> float:
    return float(told["secs"])


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two laptops hold the same, and so does the City."""
    return bool(one["equal"] and other["equal"] and one["summary"] == other["summary"])


def accounts(data: Path) -> dict[str, str]:
    """A gateway's folder with three people; their tokens."""
    service = GatewayService(data, Catalogue.load(), SystemClock())
    for person in (CLERK, CHIEF, SECOND_CHIEF):
        service.people.keep(person)
    tokens = {person.id: service.give_token(person.id) for person in (CLERK, CHIEF, SECOND_CHIEF)}
    service.close()
    return tokens


@contextmanager
def process(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A program with its first line of output."""
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running, running.stdout.readline().strip()
        finally:
            running.terminate()
