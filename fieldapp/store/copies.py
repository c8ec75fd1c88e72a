"""Which files may leave this laptop: copies that the City has whole and that no unsettled work here names.

The longest unused go first, and only as many as it takes for the rest to fit. What left is brought again when somebody
looks at it.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fieldapp.store.coming import SUFFIX
from fieldapp.store.database import Database
from fieldapp.store.faults import translated
from fieldapp.store.journal import UNSETTLED

BUDGET = 512 << 20  # bytes of such copies
SHARE = 4  # and no more than this part of what is free on the disk
ABANDONED = 14 * 86_400.0  # seconds after which the beginning of a file goes that nobody asked for again
SHA256 = re.compile(r"[0-9a-f]{64}")
BROUGHT = re.compile(r'"sha256":"([0-9a-f]{64})"')  # of an attachment; in a photo's own note it is escaped
GATEWAY = 1  # in `confirmed`: the City's gateway has the file whole and gives it back
ELSEWHERE = 2  # another server took it, and gives nothing back: it stays here


@dataclass(frozen=True)
class FileCounts:
    """The files of a store: with the City, still to be sent (and their bytes), unreadable; and the room they take."""

    stored: int
    waiting: int
    waiting_bytes: int
    damaged: int
    room: int


class Copies:
    """The local copies of one store's files."""

    def __init__(self, database: Database, folder: Path, path_of: Callable[[str], Path]) -> None:
        self._database = database
        self._folder = folder
        self._path_of = path_of

    def used(self, path: Path) -> None:
        """Somebody looked at it."""
        with suppress(OSError):
            os.utime(path)

    def make_room(self, pinned: Collection[str] = (), budget: int = BUDGET) -> int:
        """Let copies go until the others fit into `budget`, but none that is `pinned`; how many went."""
        with translated(self._folder.parent):
            self._forget_abandoned()
            copies = self._confirmed()
            over = sum(size for _, size, _ in copies) - min(budget, shutil.disk_usage(self._folder).free // SHARE)
            if over <= 0:
                return 0
            gone, needed = 0, self._needed() | set(pinned)
            for _, size, sha256 in sorted(copies):
                if over > 0 and sha256 not in needed:
                    self._path_of(sha256).unlink(missing_ok=True)
                    over -= size
                    gone += 1
            return gone

    def counts(self) -> FileCounts:
        """How many there are. What nothing names any more (a photo before it was marked) waits for nobody."""
        [(stored, damaged)] = self._database.read(
            "SELECT count(*) FILTER (WHERE confirmed > 0),"
            " count(*) FILTER (WHERE confirmed = 0 AND fault <> '') FROM blob"
        )
        waiting = self._waiting()
        with translated(self._folder.parent):
            room = sum(entry.stat().st_size for entry in os.scandir(self._folder))
        return FileCounts(stored, len(waiting), sum(waiting), damaged, room)

    def _waiting(self) -> list[int]:
        """The sizes of the files that the City is still to get: those that some Change brings, open or sealed."""
        queue: dict[str, int] = dict(
            self._database.read("SELECT sha256, size FROM blob WHERE confirmed = 0 AND fault = ''")
        )
        brought: set[str] = set()
        for table in ("draft", "journal") if queue else ():
            sql = f"SELECT payload FROM {table} WHERE instr(payload, '\"attachments\":[{{')"
            for (payload,) in self._database.read(sql):
                brought.update(BROUGHT.findall(payload))
        return [size for sha256, size in queue.items() if sha256 in brought]

    def _confirmed(self) -> list[tuple[float, int, str]]:
        """What lies here and could be brought again: when it was last used, its size, its SHA-256."""
        found = []
        for (sha256,) in self._database.read("SELECT sha256 FROM blob WHERE confirmed = ?", (GATEWAY,)):
            with suppress(FileNotFoundError):
                about = self._path_of(sha256).stat()
                found.append((about.st_mtime, about.st_size, sha256))
        return found

    def _needed(self) -> set[str]:
        """What any Change names that the City has not taken, or that is still open."""
        sql = f"SELECT payload FROM journal WHERE state IN {UNSETTLED} UNION ALL SELECT payload FROM draft"
        return {sha256 for (payload,) in self._database.read(sql) for sha256 in SHA256.findall(payload)}

    def _forget_abandoned(self) -> None:
        for path in self._folder.glob(f"*{SUFFIX}"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > ABANDONED:
                    path.unlink()
