"""Later: builds the rest of a long form in small slices, so that the first screen is there at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

SLICE = 0.008  # seconds of building between two looks at keys and mouse


class Later(QObject):
    """Takes steps from an iterator: a few at once, the others when the program is idle."""

    def __init__(self, parent: QObject, steps: Iterator[Callable[[], None]]) -> None:
        super().__init__(parent)
        self._steps: Iterator[Callable[[], None]] | None = steps
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._slice)

    def start(self, at_once: int) -> None:
        """Take `at_once` steps now and the others later."""
        for _ in range(at_once):
            if not self._step():
                return
        self._timer.start()

    def finish(self) -> None:
        """Take all steps that are left, now."""
        while self._step():
            pass

    @property
    def is_done(self) -> bool:
        """Whether every step was taken."""
        return self._steps is None

    def _slice(self) -> None:
        until = perf_counter() + SLICE
        while self._step():
            if perf_counter() > until:
                return

    def _step(self) -> bool:
        step = next(self._steps, None) if self._steps is not None else None
        if step is None:
            self._steps = None
            self._timer.stop()
            return False
        step()
        return True
