"""A CSV file into a table on disk, row by row: the memory it takes does not depend on the file's length.

Kept in the form cache under a name that follows from the file's path, size and time, so that each file is read once;
what was made of an older one goes. Without a cache, or where it cannot be written, it is a temporary file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from fieldapp.forms.tables.csvfile import Row, opened
from fieldapp.forms.tables.stored import Shelf
from fieldapp.texts import tr

MOST_ROWS = 2_000_000  # two minutes of reading at most, and some hundred MB of disk
MOST_COLUMNS = 500
_MAKE = "1"  # rises when the layout changes, so that older files are not used
_SUFFIX = ".rows"
_WAIT = 30.0  # seconds for another program that is making an index in the same file


def shelf_of(path: Path, cache: Path | None, *, most: int = MOST_ROWS) -> Shelf:
    """The table of a CSV file. ValueError when it is none, has more than `most` rows, or too many columns."""
    if cache is not None:
        with contextlib.suppress(OSError, sqlite3.DatabaseError, TypeError):
            kept = _kept(path, cache)
            if not kept.exists():
                _make(path, kept, most)
            return Shelf(_connect(str(kept)))
    base = _connect("")  # SQLite's name for a temporary file that nobody else sees
    _fill(base, path, most)
    return Shelf(base)


def _connect(name: str) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=_WAIT, isolation_level=None, check_same_thread=False)


def _kept(path: Path, cache: Path) -> Path:
    status = path.stat()
    name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24]
    state = hashlib.sha256(f"{_MAKE} {status.st_size} {status.st_mtime_ns}".encode()).hexdigest()[:16]
    return cache / f"{name}-{state}{_SUFFIX}"


def _make(path: Path, kept: Path, most: int) -> None:
    """Whole or not at all: made beside its place, then put there."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        made = Path(folder) / kept.name
        with contextlib.closing(_connect(str(made))) as base:
            base.execute("PRAGMA journal_mode = OFF")
            base.execute("PRAGMA synchronous = OFF")
            _fill(base, path, most)
        made.replace(kept)
    for older in kept.parent.glob(f"{kept.name.partition('-')[0]}-*{_SUFFIX}"):
        if older != kept:
            older.unlink(missing_ok=True)


def _fill(base: sqlite3.Connection, path: Path, most: int) -> None:
    with opened(path) as (columns, rows):
        if len(columns) > MOST_COLUMNS:
            message = tr("it has {n} columns; at most {most} can be used", n=len(columns), most=MOST_COLUMNS)
            raise ValueError(message)
        names = [f"c{index}" for index in range(len(columns))]
        base.execute("BEGIN")
        base.execute(f"CREATE TABLE rows (id INTEGER PRIMARY KEY, {', '.join(f'{name} TEXT' for name in names)})")
        marks = ", ".join("?" * len(names))
        base.executemany(f"INSERT INTO rows ({', '.join(names)}) VALUES ({marks})", _bounded(rows, most))
    base.execute("CREATE TABLE about (columns TEXT, size INTEGER)")
    base.execute("INSERT INTO about SELECT ?, count(*) FROM rows", (json.dumps(columns),))
    base.execute("COMMIT")


def _bounded(rows: Iterator[Row], most: int) -> Iterable[Row]:
    yield from islice(rows, most)
    if next(rows, None) is not None:
        raise ValueError(tr("it has more than {n} rows, which is the most that can be used", n=most))
