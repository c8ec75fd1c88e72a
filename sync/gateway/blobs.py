"""Files by the SHA-256 of their content. The length of the file on the disk is the truth about what has arrived:
there is no record of it that could be wrong. Each piece is on the disk before it is answered, and the whole is hashed
before it gets its name."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fieldapp.store.durable import make_folder, sync_folder
from sync.wire import CHUNK, BlobStatus

if sys.platform != "win32":  # there a gateway is one process
    import fcntl

SHA256 = re.compile(r"[0-9a-f]{64}")
PART = ".part"
LOCK = ".lock"


class Files:
    """A folder of files, in 256 folders by the first two digits of their hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def status(self, sha256: str) -> BlobStatus:
        """How much of a file is here."""
        whole, part = self._paths(sha256)
        for path, complete in ((whole, True), (part, False)):
            with suppress(FileNotFoundError):  # another worker may give it its name at this moment
                return BlobStatus(sha256, path.stat().st_size, complete=complete)
        return BlobStatus(sha256, 0, complete=False)

    def put(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        """Write a piece at the very end of what is here, durably; elsewhere nothing is written.

        The piece that completes `size` bytes is followed by the hash over the whole: the file gets its name, or goes.
        """
        with self._alone(sha256):
            status = self.status(sha256)
            if status.complete or offset != status.offset or offset + len(data) > size:
                return status
            _, part = self._paths(sha256)
            with part.open("ab") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if not offset:
                sync_folder(part.parent)  # its name, too: a piece that is answered outlasts a power cut
            if offset + len(data) == size:
                self._finish(sha256)
            return self.status(sha256)

    def read(self, sha256: str, offset: int) -> bytes:
        """At most CHUNK bytes from `offset` on; nothing of what is not whole."""
        whole, _ = self._paths(sha256)
        if not whole.exists():
            return b""
        with whole.open("rb") as file:
            file.seek(offset)
            return file.read(CHUNK)

    @contextmanager
    def _alone(self, sha256: str) -> Iterator[None]:
        """No other thread and, but on Windows, no other worker process writes beside the file meanwhile."""
        whole, _ = self._paths(sha256)
        make_folder(whole.parent)
        with self._lock, (whole.parent / LOCK).open("ab") as lock:
            if sys.platform != "win32":
                fcntl.flock(lock, fcntl.LOCK_EX)  # let go when it is closed, also by a process that dies
            yield

    def _finish(self, sha256: str) -> None:
        whole, part = self._paths(sha256)
        with part.open("rb") as file:
            honest = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        if not honest:
            part.unlink()
            return
        part.replace(whole)
        sync_folder(whole.parent)

    def _paths(self, sha256: str) -> tuple[Path, Path]:
        if not SHA256.fullmatch(sha256):
            msg = "not a SHA-256 in hex"
            raise ValueError(msg)
        whole = self._folder / sha256[:2] / sha256
        return whole, whole.with_suffix(PART)
