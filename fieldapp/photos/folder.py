"""The photos in a folder: of a camera's card, of a telephone at the cable, of where another program puts them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fieldapp.clock import CITY_ZONE

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"})
DCIM = "DCIM"  # the folder that the standard of cameras (DCF) gives every card and telephone
MOST = 200  # photos that are listed: the newest
MOST_FILES = 20_000  # that are looked through; a folder with more is no card's
DEEP = 3  # folders below the one that was named


@dataclass(frozen=True)
class FoundPhoto:
    """A photo that may be taken in: where it lies, when its file was written (the disk's word), its bytes."""

    path: Path
    written: datetime
    size: int


def photos_in(folder: Path, most: int = MOST) -> list[FoundPhoto]:
    """The newest photos in a folder and a few below it, the newest first; none where it cannot be read."""
    found = []
    for number, entry in enumerate(_files(folder, DEEP)):
        if number >= MOST_FILES:
            break
        with suppress(OSError):
            about = entry.stat()
            written = datetime.fromtimestamp(about.st_mtime, CITY_ZONE)
            found.append(FoundPhoto(Path(entry.path), written, about.st_size))
    return sorted(found, key=lambda one: (one.written, one.path.name), reverse=True)[:most]


def camera_folders(roots: Iterable[Path]) -> list[Path]:
    """Where cameras keep their photos, among what is plugged in: `roots` are its disks and cards."""
    return [folder for root in roots if (folder := root / DCIM).is_dir()]


def _files(folder: Path, deep: int) -> Iterator[os.DirEntry[str]]:
    """Photos in a folder; what is hidden, and what leads elsewhere, is passed over."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        with suppress(OSError):
            if entry.name.startswith("."):
                continue
            if entry.is_file(follow_symlinks=False) and Path(entry.name).suffix.lower() in SUFFIXES:
                yield entry
            elif deep and entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), deep - 1)
