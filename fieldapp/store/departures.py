"""Which sealed Changes may still be called back: none that was ever tried to be sent. In memory, of this run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable


class Departures:
    """Any thread may ask. `lock` is held while something leaves, and while something is called back."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self.lock = threading.RLock()
        self._ticks = ticks
        self._left: set[str] = set()
        self._held: dict[str, float] = {}

    def hold(self, records: Iterable[str], seconds: float) -> None:
        """Let nothing of these records leave for so long, so that a person may think better of it."""
        until = self._ticks() + seconds
        with self.lock:
            self._held.update(dict.fromkeys(records, until))

    def held(self) -> set[str]:
        """The records of which nothing may leave now."""
        with self.lock:
            now = self._ticks()
            self._held = {record: until for record, until in self._held.items() if until > now}
            return set(self._held)

    def let_go(self, records: Iterable[str]) -> None:
        """Hold them no longer."""
        with self.lock:
            for record in records:
                self._held.pop(record, None)

    def let_all_go(self) -> None:
        """Hold nothing any longer."""
        with self.lock:
            self._held.clear()

    def leave(self, ids: Iterable[str]) -> None:
        """These are tried to be sent now: whether they arrive or not, they are not called back any more."""
        with self.lock:
            self._left.update(ids)

    def arrived(self, ids: Iterable[str]) -> None:
        """These were answered: the journal knows by itself."""
        with self.lock:
            self._left.difference_update(ids)

    def here(self, ids: Iterable[str]) -> list[str]:
        """Those of `ids` that never left."""
        with self.lock:
            return [id_ for id_ in ids if id_ not in self._left]
