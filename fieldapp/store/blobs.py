"""Files of answers: photos, scans, signatures. Addressed by the SHA-256 of their content, as encrypted as the records.

A file is written whole, under a name that tells nothing (an HMAC of its hash), and synced to the disk with its folder
before its row is committed: what has a row can be read.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.errors import DamagedStoreError, StoreError
from fieldapp.records import Attachment
from fieldapp.store import segments
from fieldapp.store.coming import Coming
from fieldapp.store.copies import ELSEWHERE, GATEWAY, Copies
from fieldapp.store.database import Database
from fieldapp.store.durable import PART, make_folder, place_durably
from fieldapp.store.faults import translated
from fieldapp.store.sqlcipher import Connection
from fieldapp.texts import tr

FOLDER = "blobs"
WHOLE = re.compile(r"[0-9a-f]{64}")  # the name of a file, and of none that is still coming
NAMES = b"fieldapp blob name"  # the purpose of the key that names files


class Blobs:
    """The files beside one store, under keys that derive from the store's. While it is sealed there are none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folder = database.folder / FOLDER
        self.copies = Copies(database, self._folder, self._path)
        with translated(database.folder):
            make_folder(self._folder)
            for leftover in self._folder.glob(f"*{PART}"):
                leftover.unlink()

    def put(self, data: bytes | BinaryIO, mime: str, name: str = "", taken_at: str = "") -> Attachment:
        """Keep a file, durably. The same content twice is one file. Raises DiskError."""
        source = io.BytesIO(data) if isinstance(data, bytes) else data
        with translated(self._folder.parent):
            sha256, size = self._write(source)
        return self._kept(Attachment(sha256, size, mime, name, taken_at))

    def lay(self, source: BinaryIO) -> str:
        """Write a file that nobody knows yet, durably; its SHA-256. It is here once its row is: see `known`. One that
        never gets a row goes with the next `sweep`."""
        with translated(self._folder.parent):
            return self._write(source)[0]

    def put_known(self, source: BinaryIO, sha256: str, mime: str) -> Attachment:
        """Keep a file whose hash is known before. DamagedStoreError when it is another: then nothing is kept."""
        with translated(self._folder.parent):
            found, size = self._write(source, sha256)
        return self._kept(Attachment(found, size, mime))

    def _kept(self, file: Attachment) -> Attachment:
        """Note a file that was written. What is known of it stays, but that it could not be read."""
        with self._database.write() as tx:
            known(tx, file)
        return file

    def attachment(self, sha256: str) -> Attachment | None:
        """What is known of a file that is here, or was: its content may have left since (`has`)."""
        found = self._database.read("SELECT sha256, size, mime, name, taken_at FROM blob WHERE sha256 = ?", (sha256,))
        return Attachment(*found[0]) if found else None

    def has(self, sha256: str) -> bool:
        """Whether the file's content is here, and sound as far as is known."""
        found = self._database.read("SELECT 1 FROM blob WHERE sha256 = ? AND fault = ''", (sha256,))
        return bool(found) and self._path(sha256).exists()

    def read(self, sha256: str) -> bytes:
        """The file's content. Raises StoreError when it is not here, DamagedStoreError when it was altered."""
        return b"".join(self.chunks(sha256))

    def chunks(self, sha256: str, start: int = 0) -> Iterator[bytes]:
        """The content from byte `start` on, in pieces of at most a segment, so that a video never fills the memory."""
        path = self._path(sha256)
        if not path.exists():
            raise StoreError(tr("This file is not on this laptop."))
        if start == 0:
            self.copies.used(path)
        with translated(self._folder.parent), path.open("rb") as file:
            try:
                yield from segments.decrypted(file, self._content_key, sha256, start)
            except segments.AlteredError as fault:
                with suppress(StoreError):  # on a disk that fails the mark may fail, too
                    self.set_aside(sha256)
                raise DamagedStoreError(tr("A file of this record is damaged; the City may have it.")) from fault

    def piece(self, sha256: str, start: int, most: int) -> bytes:
        """The content from byte `start` on, at most `most` bytes of it. Raises as `chunks` does."""
        parts, size = [], 0
        for part in self.chunks(sha256, start):
            parts.append(part)
            size += len(part)
            if size >= most:
                break
        return b"".join(parts)[:most]

    def queue(self) -> list[str]:
        """The files that the City has not confirmed and that can be read."""
        return [sha for (sha,) in self._database.read("SELECT sha256 FROM blob WHERE confirmed = 0 AND fault = ''")]

    def safety(self, named: Collection[str]) -> tuple[int, int, int]:
        """Of these files: how many, how many the City has whole, how many cannot be read here and are not with it.

        What has no row here came with a record of the City's."""
        sql = "SELECT confirmed, fault FROM blob WHERE sha256 IN (SELECT value FROM json_each(?))"
        found = self._database.read(sql, (json.dumps(list(named)),)) if named else []
        open_here = [fault for confirmed, fault in found if not confirmed]
        return len(named), len(named) - len(open_here), sum(map(bool, open_here))

    def verified(self, sha256: str) -> bool:
        """Whether the City's gateway hashed its copy anew and found this hash."""
        return bool(self._database.read("SELECT 1 FROM blob WHERE sha256 = ? AND confirmed = ?", (sha256, GATEWAY)))

    def set_aside(self, sha256: str) -> None:
        """The file cannot be read here: the others go on without it, until the same content is kept again."""
        with self._database.write() as tx:
            tx.execute("UPDATE blob SET fault = 'damaged' WHERE sha256 = ?", (sha256,))

    def try_all_again(self) -> None:
        """At a start: what could not be read may be whole again, on a disk that was repaired."""
        if self._database.read("SELECT 1 FROM blob WHERE fault <> '' LIMIT 1"):
            with self._database.write() as tx:
                tx.execute("UPDATE blob SET fault = ''")

    def coming(self, sha256: str) -> Coming:
        """The beginning of a file that is being brought."""
        return Coming(self._folder, self._path(sha256).name, self._content_key)

    def confirmed(self, sha256: str, *, elsewhere: bool = False) -> None:
        """The City's gateway has the whole file; or (`elsewhere`) a server that took it and does not give it back."""
        with self._database.write() as tx:
            where = ELSEWHERE if elsewhere else GATEWAY
            tx.execute("UPDATE blob SET confirmed = max(confirmed, ?) WHERE sha256 = ?", (where, sha256))

    def unconfirm(self, sha256: str) -> None:
        """The City lost it, or never had it: it goes into the queue again."""
        with self._database.write() as tx:
            tx.execute("UPDATE blob SET confirmed = 0 WHERE sha256 = ?", (sha256,))

    def older(self, sha256: str, than: float) -> bool:
        """Whether the file was written before that moment (seconds of the machine's clock)."""
        path = self._path(sha256)
        return not path.exists() or path.stat().st_mtime < than

    def sweep(self, before: float) -> None:
        """Delete files that have no row, and were written before that moment."""
        with translated(self._folder.parent):
            known = {self._path(sha) for (sha,) in self._database.read("SELECT sha256 FROM blob")}
            for path in self._folder.iterdir():
                if WHOLE.fullmatch(path.name) and path not in known and path.stat().st_mtime < before:
                    path.unlink()

    def _write(self, source: BinaryIO, expected: str = "") -> tuple[str, int]:
        """Encrypt into the folder; the content's hash, known only at the end, gives the file its name."""
        sha256, size = "", 0

        def fill(target: BinaryIO) -> Path:
            nonlocal sha256, size
            sha256, size = segments.encrypt(source, target, self._content_key)
            if expected not in {"", sha256}:
                raise DamagedStoreError(tr("A file came other than it should; it is not shown."))
            return self._path(sha256)

        place_durably(self._folder, fill)
        return sha256, size

    @property
    def _content_key(self) -> bytes:
        return _derived(self._database.key, b"fieldapp blob content")

    def _path(self, sha256: str) -> Path:
        return self._folder / _name(_derived(self._database.key, NAMES), sha256)


def known(tx: Connection, file: Attachment) -> None:
    """The row of a file that was written. What was known of it stays, but that it could not be read."""
    tx.execute(
        "INSERT INTO blob (sha256, size, mime, name, taken_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO UPDATE SET fault = ''",
        (file.sha256, file.size, file.mime, file.name, file.taken_at),
    )


def lies_in(folder: Path, key: bytes, sha256: str) -> bool:
    """Whether the encrypted file lies beside the store in `folder`, with a row or without."""
    return (folder / FOLDER / _name(_derived(key, NAMES), sha256)).exists()


def _name(name_key: bytes, sha256: str) -> str:
    return hmac.new(name_key, sha256.encode(), hashlib.sha256).hexdigest()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
