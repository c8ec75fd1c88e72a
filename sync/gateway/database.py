"""The gateway's SQLite file: one writer behind one lock, a reader a thread, WAL with synchronous FULL.

A city with several processes keeps the same tables on PostgreSQL (postgres.py).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fieldapp.clock import new_id
from fieldapp.errors import NewerStoreError, StoreError
from fieldapp.store.durable import make_folder
from fieldapp.store.readers import Readers
from fieldapp.store.sqlcipher import DURABLE, OLDEST_SAFE, Connection, Error, Values, connect, plain, transaction
from fieldapp.texts import tr
from sync.gateway.bookings.tables import BOOKINGS
from sync.gateway.fleet import LAPTOPS
from sync.gateway.layers.tables import LAYERS
from sync.gateway.open311.noting import TABLES as OPEN311
from sync.gateway.outside.tables import OUTSIDE
from sync.gateway.recovery import TABLE as RECOVERY
from sync.gateway.transactions import BEYOND
from sync.gateway.trusted import CHAINS, DELEGATIONS, EVENTS, HISTORY, REVOCATIONS
from sync.gateway.webhooks.tables import WEBHOOKS

NAME = "gateway.db"
SCHEMA = """
CREATE TABLE record (
    id TEXT PRIMARY KEY,
    service TEXT NOT NULL,
    form_version TEXT NOT NULL,
    rev INTEGER NOT NULL,
    fields TEXT NOT NULL,               -- canonical JSON
    bucket TEXT NOT NULL,               -- the scope it is in now
    fp INTEGER NOT NULL,                -- fingerprint, as a signed number
    at TEXT NOT NULL                    -- the gateway's time of its last change
) STRICT, WITHOUT ROWID;
CREATE TABLE op (                       -- every op that was judged: what it was, and the answer that stands for ever
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    principal TEXT NOT NULL,
    status TEXT NOT NULL,
    rev INTEGER NOT NULL,
    at TEXT NOT NULL,
    digest BLOB NOT NULL,               -- SHA-256 of the op in canonical JSON
    result TEXT NOT NULL,
    payload TEXT NOT NULL               -- the op in canonical JSON, unknown keys and all
) STRICT;
CREATE INDEX op_record ON op (record, rev);
CREATE TABLE member (                   -- the feed: a row a record and bucket; a changed one moves to the end
    bucket TEXT NOT NULL,
    record TEXT NOT NULL,
    seq INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    PRIMARY KEY (bucket, record)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX member_seq ON member (bucket, seq);
CREATE TABLE bucket (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    checksum INTEGER NOT NULL           -- sum of fp mod 2^64, as a signed number
) STRICT, WITHOUT ROWID;
CREATE TABLE counter (name TEXT PRIMARY KEY, v INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE conflict (                 -- both values, until an op by somebody who saw both settles the path
    op TEXT NOT NULL,
    record TEXT NOT NULL,
    path TEXT NOT NULL,
    base TEXT NOT NULL,
    mine TEXT NOT NULL,
    theirs TEXT NOT NULL,
    mine_by TEXT NOT NULL,
    theirs_by TEXT NOT NULL,
    at TEXT NOT NULL,
    settled_by TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (op, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_open ON conflict (record) WHERE settled_by = '';
CREATE TABLE attachment (               -- which record named which file first, and how long it said the file is
    sha256 TEXT NOT NULL,
    record TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (sha256, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,                -- separated by spaces
    wards TEXT NOT NULL,
    title TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE token (                    -- sign-ins of practice accounts: only hashes are kept
    hash BLOB PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    given_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('feed', 0)
"""
BUCKETS = """
-- separated by spaces
ALTER TABLE person ADD COLUMN offices TEXT NOT NULL DEFAULT '';
-- when the row left, by the gateway's clock
ALTER TABLE member ADD COLUMN at TEXT NOT NULL DEFAULT '';
-- up to here, rows that left are forgotten
ALTER TABLE bucket ADD COLUMN floor INTEGER NOT NULL DEFAULT 0;
CREATE TABLE handout (                  -- what the City hands out besides records: forms, tables, layers
    bucket TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    rev INTEGER NOT NULL,
    service TEXT NOT NULL,
    form_version TEXT NOT NULL,
    fields TEXT NOT NULL,               -- canonical JSON
    fp INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (bucket, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE spent (                    -- ops whose content was purged: how they were judged is never forgotten
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL,
    result TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""
NUMBERS = """
CREATE TABLE number_block (             -- official numbers that are reserved for one person at one device
    id TEXT PRIMARY KEY,                -- of the request: asked for again, it is the same block
    series TEXT NOT NULL,
    prefix TEXT NOT NULL,
    digits INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    at TEXT NOT NULL,
    ended TEXT NOT NULL DEFAULT '',     -- back, lost, retired; "" while it is out
    unused INTEGER NOT NULL DEFAULT 0,  -- from there on none was taken, where it came back
    ended_at TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX number_block_series ON number_block (series, first);
CREATE INDEX number_block_holder ON number_block (person, device);
CREATE TABLE official_number (          -- every number of which it is known what became of it
    series TEXT NOT NULL,
    n INTEGER NOT NULL,
    number TEXT NOT NULL,
    fate TEXT NOT NULL,                 -- used, void, spoilt
    block TEXT NOT NULL,                -- "" for one that the City gave itself
    record TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (series, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX official_number_written ON official_number (number)
"""
DECISIONS = """
ALTER TABLE conflict ADD COLUMN referred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conflict ADD COLUMN settled_at TEXT NOT NULL DEFAULT '';
CREATE INDEX conflict_referred ON conflict (record) WHERE settled_by = '' AND referred = 1;
CREATE INDEX conflict_mine ON conflict (mine_by, settled_at);
CREATE INDEX conflict_theirs ON conflict (theirs_by, settled_at)
"""
STEPS = (
    SCHEMA,
    RECOVERY,
    BUCKETS,
    NUMBERS,
    CHAINS,
    HISTORY,
    REVOCATIONS,
    DELEGATIONS,
    EVENTS,
    DECISIONS,
    BOOKINGS,
    OPEN311,
    WEBHOOKS,
    LAYERS,
    OUTSIDE,
    LAPTOPS,
)  # a database of version n has taken the first n; add, never change


class Database:
    """The open file. Reads see one moment and never wait; a write holds the lock for one transaction."""

    def __init__(self, folder: Path, key: bytes | None = None) -> None:
        """Open the file in `folder`, and make it when new; encrypted when a key of 32 bytes is given.

        Raises StoreError when what lies there cannot be opened: it is left as it is.
        """
        make_folder(folder)
        self.folder = folder
        self._key = key
        self._lock = threading.Lock()
        self._readers = Readers(self._connected)
        try:
            self._writer = self._connected()
            self._prepare()
            self.epoch = str(self._writer.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchone()[0])
        except Error as fault:
            raise StoreError(tr("The City's records cannot be opened: {why}.", why=fault)) from fault

    @contextmanager
    def write(self, person: str = "") -> Iterator[Connection]:  # noqa: ARG002  all writes come one after the other
        """One durable transaction: when the block ends it is on the disk, when it raises nothing of it is."""
        with self._lock, transaction(self._writer) as tx:
            yield tx

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Reads of one moment."""
        reader = self._readers.mine()
        reader.execute("BEGIN")
        try:
            yield reader
        finally:
            reader.execute("COMMIT")

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[Values]:
        """All rows of one query."""
        return self._readers.mine().execute(sql, values).fetchall()

    def new_epoch(self) -> None:
        """Begin another history: after a restore from a backup every laptop compares and heals."""
        with self.write() as tx:
            tx.execute("UPDATE meta SET value = ? WHERE name = 'epoch'", (new_id(),))
            tx.execute(BEYOND)
        self.epoch = str(self.read("SELECT value FROM meta WHERE name = 'epoch'")[0][0])

    def close(self) -> None:
        """Bring the log into the file and close. No other thread may be using it."""
        with self._lock:
            self._readers.close()
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._writer.close()

    def _prepare(self) -> None:
        version = int(self._writer.execute("PRAGMA user_version").fetchone()[0])
        if version > len(STEPS):
            raise NewerStoreError(tr("This gateway's database was written by a newer FieldApp."))
        if version < len(STEPS):
            self._migrate(version)

    def _migrate(self, version: int) -> None:
        with self.write() as tx:
            for statement in ";\n".join(STEPS[version:]).split(";\n"):
                tx.execute(statement)
            if version == 0:
                tx.execute("INSERT INTO meta VALUES ('epoch', ?)", (new_id(),))
            tx.execute(f"PRAGMA user_version = {len(STEPS)}")

    def _connected(self) -> Connection:
        path = self.folder / NAME
        connection = connect(path, self._key) if self._key else plain(path, create=True)
        if (version := _version(connection)) < OLDEST_SAFE:
            raise StoreError(tr("This SQLite ({version}) is too old to be safe.", version=version))
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        for pragma in DURABLE:
            connection.execute(pragma)
        return connection


def _version(connection: Connection) -> tuple[int, ...]:
    text = connection.execute("SELECT sqlite_version()").fetchone()[0]
    return tuple(int(part) for part in text.split("."))
