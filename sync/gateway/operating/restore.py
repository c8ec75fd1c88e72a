"""`gateway restore DIR`: a backup becomes a City again, at a place where there is none.

Every hash is looked at before anything is written. What is restored goes beside its place and then onto it, the records
last. It begins a new history (epoch): each laptop then compares everything and sends again what it sent in the last 30
days, and 1000 numbers of each series are left out, for nobody knows which were given since the backup.
"""

from __future__ import annotations

import os
import shutil
from itertools import islice
from pathlib import Path

from fieldapp.errors import RefusedError
from fieldapp.store.durable import make_folder, sync_folder
from fieldapp.texts import tr
from sync.gateway.database import NAME as RECORDS
from sync.gateway.database import Database
from sync.gateway.operating.manifest import POSTGRES, SQLITE, Manifest, blob_path
from sync.gateway.service import BLOBS

BESIDE = ".restoring"
TOLD = 5  # faults that are named


def check_backup(folder: Path) -> Manifest:
    """The backup in `folder`. RefusedError where any file of it is missing or is not as it was."""
    manifest = Manifest.read(folder)
    if faults := list(islice(manifest.faults(folder), TOLD)):
        words = {"folder": folder, "files": ", ".join(faults)}
        raise RefusedError(
            tr("The backup in {folder} is damaged, nothing was written. Not as they were: {files}", **words)
        )
    return manifest


def restore(folder: Path, data: Path, *, database: str = "") -> Manifest:
    """Make the City in `data` (and at PostgreSQL's address) of the backup in `folder`.

    RefusedError, with nothing written, for a damaged backup, a place that is not empty, and the other kind of
    database."""
    manifest = check_backup(folder)
    if manifest.database != (POSTGRES if database else SQLITE):
        raise RefusedError(
            tr("This backup is of PostgreSQL: say with --database where its records go.")
            if manifest.database == POSTGRES
            else tr("This backup is of a file: restore it without --database.")
        )
    _check_empty(data, database)
    beside = data / BESIDE
    shutil.rmtree(beside, ignore_errors=True)  # of a restore that was cut off
    make_folder(beside, 0o700)
    _fill(folder, manifest, beside)
    if database:
        from sync.gateway.operating.pgtools import load

        load(database, folder / manifest.records)
    _take_place(beside, data)
    return manifest


def _check_empty(data: Path, database: str) -> None:
    if data.is_dir() and any(one.name != BESIDE for one in data.iterdir()):
        raise RefusedError(tr("{folder} is not empty; nothing was written.", folder=data))
    if database:
        from sync.gateway.operating.pgtools import check_empty

        check_empty(database)


def _fill(folder: Path, manifest: Manifest, beside: Path) -> None:
    """Everything but PostgreSQL's records, durably."""
    for path in manifest.hashes:
        if path == manifest.records:
            continue
        _copy(folder / path, beside / Path(path).relative_to(manifest.kept))
    for sha256 in manifest.blobs:
        _copy(folder / blob_path(sha256), beside / BLOBS / sha256[:2] / sha256)
    if manifest.database == SQLITE:
        _copy(folder / manifest.records, beside / RECORDS)
        records = Database(beside)
        try:
            records.new_epoch()
        finally:
            records.close()


def _copy(source: Path, target: Path) -> None:
    make_folder(target.parent, 0o700)
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _take_place(beside: Path, data: Path) -> None:
    """The records last: without them there is no City here yet."""
    for path in sorted(beside.iterdir(), key=lambda one: one.name == RECORDS):
        path.replace(data / path.name)
    beside.rmdir()
    sync_folder(data)
