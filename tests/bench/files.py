"""What files cost, as lines of JSON: `python -m tests.bench files`. Ten of 8 MiB from a laptop through the gateway to
another laptop, with the product's own engine and encrypted stores; the floor (tests/support/floor_files.py) in the same
run, for on a machine that others share only ratios count: both take turns, and the median turn counts. `docs` is the
number of files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median_low
from tempfile import TemporaryDirectory

import psutil

from tests.bench.sync import Line, Peer, accounts, process

COUNT, SIZE, TURNS = 10, 8 << 20, 3
PHASES = ("upload", "download")


def lines(count: int = COUNT, size: int = SIZE, turns: int = TURNS) -> Iterator[Line]:
    """Both phases of both peers."""
    found: dict[tuple[str, str], list[Line]] = {}
    with TemporaryDirectory() as name, _floor(Path(name) / "floor") as floor, _ours(Path(name) / "ours") as ours:
        for turn in range(turns):
            for peer in (floor, ours):
                peer.does("fill", count, size, turn)
                for phase in PHASES:
                    told = peer.does(phase)
                    line = peer.line(phase, count, told, ok=told["files"] == count)
                    found.setdefault((peer.name, phase), []).append(line)
    for several in found.values():
        middle = median_low(line.secs for line in several)
        yield next(line for line in several if line.secs == middle)


@contextmanager
def _floor(folder: Path) -> Iterator[Peer]:
    (folder / "there").mkdir(parents=True)
    with (
        process("-m", "tests.support.floor_files", str(folder / "there")) as (server, port),
        process("-m", "tests.bench.files_client", "floor", str(folder), f"http://127.0.0.1:{port}", "{}") as (one, _),
    ):
        yield Peer("floor", COUNT, one, psutil.Process(server.pid))


@contextmanager
def _ours(folder: Path) -> Iterator[Peer]:
    folder.mkdir()
    tokens = json.dumps(accounts(folder / "gateway"))
    with (
        process("-m", "ui", "gateway", "serve", "--data", str(folder / "gateway")) as (server, said),
        process("-m", "tests.bench.files_client", "fieldapp", str(folder), said.split()[-1], tokens) as (one, _),
    ):
        yield Peer("fieldapp", COUNT, one, psutil.Process(server.pid))
