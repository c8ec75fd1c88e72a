"""Killing a process at a random moment, and judging what its store holds afterwards.

A child prints one line for each thing that it was told is saved; what was printed must be there after kill -9.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.store import Store


@dataclass
class Killed:
    """What a child had said before it was killed: lines of a word and its arguments."""

    lines: list[list[str]] = field(default_factory=list)
    stderr: str = ""

    def said(self, word: str) -> list[list[str]]:
        """The arguments of all lines that begin with `word`."""
        return [rest for first, *rest in self.lines if first == word]


def run_and_kill(module: str, arguments: Sequence[str], *, after: float, ready: str = "ready") -> Killed:
    """Start `python -m module arguments`, kill it `after` seconds from its first line that begins with `ready`.

    Returns what it said until then.
    """
    command = [sys.executable, "-u", "-m", module, *arguments]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})
    assert child.stdout
    said: list[str] = []
    for line in iter(child.stdout.readline, ""):
        said.append(line)
        if line.split()[:1] == [ready]:
            time.sleep(after)
            child.send_signal(signal.SIGKILL)
            break
    out, err = child.communicate()
    assert [line.split()[:1] for line in said[-1:]] == [[ready]], err
    # The last line may be cut: then nobody was told of it.
    whole = [line.split() for line in [*said, *out.splitlines(keepends=True)] if line.endswith("\n")]
    return Killed([line for line in whole if line], err)


def moments(seed: int, rounds: int, longest: float) -> list[float]:
    """Random moments to kill at, in seconds, the same for the same seed."""
    chance = random.Random(seed)
    return [chance.random() * longest for _ in range(rounds)]


def assert_whole(store: Store) -> None:
    """Records follow from the City's rows and the journal, the chain verifies, tallies are exact."""
    assert store.check() == []
    report = store.verify_chain()
    assert report.whole, report.fault


def assert_saved(store: Store, killed: Killed) -> None:
    """Every value that the child said was saved (`saved RECORD PATH VALUE`) is in its record, and in a Change.

    A later value of the same path, up to the one that was being saved when the child died, is as good.
    """
    latest = {(record, path): int(value) for record, path, value in killed.said("saved")}
    for (record_id, path), value in latest.items():
        record = store.record(record_id)
        assert record, record_id
        assert int(record.get(path)) in {value, value + 1}, (record_id, path, value)
        recorded = [entry.change.edits.get(path) for entry in store.history(record_id)]
        assert record.get(path) in recorded


def damaged_folders(folder: Path) -> list[Path]:
    """Stores that were found damaged and moved aside: there must be none after a mere kill."""
    return list(folder.glob("damaged-*"))
