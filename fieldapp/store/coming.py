"""A file that is being brought from the City: what has come is kept, encrypted, and a line that breaks costs little.

Pieces gather in memory; when they are many, or the line breaks, they are sealed together into a file of their own
beside the others. The whole is put together from them and hashed before anything else sees it. A leftover whose content
was altered is dropped and brought again.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fieldapp.store import segments
from fieldapp.store.durable import place_durably
from fieldapp.store.flow import Flow

SUFFIX = ".coming"
HELD = 8 << 20  # bytes that gather in memory before they are written


class Coming:
    """The beginning of one file. Nothing is written before `keep`, or before there is much."""

    def __init__(self, folder: Path, name: str, key: bytes) -> None:
        self._folder = folder
        self._name = name
        self._key = key
        self._held: list[bytes] = []
        self._sealed = self._found()
        self.offset = sum(segments.plain_size(path.stat().st_size) for path in self._sealed)

    def add(self, piece: bytes) -> None:
        """The next piece. Raises OSError when it does not fit on the disk."""
        self._held.append(piece)
        self.offset += len(piece)
        if sum(map(len, self._held)) >= HELD:
            self.keep()

    def keep(self) -> None:
        """Write what is held in memory: the file is brought on later."""
        if self._held:
            path = self._path(len(self._sealed))
            held = io.BytesIO(b"".join(self._held))

            def fill(target: BinaryIO) -> Path:
                segments.encrypt(held, target, self._key)
                return path

            place_durably(self._folder, fill)
            self._sealed.append(path)
            self._held = []

    def content(self) -> io.BufferedReader:
        """All that has come, from its start. Reading it raises AlteredError where a leftover was altered."""
        return io.BufferedReader(Flow(self._parts()), segments.SEGMENT)

    def drop(self) -> None:
        """Forget it."""
        for path in self._found():
            path.unlink(missing_ok=True)
        self._sealed, self._held, self.offset = [], [], 0

    def _parts(self) -> Iterator[bytes]:
        for path in self._sealed:
            with path.open("rb") as file:
                yield from segments.decrypted(file, self._key, "")
        yield from self._held

    def _found(self) -> list[Path]:
        """The sealed pieces, in their order, up to the first that is missing."""
        found: list[Path] = []
        while (path := self._path(len(found))).exists():
            found.append(path)
        return found

    def _path(self, number: int) -> Path:
        return self._folder / f"{self._name}-{number:04d}{SUFFIX}"
