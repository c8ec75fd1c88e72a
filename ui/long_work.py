"""Long work beside the screen: how far it is, how long it will still take, and a key that stops it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject

from fieldapp.errors import StoppedError
from fieldapp.far import Far
from fieldapp.texts import tr
from ui.bridge import Bridge
from ui.widgets import Progress

Outcome = TypeVar("Outcome")
EVERY = 0.1  # s between two looks at how far it is: nobody reads quicker


class LongWork(QObject):
    """One piece of work at a time, of one widget. Its `progress` is only seen while it goes on."""

    def __init__(self, bridge: Bridge, name: str, parent: QObject) -> None:
        """`name` says what goes on, as on the key that stops it."""
        super().__init__(parent)
        self._bridge = bridge
        self._stop = Event()
        self.progress = Progress(name, cancel=True)
        self.progress.cancelled.connect(self.stop)
        self.progress.hide()

    def begin(self, job: Callable[[Far], Outcome], words: str, done: Callable[[Outcome | BaseException], None]) -> None:
        """Do `job` in a thread of its own and give what came of it to `done`, here; a StoppedError where one stopped
        it. `words` say what it does."""
        self._stop, self._words = Event(), words
        self.progress.begin()
        self.progress.show_far(0, 0, words)
        self.progress.stop.setEnabled(True)
        self.progress.show()
        far = _watched(self._stop, partial(self._bridge.post, self._show))
        self._bridge.follow(lambda: [job(far)], partial(self._ended, done))

    def stop(self) -> None:
        """Let it end at its next piece."""
        self._stop.set()
        self.progress.stop.setEnabled(False)
        self.progress.show_far(0, 0, tr("Stopping…"))

    def _show(self, far: tuple[int, int]) -> None:
        if not self._stop.is_set():
            self.progress.show_far(*far, self._words)

    def _ended(self, done: Callable[[Outcome | BaseException], None], outcome: Outcome | BaseException | None) -> None:
        if outcome is not None:
            self._stop.set()  # what was told of how far it is comes too late
            self.progress.hide()
            done(outcome)


def _watched(stop: Event, show: Callable[[tuple[int, int]], None]) -> Far:
    """Stops where a person wants it, and shows now and then how far it is. Called in the thread of the work."""
    shown = 0.0

    def far(done: int, total: int) -> None:
        nonlocal shown
        if stop.is_set():
            raise StoppedError(tr("Stopped, as you wanted. Nothing was changed."))
        if time.monotonic() - shown >= EVERY:
            shown = time.monotonic()
            show((done, total))

    return far
