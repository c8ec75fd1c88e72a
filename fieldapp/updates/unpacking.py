"""From the file that came to a folder of its own: aside, on the disk to the last byte, and only then given its name."""

from __future__ import annotations

import lzma
import os
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

from fieldapp.errors import DiskError, UpdateError
from fieldapp.store.durable import make_folder, sync_folder
from fieldapp.texts import tr
from fieldapp.updates.place import Installed, program_in
from fieldapp.updates.state import read

NEW = ".new"
ENDING = ".tar.xz"
ROOM = 128 << 20  # bytes that stay free: a save must never fail for an update's sake


class StoppedError(Exception):
    """It was broken off for something more urgent; it is done again."""


def pack(folder: Path, target: Path) -> None:
    """The file that `unpack` takes, made of a version's folder. UpdateError where that holds no program."""
    if program_in(folder) is None:
        raise UpdateError(tr("{folder} holds no program: “python -m ui.program build” makes one.", folder=folder))
    with tarfile.open(target, "w:xz") as archive:
        archive.add(folder, arcname=".", filter=_nobodys)


def unpack(place: Installed, file: Path, version: str, go_on: Callable[[], bool] = lambda: True) -> None:
    """Put what the file holds into the folder of `version`. The file is the City's own: that was looked at before.

    UpdateError where it cannot be used, DiskError where there is no room: then nothing is there. StoppedError when
    `go_on`, asked for each file, says no."""
    if place.folder(version).is_dir():  # it got its name when it was whole
        return
    new = place.coming / f"{version}{NEW}"
    shutil.rmtree(new, ignore_errors=True)
    make_folder(new)
    make_folder(place.versions)
    try:
        _extract(file, new, go_on)
        if program_in(new) is None:
            raise UpdateError(tr("The update {version} holds no program for this computer.", version=version))
        new.rename(place.folder(version))
        sync_folder(place.versions)
    except (tarfile.TarError, lzma.LZMAError, EOFError) as fault:
        raise UpdateError(tr("The update {version} cannot be unpacked: {why}", version=version, why=fault)) from fault
    finally:
        shutil.rmtree(new, ignore_errors=True)


def require_room(place: Installed, size: int) -> None:
    """DiskError where `size` bytes more would leave too little for people's work."""
    make_folder(place.root)
    if shutil.disk_usage(place.root).free < size + ROOM:
        raise DiskError(
            tr("There is no room for the update: it needs {mb} MB. Free some space.", mb=round((size + ROOM) / 1e6))
            + " "
            + tr("Everything saved is safe, and FieldApp stays as it is.")
        )


def forget_others(place: Installed) -> None:
    """Drop the versions that nobody starts or returns to, and what is left of unpacking."""
    state = read(place)
    kept = {state.runs, state.before, state.waiting}
    for folder in (*place.versions.glob("*"), *place.coming.glob(f"*{NEW}")):
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _extract(file: Path, folder: Path, go_on: Callable[[], bool]) -> None:
    with tarfile.open(file, "r:xz") as archive:
        # Python before 3.11.4 has no such filter: the file is signed, this is the second lock on the door.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        folders = {folder}
        for member in archive:
            if not go_on():
                raise StoppedError
            archive.extract(member, folder)
            path = folder / member.name
            folders.add(path if member.isdir() else path.parent)
            if member.isfile():
                with path.open("rb") as written:
                    os.fsync(written.fileno())
    for one in folders:
        sync_folder(one)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
