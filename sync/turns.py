"""When a runner's thread has its turn. Whoever asks for a cycle, saves, locks the store or ends it all says so here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """Why the thread may work now: somebody asked, something was saved here, or it is time."""

    asked: bool
    saved: bool
    due: bool


class Turns:
    """Any thread may say and ask; `next`, `begin` and `over` are the runner's own."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self.stopping = False
        self.held = False  # by whoever locks the store
        self.resting = True  # the thread touches nothing: it waits for a reason
        self._asked = True  # a cycle is wished for by a person, or by the start
        self._saved = False
        self._working = False  # in a cycle
        self._over = 0  # cycles that ended, well or not

    def ask(self) -> None:
        """A cycle is wished for, now."""
        with self._bell:
            self._asked = True
            self._bell.notify_all()

    def save(self) -> None:
        """Something was saved here."""
        with self._bell:
            self._saved = True
            self._bell.notify_all()

    def stop(self) -> None:
        """No turn comes any more."""
        with self._bell:
            self.stopping = True
            self._bell.notify_all()

    def hold(self, gone: Callable[[], bool], timeout: float) -> bool:
        """No turn comes until `go_on`; whether the thread stands still within `timeout` seconds, or is `gone`."""
        with self._bell:
            self.held = True
            self._bell.notify_all()
            return self._bell.wait_for(lambda: self.resting or gone(), timeout)

    def go_on(self) -> None:
        """Turns come again, and one at once."""
        with self._bell:
            self.held = False
            self._asked = True
            self._bell.notify_all()

    def one_more(self, timeout: float) -> None:
        """Ask for a cycle, and wait until one that began after this ended."""
        with self._bell:
            goal = self._over + (2 if self._working else 1)
            self._asked = True
            self._bell.notify_all()
            self._bell.wait_for(lambda: self._over >= goal or self.stopping, timeout)

    def next(self, due: float) -> Turn | None:
        """Wait for a reason, at most until `due` (by the monotonic clock); None where it is over."""
        with self._bell:
            self._rest(due)
            if self.stopping:
                return None
            turn = Turn(self._asked, self._saved, time.monotonic() >= due)
            self._asked = self._saved = False
            self._working = turn.asked or turn.due
            return turn

    def begin(self) -> None:
        """A cycle begins for what was saved."""
        with self._bell:
            self._working = True

    def over(self) -> None:
        """A cycle ended."""
        with self._bell:
            self._working = False
            self._over += 1
            self._bell.notify_all()

    def _rest(self, due: float) -> None:
        self.resting = True
        self._bell.notify_all()
        self._bell.wait_for(lambda: self.stopping or self._asked or self._saved, max(0.0, due - time.monotonic()))
        self._bell.wait_for(lambda: not self.held or self.stopping)
        self.resting = False
