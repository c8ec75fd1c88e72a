"""What a backup says of itself: every file in it with its hash, so that a restore takes all of it or nothing.

DIR/manifest.json            written last: a backup that was cut off leaves the one before as it was
DIR/records-TIME.db          the City's records (SQLite), or records-TIME.dump (PostgreSQL, of pg_dump)
DIR/kept-TIME/…              forms, published services, layers: all of the gateway's folder but the files
DIR/blobs/ab/abcd…           the files, by their SHA-256; the next backup adds what is new
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldapp.errors import RefusedError
from fieldapp.store.durable import write_durably
from fieldapp.texts import tr

NAME = "manifest.json"
FORMAT = 1
SQLITE, POSTGRES = "sqlite", "postgresql"
PIECE = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """One backup: one moment of the City."""

    at: str  # a stamp, of the moment that the records show
    version: str  # of the FieldApp that made it
    epoch: str  # the history that it was taken from
    database: str  # SQLITE or POSTGRES
    records: str  # the name of the records' file
    kept: str  # the name of the folder of everything else
    hashes: dict[str, str]  # SHA-256 of each file but the blobs, by its path below the folder
    blobs: list[str]  # their names are their hashes
    elsewhere: str = ""  # the bucket that has the files, where it is not this backup

    def write(self, folder: Path) -> None:
        """Put it into the folder, durably: from now on this is the backup."""
        text = json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)
        write_durably(folder / NAME, text.encode())

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a folder. RefusedError where there is none that this version can read."""
        try:
            said = json.loads((folder / NAME).read_bytes())
            known = said.pop("format") == FORMAT
            found = cls(**said) if known else None
            sound = found is not None and found.is_sound()
        except FileNotFoundError as fault:
            raise RefusedError(
                tr("{folder} has no whole backup: {name} is missing.", folder=folder, name=NAME)
            ) from fault
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
            raise RefusedError(tr("The manifest in {folder} cannot be read.", folder=folder)) from fault
        if found is None or not sound:
            raise RefusedError(tr("The manifest in {folder} cannot be read.", folder=folder))
        return found

    def is_sound(self) -> bool:
        """Whether it names what a backup has, all of it below the folder. TypeError for what is no text."""
        rest = all(path == self.records or Path(path).is_relative_to(self.kept) for path in self.hashes)
        return (
            self.records in self.hashes
            and rest
            and all(_inside(path) for path in (*self.named(), self.records, self.kept))
        )

    def named(self) -> dict[str, str]:
        """The SHA-256 of every file, by its path below the folder."""
        return {**self.hashes, **{blob_path(sha256): sha256 for sha256 in self.blobs}}

    def faults(self, folder: Path) -> Iterator[str]:
        """The files that are missing or are not as they were, by their paths."""
        for path, sha256 in self.named().items():
            if not (folder / path).is_file() or hash_of(folder / path) != sha256:
                yield path


def blob_path(sha256: str) -> str:
    """Where a file lies below the backup's folder."""
    return f"blobs/{sha256[:2]}/{sha256}"


def _inside(path: str) -> bool:
    return not Path(path).is_absolute() and ".." not in Path(path).parts


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
