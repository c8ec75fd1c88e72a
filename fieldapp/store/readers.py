"""Read connections to one file: each thread has its own, so that reads never wait for a write or for each other."""

from __future__ import annotations

import threading
from collections.abc import Callable

from fieldapp.store.sqlcipher import Connection


class Readers:
    """Connections that are opened at a thread's first question, and closed when the thread has ended."""

    def __init__(self, opened: Callable[[], Connection]) -> None:
        self._opened = opened
        self._lock = threading.Lock()
        self._readers: dict[threading.Thread, Connection] = {}

    def mine(self) -> Connection:
        """This thread's connection. Raises what opening raises."""
        thread = threading.current_thread()
        return self._readers.get(thread) or self._add(thread)

    def close(self) -> None:
        """Close all; no thread may be reading."""
        with self._lock:
            for reader in self._readers.values():
                reader.close()
            self._readers.clear()

    def _add(self, thread: threading.Thread) -> Connection:
        with self._lock:
            for ended in [one for one in self._readers if not one.is_alive()]:
                self._readers.pop(ended).close()
            reader = self._opened()
            reader.execute("PRAGMA query_only = ON")
            self._readers[thread] = reader
            return reader
