"""`gateway backup DIR`: a copy of the City at one moment, while everybody goes on working.

First the records, in one snapshot; then the files: whatever those records name was there before, so a copy of the files
that is made later has it. Files have their hash for a name: what the backup has already is not copied again. The
manifest comes last; cut off at any moment, the backup of before is still there and whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from fieldapp import __version__
from fieldapp.clock import stamp
from fieldapp.errors import RefusedError, StoreError
from fieldapp.store.claim import Claim
from fieldapp.store.durable import make_folder, place_durably, sync_folder
from fieldapp.store.sqlcipher import Error, plain
from fieldapp.texts import tr
from sync.gateway.blobs import Files
from sync.gateway.database import NAME as RECORDS
from sync.gateway.operating.manifest import NAME as MANIFEST
from sync.gateway.operating.manifest import PIECE, POSTGRES, SQLITE, Manifest, blob_path, hash_of
from sync.gateway.operating.room import told_when_full
from sync.gateway.service import BLOBS

KEPT, LOCK = "kept-", "backup.lock"
BUCKET = re.compile("s3://[^/]")
LEFT_OUT = {RECORDS, f"{RECORDS}-wal", f"{RECORDS}-shm", BLOBS, "cache"}
PRIVATE = 0o700


@dataclass(frozen=True)
class Made:
    """What a backup did."""

    manifest: Manifest
    added: int  # files that the backup did not have yet
    bytes: int  # of them


def back_up(data: Path, folder: Path, now: datetime, *, database: str = "", blobs: str = "") -> Made:
    """Copy the City in `data` (and at PostgreSQL's address) into `folder`; with `blobs`, that bucket has the files.

    RefusedError where there is no City, or the folder is something else; StoreError when it cannot be copied now: then
    the backup of before is whole."""
    _check(data, folder, database)
    if blobs and not BUCKET.match(blobs):  # who means none must not lose the files that the backup has
        raise RefusedError(tr("{address} is no place at S3: write it as s3://bucket/prefix.", address=blobs))
    make_folder(folder, PRIVATE)
    with _alone(folder), told_when_full(folder, _sweep), _nothing_begun_stays(folder):
        return _made(data, folder, now, database, blobs)


def _made(data: Path, folder: Path, now: datetime, database: str, blobs: str) -> Made:
    name = "".join(filter(str.isalnum, stamp(now)))
    records, epoch = _records(data, folder, name, database)
    kept = _keep_rest(data, folder / f"{KEPT}{name}")
    wholes = [] if blobs else sorted(Files(data / BLOBS).wholes())
    wholes, added, size = _add_blobs(data / BLOBS, folder, wholes)
    paths = [records, *kept]
    manifest = Manifest(
        stamp(now),
        __version__,
        epoch,
        POSTGRES if database else SQLITE,
        records,
        f"{KEPT}{name}",
        {path: hash_of(folder / path) for path in paths},
        wholes,
        blobs,
    )
    manifest.write(folder)
    _forget_others(folder, manifest)
    return Made(manifest, added, size)


def _check(data: Path, folder: Path, database: str) -> None:
    if not database and not (data / RECORDS).is_file():
        raise RefusedError(tr("There are no records of a City in {folder}.", folder=data))
    if folder.resolve() == data.resolve() or data.resolve() in folder.resolve().parents:
        raise RefusedError(tr("A backup must lie elsewhere than what it is of: {folder}", folder=folder))
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists() and not _begun(folder):
        raise RefusedError(tr("{folder} is neither empty nor a backup; nothing was written.", folder=folder))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other backup is written into the folder meanwhile."""
    try:
        claim = Claim.on(folder, LOCK)
    except StoreError as fault:
        raise RefusedError(tr("Another backup is being written into {folder}.", folder=folder)) from fault
    try:
        yield
    finally:
        claim.release()


def _sweep(folder: Path) -> None:
    """Take away what a backup that does not fit has begun: the one of before is as it was."""
    if (folder / MANIFEST).exists():
        _forget_others(folder, Manifest.read(folder))
    else:
        _forget_records(folder, "", "")


@contextmanager
def _nothing_begun_stays(folder: Path) -> Iterator[None]:
    """What fails each night, as over one damaged file, must not leave another copy of all records each night. Files
    that were copied stay: the next backup needs them."""
    try:
        yield
    except (StoreError, OSError):
        with suppress(RefusedError, OSError):
            known = Manifest.read(folder) if (folder / MANIFEST).exists() else None
            _forget_records(folder, known.records if known else "", known.kept if known else "")
        raise


def _begun(folder: Path) -> bool:
    """Whether a first backup was cut off here."""
    return all(one.name.startswith(("records-", KEPT)) or one.name in {"blobs", LOCK} for one in folder.iterdir())


def _records(data: Path, folder: Path, name: str, database: str) -> tuple[str, str]:
    """Copy the records; the name of their file, and their epoch."""
    if database:
        from sync.gateway.operating.pgtools import dump

        return f"records-{name}.dump", dump(database, folder / f"records-{name}.dump")
    target = folder / f"records-{name}.db"
    try:
        with closing(plain(data / RECORDS, create=False)) as source:
            source.execute("VACUUM INTO ?", (str(target),))  # one snapshot, the log included; writers do not wait
        with closing(plain(target, create=False)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
            epoch = str(copy.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchone()[0])
    except Error as fault:
        raise StoreError(tr("The City's records cannot be copied: {why}.", why=fault)) from fault
    if sound != "ok":
        raise StoreError(tr("The City's records cannot be copied: {why}.", why=sound))
    _settle(target)
    return target.name, epoch


def _keep_rest(data: Path, target: Path) -> list[str]:
    """Copy what lies in the gateway's folder beside records and files; the copies, below the backup's folder."""
    make_folder(target, PRIVATE)
    for path in sorted(_rest(data)):
        copy = target / path.relative_to(data)
        make_folder(copy.parent, PRIVATE)
        if path.suffix == ".db":
            _copy_database(path, copy)
        else:
            shutil.copyfile(path, copy)
        _settle(copy)
    return sorted(str(path.relative_to(target.parent)) for path in target.rglob("*") if path.is_file())


def _rest(data: Path) -> Iterator[Path]:
    for top in data.iterdir() if data.is_dir() else ():
        if top.name in LEFT_OUT or top.name.startswith("."):
            continue
        for path in [top] if top.is_file() else top.rglob("*"):
            if path.is_file() and not path.name.endswith((".part", "-wal", "-shm", "-journal")):
                yield path


def _copy_database(path: Path, copy: Path) -> None:
    """Layers lie in a file of SQLite, which may be written at this moment."""
    try:
        with closing(plain(path, create=False)) as source:
            source.execute("VACUUM INTO ?", (str(copy),))
    except Error as fault:
        raise StoreError(tr("The City's records cannot be copied: {why}.", why=fault)) from fault


def _add_blobs(source: Path, folder: Path, wholes: list[str]) -> tuple[list[str], int, int]:
    """Copy the files that the backup lacks; those that it has now, how many were copied, and their bytes."""
    there, added, size = [], 0, 0
    for sha256 in wholes:
        target = folder / blob_path(sha256)
        if not target.exists():
            make_folder(target.parent, PRIVATE)
            try:
                _copy_file(source / sha256[:2] / sha256, target)
            except FileNotFoundError:  # the City handed it off in this moment, and keeps it no longer
                continue
            added, size = added + 1, size + target.stat().st_size
        there.append(sha256)
    return there, added, size


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file, whole or not at all. StoreError for one that is not what its name says: it is not copied."""
    with source.open("rb") as file:

        def pour(out: BinaryIO) -> Path:
            seen = hashlib.sha256()
            while piece := file.read(PIECE):
                seen.update(piece)
                out.write(piece)
            if seen.hexdigest() != target.name:
                raise StoreError(tr("The file {name} is not as it came: look at the disk.", name=target.name))
            return target

        place_durably(target.parent, pour)


def _settle(path: Path) -> None:
    path.chmod(0o600)
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def _forget_others(folder: Path, manifest: Manifest) -> None:
    """Delete what only the backup of before had: what the City deleted is not kept here either."""
    _forget_records(folder, manifest.records, manifest.kept)
    named = set(manifest.blobs)
    for path in (folder / "blobs").glob("??/*"):
        if path.name not in named:
            path.unlink()


def _forget_records(folder: Path, records: str, kept: str) -> None:
    """Delete all copies of the records, and of what lies beside them, but these."""
    for path in folder.iterdir():
        if path.name.startswith("records-") and path.name != records:
            path.unlink()
        elif path.name.startswith(KEPT) and path.name != kept:
            shutil.rmtree(path)
