"""Files of answers: photos, scans, signatures. Addressed by the SHA-256 of their content, as encrypted as the records.

A file is written whole, under a name that tells nothing (an HMAC of its hash), and synced to the disk with its folder
before its row is committed: what has a row can be read.
"""

from __future__ import annotations

import hashlib
import hmac
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.errors import DamagedStoreError, StoreError
from fieldapp.records import Attachment
from fieldapp.store import segments
from fieldapp.store.database import Database
from fieldapp.store.durable import PART, make_folder, place_durably
from fieldapp.store.faults import translated
from fieldapp.texts import tr

FOLDER = "blobs"
NAMES = b"fieldapp blob name"  # the purpose of the key that names files


class Blobs:
    """The files beside one store, under keys that derive from the store's. While it is sealed there are none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folder = database.folder / FOLDER
        with translated(database.folder):
            make_folder(self._folder)
            for leftover in self._folder.glob(f"*{PART}"):
                leftover.unlink()

    def put(self, data: bytes | BinaryIO, mime: str, name: str = "", taken_at: str = "") -> Attachment:
        """Keep a file, durably. The same content twice is one file. Raises DiskError."""
        source = io.BytesIO(data) if isinstance(data, bytes) else data
        with translated(self._folder.parent):
            sha256, size = self._write(source)
        with self._database.write() as tx:
            tx.execute(
                "INSERT OR IGNORE INTO blob (sha256, size, mime, name, taken_at) VALUES (?, ?, ?, ?, ?)",
                (sha256, size, mime, name, taken_at),
            )
        return Attachment(sha256, size, mime, name, taken_at)

    def attachment(self, sha256: str) -> Attachment | None:
        """What is known of a file, if it is here."""
        found = self._database.read("SELECT sha256, size, mime, name, taken_at FROM blob WHERE sha256 = ?", (sha256,))
        return Attachment(*found[0]) if found else None

    def has(self, sha256: str) -> bool:
        """Whether the file's content is here."""
        return self.attachment(sha256) is not None

    def read(self, sha256: str) -> bytes:
        """The file's content. Raises StoreError when it is not here, DamagedStoreError when it was altered."""
        return b"".join(self.chunks(sha256))

    def chunks(self, sha256: str, start: int = 0) -> Iterator[bytes]:
        """The content from byte `start` on, in pieces of at most a segment, so that a video never fills the memory."""
        path = self._path(sha256)
        if not path.exists():
            raise StoreError(tr("This file is not on this laptop."))
        with translated(self._folder.parent), path.open("rb") as file:
            try:
                yield from segments.decrypted(file, self._content_key, sha256, start)
            except segments.AlteredError as fault:
                raise DamagedStoreError(tr("A file of this record is damaged; the City may have it.")) from fault

    def queue(self) -> list[str]:
        """The files that the City has not confirmed."""
        return [sha for (sha,) in self._database.read("SELECT sha256 FROM blob WHERE confirmed = 0")]

    def confirmed(self, sha256: str) -> None:
        """The City has the whole file."""
        with self._database.write() as tx:
            tx.execute("UPDATE blob SET confirmed = 1 WHERE sha256 = ?", (sha256,))

    def unconfirm(self, sha256: str) -> None:
        """The City lost it, or never had it: it goes into the queue again."""
        with self._database.write() as tx:
            tx.execute("UPDATE blob SET confirmed = 0 WHERE sha256 = ?", (sha256,))

    def _write(self, source: BinaryIO) -> tuple[str, int]:
        """Encrypt into the folder; the content's hash, known only at the end, gives the file its name."""
        sha256, size = "", 0

        def fill(target: BinaryIO) -> Path:
            nonlocal sha256, size
            sha256, size = segments.encrypt(source, target, self._content_key)
            return self._path(sha256)

        place_durably(self._folder, fill)
        return sha256, size

    @property
    def _content_key(self) -> bytes:
        return _derived(self._database.key, b"fieldapp blob content")

    def _path(self, sha256: str) -> Path:
        return self._folder / _name(_derived(self._database.key, NAMES), sha256)


def lies_in(folder: Path, key: bytes, sha256: str) -> bool:
    """Whether the encrypted file lies beside the store in `folder`, with a row or without."""
    return (folder / FOLDER / _name(_derived(key, NAMES), sha256)).exists()


def _name(name_key: bytes, sha256: str) -> str:
    return hmac.new(name_key, sha256.encode(), hashlib.sha256).hexdigest()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
