"""What one does with versions: hand one out, to a share or to named laptops first, later to all, or to nobody."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldapp.errors import UpdateError
from fieldapp.store.durable import sync_folder
from fieldapp.texts import tr
from fieldapp.updates.place import order, program_in, this_system
from fieldapp.updates.rehearsing import require_version
from fieldapp.updates.unpacking import ENDING, pack
from sync.gateway.updates.folder import UpdateFolder
from sync.updates.release import Release

SYSTEM = re.compile(r"[a-z]+-[a-z0-9_]+")


def publish(folder: UpdateFolder, program: Path, release: Release) -> Release:
    """Hand out the built program in a folder as `release`. UpdateError where it holds no program, or where the City has
    this version or a later one already: laptops never go back."""
    number = order(release.version)
    if not SYSTEM.fullmatch(release.system):
        raise UpdateError(tr("“{system}” is no kind of computer, as linux-x86_64 is.", system=release.system))
    found = program_in(program)
    if found is not None and release.system == this_system():
        require_version(found, release.version)
    known = [one for one in folder.releases() if one.system == release.system]
    latest = max((one.version for one in known), key=order, default="")
    if latest and number <= order(latest):
        raise UpdateError(tr("The City hands out {latest} already; a new version has a higher number.", latest=latest))
    file = f"fieldapp-{release.version}-{release.system}{ENDING}"
    with TemporaryDirectory(dir=folder.files, prefix="new-") as scratch:
        packed = Path(scratch) / file
        pack(program, packed)
        with packed.open("rb+") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            os.fsync(content.fileno())
        signed = folder.files / f"{sha256}.{file}"
        packed.chmod(0o644)
        packed.replace(signed)
    sync_folder(folder.files)
    folder.add_file(signed)
    made = replace(release, file=file)
    folder.keep([*folder.releases(), made])
    return made


def share(folder: UpdateFolder, version: str, percent: int, laptops: tuple[str, ...] | None) -> list[Release]:
    """Hand a version to another share of laptops, and with `laptops` to other named ones."""
    changed = [
        replace(one, share=percent, laptops=one.laptops if laptops is None else laptops) for one in _of(folder, version)
    ]
    folder.keep([*(one for one in folder.releases() if one.version != version), *changed])
    return changed


def withdraw(folder: UpdateFolder, version: str) -> None:
    """Hand a version out no more. Laptops that have taken it keep it; where it waits, it is not taken."""
    _of(folder, version)
    folder.keep([one for one in folder.releases() if one.version != version])


def _of(folder: UpdateFolder, version: str) -> list[Release]:
    found = [one for one in folder.releases() if one.version == version]
    if not found:
        raise UpdateError(tr("The City hands out no version {version}.", version=version))
    return found
