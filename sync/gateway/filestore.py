"""Where the City keeps files: one small interface, a folder (blobs.py) or a bucket that speaks S3 (s3.py).

Both keep the same promises. A file has its name, the SHA-256 of its content, only when all of it is there and hashes to
it. Before that its pieces grow at their end, and the length of what lies there is the truth about what has arrived. An
end at any moment, also by kill -9, leaves a beginning of the file or the whole.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from fieldapp.errors import BusyError, GatewayError
from fieldapp.texts import tr
from sync.wire import CHUNK, BlobStatus

SHA256 = re.compile(r"[0-9a-f]{64}")
NO_ROOM = 507  # Insufficient Storage
AGAIN = 60.0  # seconds until a laptop should ask again
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def nobody() -> bool:
    """No record names it."""
    return False


class FileStore(Protocol):
    """Files by the SHA-256 of their content. Any thread, and several processes, may use one place.

    Every method may raise BusyError: not now, and nothing is lost; a name that is no SHA-256 is a ValueError."""

    def status(self, sha256: str) -> BlobStatus:
        """How much of a file is here."""
        ...

    def put(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        """Write a piece at the very end of what is here, durably; elsewhere nothing is written.

        The piece that completes `size` bytes, maybe an empty one, is followed by the hash over the whole: the file gets
        its name, or goes. GatewayError 507 when there is no room: then nothing of the piece stays."""
        ...

    def read(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        """At most `most` bytes from `offset` on; nothing of what is not whole."""
        ...

    def whole(self, named: Iterable[str]) -> set[str]:
        """Those of the files that are known to be here whole. It may tell too few, never too many."""
        ...

    def drop(self, sha256: str, named: Callable[[], bool] = nobody) -> None:
        """Delete a file, unless a record names it by now: `named` is asked while nobody is told that it is here. What
        is not here is no fault."""
        ...

    def settle(self) -> None:
        """At the gateway's start: finish what an end in the middle left, forget beginnings that nobody continues."""
        ...


def checked(sha256: str) -> str:
    """The name, if it is one: nothing else from outside ever becomes a part of a path or of a key."""
    if not SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hex")
    return sha256


def no_room() -> GatewayError:
    """The answer while the City's disk is full."""
    return GatewayError(tr("The City has no room for files now. They stay on the laptop and are sent later."), NO_ROOM)


def not_now() -> BusyError:
    """The answer while the City's files cannot be reached."""
    said = tr("The City's files cannot be written or read now. They stay on the laptop and are sent later.")
    return BusyError(said, AGAIN)


@contextmanager
def translated() -> Iterator[None]:
    """Inside, what the disk refuses becomes an answer for the laptop."""
    try:
        yield
    except OSError as fault:
        raise (no_room() if fault.errno in FULL else not_now()) from fault
