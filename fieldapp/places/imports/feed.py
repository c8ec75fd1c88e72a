"""A GTFS feed's zip, opened with care: no bombs, no surprises, one table after the other as a stream."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, cast

from fieldapp.errors import LayerError, Place
from fieldapp.places.imports.job import Job, metered
from fieldapp.places.imports.tables import Table
from fieldapp.texts import tr

LARGEST = 2 << 30  # bytes of all tables, unpacked
SMALL = 1 << 20  # up to here a table may be as well compressed as it likes
RATIO = 200  # timetables are packed up to about 40 times; bombs a thousand times
# What the packers say of a table that cannot be unpacked; bz2 has but an OSError for it.
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError)
REQUIRED = ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt")


class Feed:
    """The tables of a feed. Raises LayerError for what is no zip, a cut one, an encrypted one or a bomb."""

    def __init__(self, job: Job) -> None:
        self._job = job
        try:
            self._zip = zipfile.ZipFile(job.file.path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise LayerError(tr("This is no whole zip file: it is cut or something else."), job.place) from error
        self._members = {info.filename.rsplit("/", 1)[-1]: info for info in self._zip.infolist() if not info.is_dir()}
        self._size = sum(info.file_size for info in self._members.values())
        self._done = 0
        self._check()

    def __enter__(self) -> Feed:
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def place(self, name: str) -> Place:
        """The place of a fault in a table: the zip as file, the table as sheet."""
        return Place(file=self._job.file.name, sheet=name)

    def has(self, name: str) -> bool:
        """Whether the feed has that table."""
        return name in self._members

    def need(self, *names: str) -> None:
        """Raise LayerError unless one of `names` is there."""
        if not any(self.has(name) for name in names):
            raise LayerError(tr("The feed has no {names}.", names=" / ".join(names)), self._job.place)

    def rows(self, name: str, needed: tuple[str, ...], wanted: tuple[str, ...] = ()) -> Iterator[tuple[int, list[str]]]:
        """Row number and the values of `needed` (must be columns) then `wanted` ("" where there is no such column)."""
        if not self.has(name) or not self._members[name].file_size:
            return
        with self._opened(name) as text:
            table = Table(text, self.place(name), may_be_empty=name not in REQUIRED)
            columns = [table.need((column,)) for column in needed] + [table.column((column,)) for column in wanted]
            for row, cells in table.rows():
                padded = [*cells, ""]
                last = len(cells)
                yield row, [padded[last if at is None or at > last else at].strip() for at in columns]

    def dicts(self, name: str, needed: tuple[str, ...], wanted: tuple[str, ...] = ()) -> Iterator[Mapping[str, str]]:
        """As `rows`, by name: for small tables."""
        for _, values in self.rows(name, needed, wanted):
            yield dict(zip((*needed, *wanted), values, strict=True))

    @contextmanager
    def _opened(self, name: str) -> Iterator[io.TextIOWrapper]:
        info = self._members[name]
        try:
            with self._zip.open(info) as raw:
                stream = metered(cast("BinaryIO", raw), self._size, self._job.progress, self._done)
                with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
                    yield text
        except UnicodeDecodeError as error:
            raise LayerError(tr("The text is not UTF-8. Save the file as UTF-8."), self.place(name)) from error
        except DAMAGED as error:
            raise LayerError(tr("The zip is damaged: {error}", error=error), self.place(name)) from error
        self._done += info.file_size

    def _check(self) -> None:
        if self._size > LARGEST:
            raise LayerError(
                tr("Unpacked, the feed would have {n} bytes; that is no timetable.", n=self._size), self._job.place
            )
        for name, info in self._members.items():
            if info.header_offset < 0:  # the directory at the end tells of more than there is before it
                raise LayerError(tr("This is no whole zip file: it is cut or something else."), self._job.place)
            if info.flag_bits & 1:
                raise LayerError(tr("The zip is encrypted."), self.place(name))
            if info.file_size > SMALL and info.file_size > RATIO * max(1, info.compress_size):
                raise LayerError(tr("The table is packed as no timetable is: a zip bomb."), self.place(name))
