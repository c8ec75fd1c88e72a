"""Bytes that come piece by piece, as a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer


class Flow(io.RawIOBase):
    """An iterator of bytes as a file that is read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._held = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """As much as is at hand."""
        target = memoryview(buffer).cast("B")
        while not self._held:
            try:
                self._held = memoryview(next(self._pieces))
            except StopIteration:
                return 0
        size = min(len(target), len(self._held))
        target[:size] = self._held[:size]
        self._held = self._held[size:]
        return size
