"""The City's layers: checked by the import that laptops do, kept as files by their hash, told of in the bucket `ref`.

A layer is refused before any laptop hears of it, with the place in its file. What was published is told in the same
transaction that notes it; before that its file lies whole among the City's files: nobody is sent for what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldapp.errors import RefusedError
from fieldapp.places import Report, import_layer
from fieldapp.places.imports.report import Progress
from fieldapp.store import LAYER
from fieldapp.texts import tr
from sync.gateway.filestore import FileStore
from sync.gateway.handouts import Handout, renew, take_back
from sync.gateway.moves import Moves
from sync.gateway.transactions import CityDatabase
from sync.wire import CHUNK, MAX_CHUNK, MAX_FILE, REF

FILE = "layers.db"  # in the gateway's folder: its own copy, against which the next layer is checked
MEGA = 1 << 20
COLUMNS = "name, sha256, size, file, as_of, source, licence, row_count, at"
KEEP = (
    f"INSERT INTO layer ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
    " sha256 = excluded.sha256, size = excluded.size, file = excluded.file, as_of = excluded.as_of,"
    " source = excluded.source, licence = excluded.licence, row_count = excluded.row_count, at = excluded.at"
)


@dataclass(frozen=True)
class Published:
    """A layer as it was published last. `as_of` is the day of its data, `at` a stamp."""

    name: str
    sha256: str
    size: int
    file: str
    as_of: str
    source: str
    licence: str
    rows: int
    at: str

    @property
    def handout(self) -> Handout:
        """What laptops are told of it. That it has a size says that its file is to be had here."""
        told = {name: getattr(self, name) for name in ("name", "file", "as_of", "sha256", "source", "licence")}
        return Handout(f"{LAYER}:{self.name}", LAYER, {**told, "rows": str(self.rows), "size": str(self.size)})


@dataclass(frozen=True)
class CityLayers:
    """The layers of one gateway. `files` keeps their bytes, `folder` the gateway's own copy of them."""

    database: CityDatabase
    files: FileStore
    folder: Path
    now: Callable[[], str]

    def current(self) -> list[Published]:
        """The layers of today, by name."""
        return [Published(*row) for row in self.database.read(f"SELECT {COLUMNS} FROM layer ORDER BY name")]

    def publish(self, kind: str, file: Path, about: Report, progress: Progress = lambda _done, _size: None) -> Report:
        """Take a layer, whole and checked, or not at all; what the check found.

        Raises LayerError, with the place, where the file cannot be used, and RefusedError where it is too large."""
        if file.is_file() and file.stat().st_size > MAX_FILE:
            words = {"file": file.name, "most": MAX_FILE // MEGA}
            raise RefusedError(tr("{file} is larger than {most} MB: laptops could not take it.", **words))
        report = import_layer(self.folder / FILE, kind, file, about=about, progress=progress)
        made = Published(kind, report.sha256, self._keep(file, report.sha256), *_told(report), self.now())
        with self.database.write("layers") as tx:
            tx.execute(KEEP, tuple(vars(made).values()))
            moves = Moves()
            renew(tx, moves, REF, {made.handout.id: made.handout}, made.at)
            moves.write(tx, made.at)
        return report

    def withdraw(self, name: str) -> bool:
        """Hand a layer out no more; whether it was. Laptops keep what they have."""
        with self.database.write("layers") as tx:
            found = tx.execute("DELETE FROM layer WHERE name = ? RETURNING name", (name,)).fetchall()
            moves = Moves()
            take_back(tx, moves, REF, [f"{LAYER}:{one}" for (one,) in found], self.now())
            moves.write(tx, self.now())
        return bool(found)

    def read(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        """At most `most` bytes of the file of a layer of today; nothing of any other file."""
        known = self.database.read("SELECT 1 FROM layer WHERE sha256 = ?", (sha256,))
        return self.files.read(sha256, offset, min(most, MAX_CHUNK)) if known else b""

    def _keep(self, file: Path, sha256: str) -> int:
        """Put the file among the City's, from where an earlier attempt ended; its size."""
        size = file.stat().st_size
        status = self.files.status(sha256)
        with file.open("rb") as stream:
            while not status.complete:
                stream.seek(status.offset)
                offset, piece = status.offset, stream.read(MAX_CHUNK)
                status = self.files.put(sha256, offset, size, piece)
                if not status.complete and status.offset <= offset:
                    raise RefusedError(tr("{file} changed while it was read. Publish it again.", file=file.name))
        return size


def _told(report: Report) -> tuple[str, str, str, str, int]:
    return report.file, report.as_of, report.source, report.licence, report.rows
