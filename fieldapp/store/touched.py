"""Who is told of what a commit changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Touched:
    """What a commit changed: records by id, whether the journal (its counts), whether reference layers."""

    records: frozenset[str] = frozenset()
    journal: bool = False
    layers: bool = False


Listener = Callable[[Touched], None]
LOG = logging.getLogger(__name__)


class Bell:
    """Tells every subscriber, in the writing thread, after the commit and outside the store's lock."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` on every commit until the returned function is called."""
        with self._lock:
            self._listeners = [*self._listeners, listener]
        return lambda: self._leave(listener)

    def ring(self, touched: Touched) -> None:
        """Tell everybody."""
        for listener in self._listeners:
            try:
                listener(touched)
            except Exception:  # the commit stands: who made it must not be told that it failed
                LOG.exception("a listener of the store failed")

    def _leave(self, listener: Listener) -> None:
        with self._lock:
            self._listeners = [one for one in self._listeners if one != listener]
