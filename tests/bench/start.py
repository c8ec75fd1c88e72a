"""From the call to a window that can be used, at 200,000 records: `python -m tests.bench start`.

The program itself is started, in a process of its own, and says in its log when its first page is painted and the
window takes keys. FIELDAPP_PROGRAM names the folder of a built program, which is measured too. On a machine that
others share the clock on the wall measures the others, so the processor's time is told beside it.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from fieldapp.clock import SystemClock
from fieldapp.paths import Home
from fieldapp.store import Store, keys
from fieldapp.store.database import NAME as STORE
from tests.bench import large_city
from tests.support.store import PERSON
from ui.app import STANDS

ROOT = Path(__file__).resolve().parents[2]
TIMES, TARGET, PATIENCE = 5, 0.7, 60.0  # starts; seconds to the window, and to giving up
CALM = 1.0  # seconds after the window, in which the rest of the start is done


@dataclass(frozen=True)
class Started:
    """One start: seconds to the window by the clock and of the processor, and MiB of memory when all is calm."""

    secs: float
    cpu: float
    mib: float


def lines(records: int) -> Iterator[dict[str, Any]]:
    """A city's laptop and the practice city, from the sources and, where there is one, from the built program."""
    home = large_city.large_city(records)
    city = ("open", "--gateway", large_city.GATEWAY, "--issuer", large_city.GATEWAY, "--client-id", large_city.CLIENT,
            "--person", PERSON, "--device", large_city.DEVICE, "--city", "bench")  # fmt: skip
    source = (sys.executable, "-m", "tests.bench.start_child")
    yield _told("start, a city's laptop", _starts([*source, *city], home, "bench"), records)
    _practice(home, records)
    yield _told(
        "start, the practice city", _starts([*source, "practice", "--as", "m.tremblay"], home, "practice"), records
    )
    if built := os.environ.get("FIELDAPP_PROGRAM"):
        program = str(Path(built) / "fieldapp")
        yield _told(
            "start, the practice city, built",
            _starts([program, "practice", "--as", "m.tremblay"], home, "practice"),
            records,
        )


def _told(phase: str, found: Sequence[Started], records: int) -> dict[str, Any]:
    secs, cpu = (statistics.median(each) for each in ([one.secs for one in found], [one.cpu for one in found]))
    return {
        "bench": "start",
        "phase": phase,
        "records": records,
        "secs": round(secs, 3),
        "least_secs": round(min(one.secs for one in found), 3),
        "cpu_secs": round(cpu, 3),
        "memory_mib": round(statistics.median(one.mib for one in found)),
        "target_secs": TARGET,
        "ok": secs <= TARGET,
    }


def _starts(command: Sequence[str], home: Path, city: str) -> list[Started]:
    """So many starts, after one that finds everything in the system's own memory of files."""
    return [_start(command, home, city) for _ in range(TIMES + 1)][1:]


def _start(command: Sequence[str], home: Path, city: str) -> Started:
    log = Home(home / city).log
    log.unlink(missing_ok=True)
    around = {**os.environ, "FIELDAPP_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    around.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is installed is compiled
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=around, stdout=subprocess.DEVNULL) as child:
        try:
            while STANDS not in _said(log):
                if child.poll() is not None or time.perf_counter() - began > PATIENCE:
                    raise AssertionError("no window came: " + _said(log))
                time.sleep(0.005)
            secs, process = time.perf_counter() - began, psutil.Process(child.pid)
            spent = process.cpu_times()
            time.sleep(CALM)
            return Started(secs, spent.user + spent.system, process.memory_info().rss / 2**20)
        finally:
            child.send_signal(signal.SIGINT)  # it ends in order, or the next start would check the whole store
            child.wait(PATIENCE)


def _said(log: Path) -> str:
    return log.read_text("utf-8") if log.exists() else ""


def _practice(home: Path, records: int) -> None:
    """The practice city beside it, with as many records on the inspector's laptop."""
    from ui.practice import PracticeScreen

    place, clock = Home(home / "practice"), SystemClock()
    folder = place.store(PERSON)
    if (folder / STORE).exists():
        return
    screen = PracticeScreen(place, clock)
    screen.close()
    store = Store.open(folder, keys.practice_key(folder), clock=clock, device=large_city.DEVICE, guide=None)
    large_city.fill(store, records, clock.now().date().isoformat())
    store.close()
