"""One encrypted SQLite file: one writer behind one lock, a reader a thread; how it is opened, checked and closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from fieldapp.errors import DamagedStoreError, NewerStoreError, StoreError
from fieldapp.store import aside, migrations
from fieldapp.store.claim import Claim
from fieldapp.store.durable import make_folder, write_durably
from fieldapp.store.faults import SUSPECT, translated
from fieldapp.store.readers import Readers
from fieldapp.store.sqlcipher import DURABLE, Connection, Error, Values, connect, transaction
from fieldapp.texts import tr

NAME = "store.db"
MADE = "store.made"  # marks a folder whose store was opened once: an empty or missing file is a loss, not a beginning
WRITER_CACHE = "PRAGMA cache_size = -16000"  # kilobytes
READER_CACHE = "PRAGMA cache_size = -32000"


class Database:
    """The open file. Reads never wait for writes; a write holds the lock for one short transaction."""

    def __init__(self, folder: Path, key: bytes, writer: Connection, claim: Claim) -> None:
        self.folder = folder
        self._claim = claim
        self._key = key
        self._writer = writer
        self._lock = threading.RLock()
        self._readers = Readers(self._new_reader)
        self._copier: Connection | None = None
        self.closed = False
        self.sealed = False

    @classmethod
    def open(cls, folder: Path, key: bytes) -> Database:
        """Open, and make when new. Raises LockedStoreError, NewerStoreError, DamagedStoreError or DiskError."""
        with translated(folder):
            make_folder(folder, 0o700)
            claim = Claim.on(folder)
            try:
                return cls(folder, key, _opened(folder, key), claim)
            except BaseException:
                claim.release()
                raise

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One durable transaction: when the block ends it is on the disk, when it raises nothing of it is."""
        with self._lock, translated(self.folder):
            self._require_open()
            with transaction(self._writer) as tx:
                yield tx

    def read(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[Values]:
        """All rows of one query, as the last commit left them."""
        with translated(self.folder):
            return self._readers.mine().execute(sql, values).fetchall()

    def checkpoint(self) -> None:
        """Move what the write-ahead log holds into the file, as far as nobody has to wait."""
        with self._lock, translated(self.folder):
            self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def copy_to(self, path: Path) -> None:
        """A compact copy of the file as it stands, under the same key. Saves go on; closing ends it with StoreError."""
        with translated(self.folder):
            self._copier = copier = connect(self.folder / NAME, self._key)
            try:
                for pragma in DURABLE:
                    copier.execute(pragma)
                copier.execute("VACUUM INTO ?", (str(path),))
            finally:
                self._copier = None
                copier.close()

    @property
    def key(self) -> bytes:
        """The key that opened it. StoreError while it is sealed."""
        self._require_open()
        return self._key

    def seal(self) -> None:
        """Close the file and forget the key, until `unseal`. No thread may be reading. Nobody else can open it."""
        with self._lock:
            if not (self.closed or self.sealed):
                self.sealed = True
                self._rest()
                self._key = b""

    def unseal(self, key: bytes) -> None:
        """Open it again. Raises as `open` does; then it stays sealed."""
        with self._lock, translated(self.folder):
            if self.sealed and not self.closed:
                self._writer = _opened(self.folder, key)
                self._key, self.sealed = key, False

    def close(self) -> None:
        """Checkpoint and close; the log goes away, which marks a clean end. Closing twice does no harm."""
        with self._lock:
            if self.closed:
                return
            self.closed = True
            if not self.sealed:
                self._rest()
            self._claim.release()

    def _rest(self) -> None:
        if copier := self._copier:
            copier.interrupt()
        self._readers.close()
        with suppress(Error):  # what does not fit into the file stays in the log, where the next opening finds it
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._writer.close()

    def _require_open(self) -> None:
        if self.closed:
            raise StoreError(tr("The store is closed."))
        if self.sealed:
            raise StoreError(tr("The store is locked. Everything saved is safe in it."))

    def _new_reader(self) -> Connection:
        with translated(self.folder):
            self._require_open()
            reader = connect(self.folder / NAME, self._key)
            for pragma in (*DURABLE, READER_CACHE):
                reader.execute(pragma)
            return reader


def _opened(folder: Path, key: bytes) -> Connection:
    """The write connection, after the file has been unlocked, judged, checked and brought up to date."""
    path = folder / NAME
    if (folder / MADE).exists() and not (path.exists() and path.stat().st_size):
        raise aside.moved(folder, NAME, SUSPECT, MADE)
    unclean = path.exists() and (_log(folder).exists() or (folder / SUSPECT).exists())
    writer = connect(path, key)
    try:
        _unlock(writer, folder)
        if unclean:
            _check(writer, folder)
    except DamagedStoreError as fault:
        writer.close()
        raise aside.moved(folder, NAME, SUSPECT, MADE) from fault
    except BaseException:
        writer.close()
        raise
    (folder / SUSPECT).unlink(missing_ok=True)
    if not (folder / MADE).exists():
        write_durably(folder / MADE, b"")
    return writer


def _log(folder: Path) -> Path:
    """The write-ahead log. SQLite removes it at a clean end, so one that is left tells of a crash."""
    return folder / f"{NAME}-wal"


def _unlock(writer: Connection, folder: Path) -> None:
    with translated(folder):
        writer.execute("SELECT count(*) FROM sqlite_master").fetchone()
        version = int(writer.execute("PRAGMA user_version").fetchone()[0])
        if version > migrations.LATEST:
            raise NewerStoreError(tr("This store was written by a newer FieldApp. Please install the newest version."))
        writer.execute("PRAGMA journal_mode = WAL").fetchone()
        for pragma in (*DURABLE, WRITER_CACHE):
            writer.execute(pragma)
        if version < migrations.LATEST:
            migrations.bring_up_to_date(writer, folder, version)


def _check(writer: Connection, folder: Path) -> None:
    """The check after an unclean end."""
    with translated(folder):
        answer = writer.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise DamagedStoreError(str(answer))
