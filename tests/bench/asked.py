"""A client in a process of its own: it does what each line of its input asks, and answers with what that cost."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Act = Callable[..., dict[str, Any]]


def serve(acts: Mapping[str, Act]) -> None:
    """Read JSON lists, the name of an act and its arguments, until the input ends. Each answer is a line of JSON: the
    seconds that it took (`secs`), the processor's (`cpu`), the most memory so far in MB (`rss`), and what it tells."""
    print("ready", flush=True)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        began, cpu = time.perf_counter(), time.process_time()
        told = acts[name](*arguments)
        cost = {"secs": time.perf_counter() - began, "cpu": time.process_time() - cpu, "rss": _most_memory()}
        print(json.dumps(cost | told), flush=True)


def _most_memory() -> float:
    """The most memory since the program began, in MB. (What getrusage tells includes the parent that it came from.)"""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
