"""Tells what the screen's thread waits for, whatever the machine's speed: a slow disk and the network are made visible
where they are entered, not by a stopwatch."""

from __future__ import annotations

import os
import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from fieldapp.store import sqlcipher

SLOW = 0.12  # s that a commit takes on the slow disk: more than anybody may wait for
LINE = ("connect", "sendall", "send", "recv", "recv_into")


@dataclass
class Watchdog:
    """What the thread that made it did that may block; where it was."""

    caught: list[str] = field(default_factory=list)
    commits: int = 0  # of any other thread: that the disk was slow at all
    requests: int = 0
    _screen: int = field(default_factory=threading.get_ident)

    def enters(self, what: str) -> bool:
        """Somebody enters something that may block; whether it is the screen's thread."""
        if threading.get_ident() != self._screen:
            return False
        ours = [line for line in traceback.format_stack() if "/tests/" not in line and "site-packages" not in line]
        self.caught.append(f"{what}: " + "".join(ours[-6:]))
        return True


@contextmanager
def watched() -> Iterator[Watchdog]:
    """Inside, each commit is slow, and everything that may block the thread that is here now is caught."""
    dog = Watchdog()
    patches = [_slow_commits(dog), *(_line(dog, name) for name in LINE), _syncs(dog)]
    for one in patches:
        one.start()
    try:
        yield dog
    finally:
        for one in patches:
            one.stop()


def _slow_commits(dog: Watchdog) -> Any:
    real = sqlcipher.transaction

    @contextmanager
    def slow(connection: sqlcipher.Connection) -> Iterator[sqlcipher.Connection]:
        if not dog.enters("a commit"):
            dog.commits += 1
            threading.Event().wait(SLOW)
        with real(connection) as tx:
            yield tx

    return patch("fieldapp.store.database.transaction", slow)


def _line(dog: Watchdog, name: str) -> Any:
    real: Callable[..., Any] = getattr(socket.socket, name)

    def noted(self: socket.socket, *arguments: Any, **named: Any) -> Any:
        if self.family == socket.AF_INET and not dog.enters(f"the network ({name})"):
            dog.requests += 1
        return real(self, *arguments, **named)

    return patch.object(socket.socket, name, noted)


def _syncs(dog: Watchdog) -> Any:
    real = os.fsync

    def noted(handle: int) -> None:
        dog.enters("an fsync")
        real(handle)

    return patch.object(os, "fsync", noted)
