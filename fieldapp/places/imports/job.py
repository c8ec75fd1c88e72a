"""One import under way: its file, its transaction, its report; and what the importers share."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, TextIO

from fieldapp.errors import LayerError, Place
from fieldapp.places.imports.files import CHUNK, SourceFile
from fieldapp.places.imports.report import Progress, Report
from fieldapp.store.sqlcipher import Connection
from fieldapp.texts import tr

BATCH = 5000


@dataclass
class Job:
    """What an importer gets. It raises LayerError to refuse the file; the transaction is its caller's."""

    connection: Connection
    file: SourceFile
    report: Report
    progress: Progress

    @property
    def place(self) -> Place:
        """The file itself as a place of a fault."""
        return Place(file=self.file.name)

    @contextmanager
    def text(self, *kinds: str) -> Iterator[TextIO]:
        """The file as text. Raises LayerError when it is none of `kinds` (json, csv)."""
        if self.file.kind not in kinds:
            wanted = " / ".join({"json": "GeoJSON", "csv": "CSV", "zip": "zip"}[kind] for kind in kinds)
            raise LayerError(tr("This is no {wanted} file.", wanted=wanted), self.place)
        if self.file.encoding == "cp1252":
            self.report.notes.append(tr("The text is not UTF-8; it was read as Windows-1252 (Latin-1)."))
        with (
            self.file.path.open("rb") as raw,
            metered(raw, self.file.size, self.progress) as stream,
            io.TextIOWrapper(stream, encoding=self.file.encoding, newline="") as text,
        ):
            yield text


def metered(raw: BinaryIO, size: int, progress: Progress, before: int = 0) -> io.BufferedReader:
    """`raw`, telling `progress` how far it has been read: `before` + its own bytes, of `size`."""
    return io.BufferedReader(_Meter(raw, size, progress, before), CHUNK // 4)


class _Meter(io.RawIOBase):
    def __init__(self, raw: BinaryIO, size: int, progress: Progress, before: int) -> None:
        super().__init__()
        self._raw, self._size, self._progress, self._done = raw, size, progress, before

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        self._done += len(data)
        self._progress(self._done, self._size)
        return len(data)
