"""The pages at 200,000 records, on the screen: `python -m tests.bench records`, `search`, `dashboard`, `map`.

A heart beats in the screen's thread while a script scrolls, types and moves; the longest time between two beats is how
long a person's key would have waited. On a machine that others share the clock on the wall measures the others too, so
a figure is judged by the processor's time of the screen's thread, and the clock is told beside it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psutil
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

BEAT = 4  # ms
STALL = 0.05  # seconds that the screen's thread may be busy between two beats


@dataclass
class Taken:
    """Seconds of one kind of act, each by the clock and of this thread's processor."""

    secs: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def of(self, act: Callable[[], object]) -> None:
        """Measure one act, with all that it makes the screen paint."""
        began, used = time.perf_counter(), time.thread_time()
        act()
        QApplication.processEvents()
        QApplication.processEvents()
        self.secs.append(time.perf_counter() - began)
        self.cpu.append(time.thread_time() - used)

    def line(self, bench: str, phase: str, target: float, **more: Any) -> dict[str, Any]:
        """The line: medians beside the slowest, judged by the median of the processor's time."""
        cpu = statistics.median(self.cpu)
        return {
            "bench": bench,
            "phase": phase,
            "times": len(self.secs),
            "secs": round(statistics.median(self.secs), 4),
            "max_secs": round(max(self.secs), 4),
            "cpu_secs": round(cpu, 4),
            "max_cpu_secs": round(max(self.cpu), 4),
            "memory_mib": memory(),
            "target_secs": target,
            **more,
            "ok": cpu <= target,
        }


class Heart(QObject):
    """Beats in the screen's thread; `most` is the most that this thread worked between two beats, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.most = self.most_secs = 0.0
        self._beat = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self._told)

    def watch(self, acts: Sequence[Callable[[], object]], *, calm: float = 0.0) -> None:
        """Do one act after the other, each from the loop of events, and listen for `calm` seconds more."""
        self.most = self.most_secs = 0.0
        self._beat = time.perf_counter(), time.thread_time()
        self._timer.start()
        for act in acts:
            QTimer.singleShot(0, act)
            self._live(2 * BEAT / 1000)
        self._live(calm)
        self._timer.stop()

    def line(self, bench: str, phase: str) -> dict[str, Any]:
        """The line of what was watched last."""
        return {
            "bench": bench,
            "phase": phase,
            "secs": round(self.most_secs, 4),
            "cpu_secs": round(self.most, 4),
            "memory_mib": memory(),
            "target_secs": STALL,
            "ok": self.most <= STALL,
        }

    def _live(self, secs: float) -> None:
        until = time.perf_counter() + secs
        while True:
            QApplication.processEvents()
            if time.perf_counter() >= until:
                return

    def _told(self) -> None:
        secs, cpu = time.perf_counter(), time.thread_time()
        self.most_secs = max(self.most_secs, secs - self._beat[0])
        self.most = max(self.most, cpu - self._beat[1])
        self._beat = secs, cpu


def memory() -> int:
    """MiB of this process."""
    return round(psutil.Process().memory_info().rss / 2**20)
