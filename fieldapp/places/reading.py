"""Readers of the layers file: connections lent to one thread at a time. No file, no layer: no rows, never an error."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fieldapp.places.database import open_to_read
from fieldapp.store.sqlcipher import Connection, Error

Rows = list[tuple[Any, ...]]

_log = logging.getLogger(__name__)


class Readers:
    """A small pool of read-only connections; any thread may ask at any time, also while an import goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    def rows(self, sql: str, *values: object) -> Rows:
        """The rows of a query; none where the file or its tables are missing."""
        try:
            with self.lent() as connection:
                found: Rows = connection.execute(sql, values).fetchall()
                return found
        except Error as error:
            if self.path.exists():
                _log.warning("reference layers cannot be read: %s", error)
            return []

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """A connection for this thread alone. Raises Error where there is no file."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = open_to_read(self.path)
        try:
            yield connection
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close the connections; those still lent close when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _give_back(self, connection: Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()
