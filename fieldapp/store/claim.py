"""One program at a time on one store. The system lets go of the claim when the program ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fieldapp.errors import StoreError
from fieldapp.texts import tr

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE = "store.lock"


class Claim:
    """A store's folder that is ours until `release`."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def on(cls, folder: Path, name: str = FILE) -> Claim:
        """StoreError when the store is open already, here or elsewhere; OSError where nothing can be written."""
        handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError) as fault:
            os.close(handle)
            raise StoreError(
                tr("This store is open in another FieldApp here. Nothing was changed: go on there, or close it.")
            ) from fault
        return cls(handle)

    def release(self) -> None:
        """Let others have it."""
        os.close(self._handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
