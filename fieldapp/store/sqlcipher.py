"""The one door to SQLCipher, and to sqlite-utils over it.

sqlite-utils catches the standard library's exception classes unless it finds `pysqlite3`; sqlcipher3 raises its own.
So sqlcipher3 is registered under that name before sqlite-utils is ever imported: import sqlite-utils only through
`utils()`.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlcipher3 import dbapi2

from fieldapp.errors import StoreError
from fieldapp.texts import tr

if TYPE_CHECKING:
    import sqlite_utils

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

# sqlcipher3 keeps the standard library's interface and has no types of its own.
Connection = sqlite3.Connection
Values = tuple[Any, ...]

# Up to 3.51.2 two connections that write and checkpoint can corrupt a WAL file (sqlite.org/wal.html#walresetbug).
OLDEST_SAFE = (3, 51, 3)
KEY_BYTES = 32

Error: type[sqlite3.Error] = dbapi2.Error
IntegrityError: type[sqlite3.IntegrityError] = dbapi2.IntegrityError
DURABLE = (
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = 1",
    "PRAGMA checkpoint_fullfsync = 1",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA wal_autocheckpoint = 1000",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
)


def connect(path: Path, key: bytes) -> Connection:
    """A connection to the encrypted file, in autocommit. The key is only tried at the first read."""
    if len(key) != KEY_BYTES:
        raise StoreError(tr("A store's key has 32 bytes."))
    if dbapi2.sqlite_version_info < OLDEST_SAFE:
        raise StoreError(tr("This SQLite ({version}) is too old to be safe.", version=dbapi2.sqlite_version))
    connection: Connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is answered in words, not on stderr
    # SQLCipher's own choice, SHA-512, takes 2.6 times as long a page. As a default it holds for copies of the file too.
    connection.execute("PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def plain(path: Path, *, create: bool) -> Connection:
    """A connection, in autocommit, to a file that is not encrypted: for public data only."""
    uri = f"{path.resolve().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection: Connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=60)
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


@contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """One durable transaction: when the block ends it is on the disk, when it raises nothing of it is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def utils(connection: Connection) -> sqlite_utils.Database:
    """sqlite-utils over `connection`. Its import costs 60 ms: for schema work only."""
    import sqlite_utils

    return sqlite_utils.Database(connection)
