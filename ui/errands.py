"""What other threads do for the screen, kept where the screen is: a thread knows its errand by number alone."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any

Job = Callable[[], Any]
Told = Callable[[Any], None]


class Errands:
    """Jobs, and who is told of them. `run` is for the other threads, all else for the screen's.

    A job and its listener are mostly methods of widgets. A thread that held one would now and then be the last to let
    go of it, and so destroy a widget outside of Qt's thread, which ends the process.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._jobs: dict[int, tuple[Job, Told]] = {}
        self._outcomes: dict[int, Any] = {}

    def keep(self, job: Job, told: Told) -> int:
        """The number to do it by."""
        number = next(self._numbers)
        with self._lock:
            self._jobs[number] = job, told
        return number

    def run(self, number: int) -> None:
        """Do the job; what it gave or raised stays here, so that the caller holds nothing of it."""
        try:
            self._outcomes[number] = self._jobs[number][0]()
        except BaseException as fault:  # noqa: BLE001  as an executor does: whoever asked gets it
            self._outcomes[number] = fault

    def take(self, number: int) -> tuple[Told, Any]:
        """Who is told, and what came of it; both are forgotten here."""
        with self._lock:
            _, told = self._jobs.pop(number)
        return told, self._outcomes.pop(number, None)

    def told(self, number: int) -> Told:
        """Who is told what comes before it is over."""
        return self._jobs[number][1]
