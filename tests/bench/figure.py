"""One measurement, and how it is said."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

RATIO = 0.5  # of Web Forms' time, at most


@dataclass(frozen=True)
class Figure:
    """One measurement in milliseconds: of ours, of the others in the same run, and the most it may be."""

    form: str
    what: str
    ms: float
    p95: float | None = None
    target: float | None = None
    others: Mapping[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """Our time as a part of Web Forms'."""
        theirs = self.others.get("Web Forms")
        return self.ms / theirs if theirs else None

    @property
    def met(self) -> bool:
        """Whether it is within its target, and within half of Web Forms' time where that was measured."""
        within = self.target is None or self.ms <= self.target
        return within and (self.ratio is None or self.ratio <= RATIO)

    def as_json(self) -> dict[str, Any]:
        """The line."""
        about: dict[str, Any] = {"form": self.form, "what": self.what, "ms": round(self.ms, 4)}
        for name, value in {"p95": self.p95, "target": self.target, "ratio": self.ratio}.items():
            if value is not None:
                about[name] = round(value, 4)
        return about | {f"{name} ms": round(value, 4) for name, value in self.others.items()} | {"met": self.met}


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """The durations of several runs; rubbish is collected between them, not in them."""
    found = []
    for _ in range(times):
        gc.collect()
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found


def p95(times: Sequence[float]) -> float:
    """The time that one in twenty is above."""
    return sorted(times)[int(len(times) * 0.95)]
