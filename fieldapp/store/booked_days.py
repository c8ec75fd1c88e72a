"""The index of days on which records have a place in the City's calendar, or were offered one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fieldapp.records import BOOKING, plain
from fieldapp.store.sqlcipher import Connection

MARK = f'"{BOOKING}'  # in a record's fields as the table keeps them: most have none, and are never parsed
STARTS = re.compile(r'"starts":"(\d{4}-\d{2}-\d{2})T')
TABLE = """
CREATE TABLE booked (
    day TEXT NOT NULL,                  -- YYYY-MM-DD
    n INTEGER NOT NULL,                 -- the record's row
    PRIMARY KEY (day, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX booked_n ON booked (n)
"""


def days_in(fields: str) -> set[str]:
    """The days that the bookings of a record name; `fields` as the table keeps them."""
    if MARK not in fields:
        return set()
    return {day for path, said in plain(fields).items() if path.startswith(BOOKING) for day in STARTS.findall(said)}


def note(tx: Connection, changed: Iterable[tuple[int, str, str]]) -> None:
    """Bring the index up to date for these rows: number, fields before ("" for a new one) and after."""
    for n, before, after in changed:
        if MARK in before:
            tx.execute("DELETE FROM booked WHERE n = ?", (n,))
        if days := days_in(after):
            tx.executemany("INSERT OR IGNORE INTO booked VALUES (?, ?)", [(day, n) for day in days])
