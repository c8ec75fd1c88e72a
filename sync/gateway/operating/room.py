"""A place that is full: which one, what is safe, and what to do about it."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.errors import StoreError
from fieldapp.store.sqlcipher import Error
from fieldapp.texts import tr

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def told_when_full(folder: Path, sweep: Callable[[Path], None]) -> Iterator[None]:
    """A fault that comes of too little room in `folder` is told as that, once what was begun there is swept away."""
    try:
        yield
    except (StoreError, OSError) as fault:
        if not is_full(fault):
            raise
        sweep(folder)
        free = round(shutil.disk_usage(folder).free / 1e6)
        raise StoreError(
            tr("There is too little room in {folder}: {n} MB are free.", folder=folder, n=free)
            + " "
            + tr("The City is untouched, and so is the backup of before. Make room there, or name another folder.")
        ) from fault


def is_full(fault: BaseException | None) -> bool:
    """Whether a fault, or what it comes of, is that nothing fits on the disk any more."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno in FULL:
            return True
        if isinstance(fault, Error) and "disk is full" in str(fault):  # SQLite's own words; its driver has no code
            return True
        fault = fault.__cause__
    return False
