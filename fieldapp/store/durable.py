"""Files that are wholly there or not at all, also after a power cut."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

PART = ".part"


def write_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path`, in place of what was there."""

    def fill(target: BinaryIO) -> Path:
        target.write(content)
        return path

    place_durably(path.parent, fill)


def place_durably(folder: Path, fill: Callable[[BinaryIO], Path]) -> Path:
    """Let `fill` write a temporary file in `folder` and say where it goes; sync it, move it there, sync the folder."""
    handle, name = tempfile.mkstemp(suffix=PART, dir=folder)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            path = fill(target)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
        sync_folder(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder, and those above it, so that its name is on the disk before anything in it is called saved."""
    if not folder.parent.exists():
        make_folder(folder.parent, mode)
    folder.mkdir(mode, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename durable. Windows cannot open folders; NTFS journals the rename itself."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
