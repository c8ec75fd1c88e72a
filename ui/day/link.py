"""The driver's end of a laptop: a process of its own that obeys commands, tells every save, and can be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fieldapp.errors import FieldAppError

Saved = dict[str, dict[str, str]]  # record id -> its fields as the screen called them saved


@dataclass(frozen=True)
class Machine:
    """What a laptop needs to come up: whose it is, where its store lies, and the gateway's address."""

    person: str
    device: str
    home: Path
    gateway: str
    token: str
    pictures: Path
    shift: float  # seconds by which its clock differs from the machine's


@dataclass
class Laptop:
    """A running laptop. `ledger`: what it told as saved last of each record, and when, through all its lives."""

    machine: Machine
    ledger: dict[str, tuple[float, dict[str, str]]] = field(default_factory=dict)
    saves: int = 0
    kills: int = 0
    _process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Switch it on and wait until its window stands."""
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*_program(), "laptop", json.dumps(_options(self.machine))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "FIELDAPP_TOKEN": self.machine.token, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._read()

    def do(self, command: str, *, until: Callable[[], bool] | None = None, **arguments: object) -> Mapping[str, Any]:
        """Let it do one thing and wait for the answer. With `until`: stop waiting as soon as that is true, {}."""
        process = self._running()
        if process.stdin is None:
            raise FieldAppError(f"the laptop of {self.machine.person} takes no commands")
        process.stdin.write(json.dumps({"do": command, "with": arguments}) + "\n")
        process.stdin.flush()
        return self._read(until)

    def kill(self) -> None:
        """Pull the battery: SIGKILL, nothing is flushed or closed."""
        process = self._running()
        process.kill()
        self._gone(process)
        self.kills += 1

    def stop(self) -> None:
        """Close the window, as a person does."""
        process = self._process
        if process is not None and process.poll() is None and process.stdin is not None:
            process.stdin.close()
            process.wait(30)
        if process is not None:
            self._gone(process)

    def saved(self, record: str) -> dict[str, str]:
        """A record's fields as this laptop called them saved last."""
        return self.ledger[record][1]

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise FieldAppError(f"the laptop of {self.machine.person} is off")
        return self._process

    def _read(self, until: Callable[[], bool] | None = None) -> Mapping[str, Any]:
        process = self._running()
        for line in process.stdout or ():
            message = json.loads(line)
            if "saved" in message:
                self._note(message["saved"])
                if until is not None and until():
                    return {}
            elif "refused" in message:
                raise FieldAppError(f"{self.machine.person}: {message['refused']}")
            else:
                return dict(message["done"])
        raise FieldAppError(f"the laptop of {self.machine.person} stopped by itself (exit code {process.wait()})")

    def _note(self, saved: Mapping[str, Any]) -> None:
        self.saves += 1
        self.ledger[saved["record"]] = (time.monotonic(), saved["fields"])

    def _gone(self, process: subprocess.Popen[str]) -> None:
        process.wait(30)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
        self._process = None


def _program() -> list[str]:
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]


def _options(machine: Machine) -> dict[str, str]:
    return {
        "person": machine.person,
        "device": machine.device,
        "home": str(machine.home),
        "gateway": machine.gateway,
        "pictures": str(machine.pictures),
        "shift": str(machine.shift),
    }
