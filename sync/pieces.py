"""How large the pieces of a file are: as large as the line carries in one to two seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from fieldapp.errors import OfflineError
from sync.wire import CHUNK, MAX_CHUNK, MIN_CHUNK

SLOW = 2.0  # seconds: after a piece that took longer the next one is half as large
FAST = 1.0  # and after a full one that took less, twice as large
Answer = TypeVar("Answer")


class PiecePace:
    """The size of the next piece in bytes, 256 KiB to 8 MiB."""

    def __init__(self) -> None:
        self.size = CHUNK

    def timed(self, ask: Callable[[], Answer], count: int) -> Answer:
        """Carry `count` bytes, and learn from how long it takes. A line that breaks or times out halves the size."""
        started = time.monotonic()
        try:
            answer = ask()
        except OfflineError:
            self.size = max(MIN_CHUNK, self.size // 2)
            raise
        self.took(count, time.monotonic() - started)
        return answer

    def took(self, count: int, seconds: float) -> None:
        """A piece of `count` bytes took so long."""
        if seconds > SLOW:
            self.size = max(MIN_CHUNK, self.size // 2)
        elif seconds < FAST and count >= self.size:
            self.size = min(MAX_CHUNK, self.size * 2)
