"""Receiver: listens in a thread of its own while somebody asks where the laptop is, and rests when nobody does: a
receiver that is always on costs a battery its day."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum

from fieldapp.clock import Clock
from fieldapp.places.position import Fix
from sync.position.lines import Source
from sync.position.sentences import Sentences

REST = 60.0  # s after the last question until it stops listening
AGAIN = 3.0  # s until a receiver that is gone is looked for again


class State(Enum):
    """How it stands with the receiver."""

    OFF = "off"  # nobody asks
    SEARCHING = "searching"  # it is being reached
    NO_FIX = "no_fix"  # it speaks, and sees too few satellites
    FIX = "fix"
    SILENT = "silent"  # something answers, and nothing of it is a whole sentence
    GONE = "gone"  # nothing answers


class Receiver:
    """`fix()` and `state` may be asked from any thread; neither waits."""

    def __init__(
        self, source: Source, clock: Clock, *, rest: float = REST, again: float = AGAIN,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._source, self._clock = source, clock
        self._rest, self._again, self._seconds = rest, again, seconds
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._asked = 0.0
        self._fix: Fix | None = None
        self._state = State.OFF

    @property
    def state(self) -> State:
        """How it stands now."""
        return self._state

    def fix(self) -> Fix | None:
        """The newest fix that still holds. Asking wakes it; the first answer takes a receiver's while."""
        with self._lock:
            self._asked = self._seconds()
            if self._thread is None and not self._stop.is_set():
                self._state = State.SEARCHING
                self._thread = threading.Thread(target=self._listen, name="position", daemon=True)
                self._thread.start()
        fix = self._fix
        return fix if fix is not None and fix.holds(self._clock.now()) else None

    def close(self) -> None:
        """Listen no more, for good. The thread ends with the receiver's next word, or when it has none."""
        self._stop.set()

    def _listen(self) -> None:
        while self._wanted():
            with suppress(OSError, ValueError):  # gone, or never there: it is looked for again
                self._follow()
            if not self._resting():
                self._state = State.GONE
                self._stop.wait(self._again)

    def _follow(self) -> None:
        """Take one connection's sentences until it ends or nobody asks any more."""
        sentences = Sentences(self._clock)
        for number, line in enumerate(self._source(), start=1):
            fix = sentences.take(line)
            if fix is not None:
                self._fix, self._state = fix, State.FIX
            elif sentences.good and not sentences.fixed:
                self._state = State.NO_FIX
            elif not sentences.good and number > 20:
                self._state = State.SILENT
            if self._resting():
                return

    def _resting(self) -> bool:
        return self._stop.is_set() or self._seconds() - self._asked > self._rest

    def _wanted(self) -> bool:
        """Whether to go on; decided under the lock, so that a question that comes now starts it anew."""
        with self._lock:
            if not self._resting():
                return True
            self._thread, self._state = None, State.OFF
            return False
