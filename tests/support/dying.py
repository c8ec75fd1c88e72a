"""Killing oneself before the N-th thing that one changes in a folder: at every step, without a hook in the product."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "subprocess.Popen"})


def die_at(who: str, folder: Path) -> None:
    """From now on, die before a change below `folder`: FIELDAPP_DIE_AT=WHO:N names the program and the change. N = 0
    says each change on the error stream instead."""
    named, _, number = os.environ.get("FIELDAPP_DIE_AT", "").partition(":")
    if number and named == who:
        sys.addaudithook(_Counter(str(folder), int(number)).heard)


class _Counter:
    def __init__(self, folder: str, last: int) -> None:
        self._folder, self._last, self._done = folder, last, 0

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        """One event of the interpreter."""
        if not self._changes(event, arguments):
            return
        self._done += 1
        if not self._last:
            os.write(2, f"change {self._done}: {event} {arguments[0]}\n".encode())
        elif self._done == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def _changes(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            path, mode, flags = arguments
            writes = any(letter in mode for letter in "wax+") if mode else bool(flags & (os.O_WRONLY | os.O_RDWR))
            return writes and str(path).startswith(self._folder)
        return event in CHANGES and any(str(one).startswith(self._folder) for one in arguments)
