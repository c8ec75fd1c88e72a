"""The City's files in a folder. The length of the file on the disk is the truth about what has arrived: there is no
record of it that could be wrong. Each piece is on the disk before it is answered, and the whole is hashed before it
gets its name."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fieldapp.store.durable import make_folder, sync_folder
from sync.gateway.filestore import SHA256, checked, no_room, nobody, translated
from sync.wire import CHUNK, BlobStatus

if sys.platform != "win32":  # there a gateway is one process
    import fcntl

PART = ".part"
ASIDE = ".aside"  # a whole file, while it is looked whether it may be deleted
LOCK = ".lock"
RESERVE = 128 << 20  # bytes of the disk that files leave to the records
FORGOTTEN = 60 * 86_400.0  # seconds after which a beginning goes that nobody continued


class Files:
    """A folder of files, in 256 folders by the first two digits of their hash."""

    def __init__(self, folder: Path, *, reserve: int = RESERVE) -> None:
        """Keep files in `folder`, as long as `reserve` bytes of its disk stay free."""
        self._folder = folder
        self._reserve = reserve
        self._locks = [threading.Lock() for _ in range(256)]

    def status(self, sha256: str) -> BlobStatus:
        """How much of a file is here."""
        whole, part = self.path(sha256), self._part(sha256)
        with translated():
            for path, complete in ((whole, True), (part, False), (whole, True)):
                with suppress(FileNotFoundError):  # another worker may give it its name at this moment
                    return BlobStatus(sha256, path.stat().st_size, complete=complete)
        return BlobStatus(sha256, 0, complete=False)

    def put(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        """As the interface says. A beginning that is longer than `size` never was of this file: it goes."""
        with translated(), self.alone(sha256):
            status = self.status(sha256)
            if not status.complete and status.offset > size:
                self._part(sha256).unlink()
                status = BlobStatus(sha256, 0, complete=False)
            if status.complete or offset != status.offset or offset + len(data) > size:
                return status
            self._append(self._part(sha256), offset, data)
            if offset + len(data) == size:
                self._finish(sha256, data if len(data) == size else None)
            return self.status(sha256)

    def read(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        """At most `most` bytes from `offset` on; nothing of what is not whole."""
        with translated(), suppress(FileNotFoundError), self.path(sha256).open("rb") as file:
            file.seek(offset)
            return file.read(most)
        return b""

    def whole(self, named: Iterable[str]) -> set[str]:
        """Those that lie here whole."""
        return {sha256 for sha256 in named if self.path(sha256).exists()}

    def drop(self, sha256: str, named: Callable[[], bool] = nobody) -> None:
        """Delete it, whole or begun. It is put aside before it is asked whether a record names it: whose op comes later
        is told that it is missing."""
        whole, aside = self.path(sha256), self.path(sha256).with_suffix(ASIDE)
        with translated(), self.alone(sha256):
            with suppress(FileNotFoundError):
                whole.replace(aside)
            try:
                kept = named()
            except BaseException:
                _put_back(aside, whole)
                raise
            if kept:
                _put_back(aside, whole)
                return
            for path in (aside, self._part(sha256)):
                path.unlink(missing_ok=True)

    def settle(self) -> None:
        """Put back what an end in the middle of a deletion left aside; forget beginnings that nobody continued for two
        months."""
        for aside in self._folder.glob(f"??/*{ASIDE}"):
            with translated(), self.alone(aside.stem):
                _put_back(aside, self.path(aside.stem))
        for part in self._folder.glob(f"??/*{PART}"):
            with suppress(OSError):
                if time.time() - part.stat().st_mtime > FORGOTTEN:
                    part.unlink()

    def wholes(self) -> list[str]:
        """All files that are here whole."""
        return [path.name for path in self._folder.glob("??/*") if SHA256.fullmatch(path.name)]

    def path(self, sha256: str) -> Path:
        """Where a file lies when it is whole. ValueError for what is no SHA-256."""
        return self._folder / checked(sha256)[:2] / sha256

    @contextmanager
    def alone(self, sha256: str) -> Iterator[None]:
        """No other thread and, but on Windows, no other worker process writes beside the file meanwhile."""
        folder = self.path(sha256).parent
        if not folder.exists():
            make_folder(folder)
        with self._locks[int(sha256[:2], 16)], (folder / LOCK).open("ab") as lock:
            if sys.platform != "win32":
                fcntl.flock(lock, fcntl.LOCK_EX)  # let go when it is closed, also by a process that dies
            yield

    def _append(self, part: Path, offset: int, data: bytes) -> None:
        """Durably, all of it or nothing: what a full disk took of a piece is cut off again."""
        if data and shutil.disk_usage(part.parent).free < self._reserve + len(data):
            raise no_room()
        with part.open("ab", buffering=0) as file:
            try:
                left = memoryview(data)
                while left:
                    left = left[file.write(left) :]
                os.fsync(file.fileno())
            except OSError:
                with suppress(OSError):
                    os.truncate(part, offset)
                raise
        if offset == 0:
            sync_folder(part.parent)

    def _finish(self, sha256: str, data: bytes | None) -> None:
        """Give the file its name. `data` is its content where one piece was all of it."""
        whole, part = self.path(sha256), self._part(sha256)
        honest = (_hash(part) if data is None else hashlib.sha256(data).hexdigest()) == sha256
        if not honest:
            part.unlink()
            return
        part.replace(whole)
        sync_folder(whole.parent)

    def _part(self, sha256: str) -> Path:
        return self.path(sha256).with_suffix(PART)


def _put_back(aside: Path, whole: Path) -> None:
    with suppress(FileNotFoundError):
        aside.replace(whole)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
