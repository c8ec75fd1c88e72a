"""A damaged store is moved aside, whole and never deleted: the unsent work in it can still be rescued."""

from __future__ import annotations

from pathlib import Path

from fieldapp.clock import SystemClock
from fieldapp.errors import DamagedStoreError
from fieldapp.texts import tr


def moved(folder: Path, name: str, *marks: str) -> DamagedStoreError:
    """Move the file and its log into a folder of their own; the error to raise, which says where they lie now."""
    target = put(folder, "damaged", name, *marks)
    return DamagedStoreError(
        tr("The store on this laptop is damaged. It was moved aside, whole, to {where}.", where=target)
        + " "
        + tr(
            "Keep that folder: what was not sent yet may be rescued from it. What the City has comes back with a sync."
        )
    )


def put(folder: Path, why: str, name: str, *marks: str) -> Path:
    """Move the file and its log into a folder of their own, which is the answer."""
    target = _free(folder, f"{why}-{SystemClock().now():%Y%m%d-%H%M%S}")
    target.mkdir()
    for part in (name, f"{name}-wal", f"{name}-shm", *marks):
        if (folder / part).exists():
            (folder / part).rename(target / part)
    return target


def wrecks(folder: Path) -> list[Path]:
    """The folders of all files that were moved aside, newest first."""
    found = (*folder.glob("damaged-*"), *folder.glob("replaced-*"))
    return sorted(found, key=lambda one: one.name.partition("-")[2], reverse=True)


def _free(folder: Path, name: str) -> Path:
    names = [name, *(f"{name}-{n}" for n in range(2, 1000))]
    return next(folder / each for each in names if not (folder / each).exists())
