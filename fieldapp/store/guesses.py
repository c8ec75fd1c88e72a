"""Wrong guesses at a PIN or passphrase: each makes the next one wait longer, and none destroys anything.

The number of guesses that failed in a row lies beside the store. It is raised before a guess is judged and set to 0
when it was right, so that who kills the program in between has used a guess too. Waiting is measured by a clock that
nobody can set, from this program's start or from the last guess: setting the computer's clock shortens nothing, and
starting again begins the wait anew. A missing or unreadable count waits longest. It is written in place, so that also
on a full disk who knows the PIN gets in.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from fieldapp.errors import StoreError, TooSoonError
from fieldapp.store.claim import Claim
from fieldapp.store.durable import sync_folder
from fieldapp.store.faults import translated
from fieldapp.texts import tr

FILE, LOCK = "guesses", "guesses.lock"
SIZE = 64  # bytes: one sector, written whole or not at all
LONGEST = 900.0  # seconds
MANY = 11  # failures from which one waits longest
BUSY = 1.0  # seconds, while another program judges a guess at the same store

Right = TypeVar("Right")


def delay(failed: int) -> float:
    """Seconds to wait after so many wrong guesses in a row: 0, 1, 2, 4 … 900."""
    return 0.0 if failed <= 0 else min(LONGEST, 2.0 ** min(failed - 1, MANY))


def begin(folder: Path) -> None:
    """Count from 0: when a PIN or passphrase is chosen. DiskError where it cannot be written."""
    with translated(folder):
        _write(folder, 0)


class Guesses:
    """The guesses at one store, as this program makes them. Several programs wait for each other's guesses too."""

    def __init__(self, folder: Path, *, now: Callable[[], float] = time.monotonic) -> None:
        """`now` gives seconds of a clock that only goes on."""
        self._folder = folder
        self._now = now
        self._since = now()
        self._failed = _read(folder)

    def left(self) -> float:
        """Seconds until the next guess is judged."""
        failed = _read(self._folder)
        if failed != self._failed:  # somebody guessed in another window
            self._failed, self._since = failed, self._now()
        return max(0.0, delay(failed) - max(0.0, self._now() - self._since))

    def judge(self, guess: Callable[[], Right]) -> Right:
        """What `guess` gives, or the error that it raises; TooSoonError, without asking it, while one must wait.

        Raises DiskError where the count cannot be written: then the guess was not judged."""
        with self._alone():
            if (left := self.left()) > 0:
                raise TooSoonError(_wait(left), left)
            self._note(self._failed + 1)
            try:
                right = guess()
            finally:
                self._since = self._now()
            self._note(0)
            return right

    def _note(self, failed: int) -> None:
        with translated(self._folder):
            _write(self._folder, failed)
        self._failed = failed

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with translated(self._folder):
            try:
                claim = Claim.on(self._folder, LOCK)
            except StoreError as fault:
                raise TooSoonError(_wait(BUSY), BUSY) from fault
        try:
            yield
        finally:
            claim.release()


def _wait(seconds: float) -> str:
    return tr("Please wait {n} seconds before the next try. Nothing is lost.", n=max(1, round(seconds)))


def _read(folder: Path) -> int:
    try:
        text = (folder / FILE).read_bytes()[:SIZE].decode("ascii").split()
        failed = int(text[0])
        return failed if failed >= 0 and int(text[1]) == crc32(text[0].encode()) else MANY
    except (OSError, ValueError, IndexError):
        return MANY


def _write(folder: Path, failed: int) -> None:
    number = str(failed)
    line = f"{number} {crc32(number.encode())}\n".ljust(SIZE).encode()
    new = not (folder / FILE).exists()
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
    if new:
        sync_folder(folder)
