"""Daily copies of the store's file on the same disk, under the same key: what a damaged file is restored from.

A copy is made beside the work (a reader's view, no lock), read back whole, and only then gets its name: its number and
the day. The number, not the day, tells which is newer, so that a clock that was wrong for a while does no harm.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from fieldapp.clock import Clock, today
from fieldapp.errors import DiskError, StoreError
from fieldapp.store.database import NAME, Database
from fieldapp.store.durable import PART, make_folder, sync_folder
from fieldapp.store.faults import translated
from fieldapp.store.sqlcipher import Error, connect
from fieldapp.texts import tr

FOLDER = "snapshots"
KEEP = 7
ROOM = 64 << 20  # bytes that a copy leaves free: a save must never fail for a copy's sake
FORM = re.compile(r"(\d{6})-(\d{4}-\d\d-\d\d)\.db")
PLAIN = b"SQLite format 3\0"


@dataclass(frozen=True)
class Snapshot:
    """A copy of the store as it was on a day (YYYY-MM-DD, by the laptop's clock)."""

    number: int
    day: str
    path: Path
    called: str = ""  # of a copy that is none of the daily ones

    @property
    def name(self) -> str:
        """By what a person names it."""
        return self.called or f"{self.number:06d}-{self.day}"


def listed(folder: Path) -> list[Snapshot]:
    """The snapshots of the store in `folder`, newest first."""
    found = [(FORM.fullmatch(path.name), path) for path in (folder / FOLDER).glob("*.db")]
    made = [Snapshot(int(match[1]), match[2], path) for match, path in found if match]
    return sorted(made, key=lambda one: one.number, reverse=True)


def require_sound(path: Path, key: bytes) -> None:
    """StoreError unless the copy is encrypted, opens with the key, and is whole page by page."""
    with path.open("rb") as file:
        plain = file.read(len(PLAIN)) == PLAIN
    if plain or not _whole(path, key):
        raise StoreError(tr("The copy {name} is damaged or is no copy of this store. It was not used.", name=path.name))


class Snapshots:
    """The copies of an open store."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()

    def daily(self) -> bool:
        """Make today's copy if there is none yet; whether one was made. A save does not wait for it.

        Raises DiskError where there is no room: the store itself is as it was."""
        with self._lock, translated(self._database.folder):
            day = today(self._clock).isoformat()
            known = listed(self._database.folder)
            if known and known[0].day == day:
                return False
            self._require_room()
            self._make(known[0].number + 1 if known else 1, day)
            for old in listed(self._database.folder)[KEEP:]:
                old.path.unlink()
            return True

    def _make(self, number: int, day: str) -> None:
        folder = self._database.folder / FOLDER
        make_folder(folder, 0o700)
        part = folder / f"new{PART}"
        part.unlink(missing_ok=True)
        try:
            self._database.copy_to(part)
            require_sound(part, self._database.key)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(folder / f"{number:06d}-{day}.db")
            sync_folder(folder)
        finally:
            part.unlink(missing_ok=True)

    def _require_room(self) -> None:
        size = (self._database.folder / NAME).stat().st_size
        if shutil.disk_usage(self._database.folder).free < 2 * size + ROOM:
            raise DiskError(
                tr("There is no room for today's copy of the store. Everything saved is safe; free some space.")
            )


def _whole(path: Path, key: bytes) -> bool:
    copy = connect(path, key)
    try:
        return bool(copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except Error:
        return False
    finally:
        copy.close()
