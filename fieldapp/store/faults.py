"""Where SQLite's and the disk's errors become ours, in words for a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.errors import DamagedStoreError, DiskError, LockedStoreError, StoreError
from fieldapp.store.sqlcipher import Error
from fieldapp.texts import tr

READONLY, BUSY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 8, 5, 9, 10, 11, 13, 14, 26
SUSPECT = "store.suspect"  # left in the folder when a running store met damage: the next opening checks the whole file


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Raise our errors in place of SQLite's and the operating system's."""
    try:
        yield
    except Error as fault:
        ours = _ours(fault)
        if ours is None:
            raise
        if isinstance(ours, DamagedStoreError):
            _mark(folder)
        raise ours from fault
    except OSError as fault:
        raise disk_error(fault) from fault


def disk_error(fault: Exception) -> DiskError:
    """What to tell when the disk refused."""
    return DiskError(
        tr("This could not be saved: the disk is full or cannot be written ({why}).", why=fault)
        + " "
        + tr("Everything saved earlier is safe. Free some space, then save again.")
    )


def _ours(fault: Exception) -> StoreError | None:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code in {READONLY, IOERR, FULL, CANTOPEN}:
        return disk_error(fault)
    if code == CORRUPT:
        return DamagedStoreError(tr("The store is damaged. Start FieldApp again: it checks the store and keeps it."))
    if code == NOTADB:
        return LockedStoreError(tr("FieldApp cannot unlock the store with this key. The store is untouched."))
    if code == INTERRUPT:
        return StoreError(tr("The store is closed."))
    if code == BUSY:
        return StoreError(tr("Another program is using this store. Nothing was changed; please try again."))
    return None


def _mark(folder: Path) -> None:
    try:
        (folder / SUSPECT).touch()
    except OSError:  # the disk that is failing may not take the mark either; the damage is reported all the same
        return
