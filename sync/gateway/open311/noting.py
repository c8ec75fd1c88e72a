"""What Open311 tells of each request, kept beside the records in the transaction that changes them.

An update's time is that of its publication here, not of the work: who polls for the last two hours sees also what a
laptop brings in hours later. The time of the work goes with it as an extra.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fieldapp.records import NUMBER, RECEIVED, STATE, Change, Record
from fieldapp.services import Catalogue
from sync.gateway.transactions import Transaction

TABLES = """
CREATE TABLE open311_request (          -- requests that the world may follow
    id TEXT PRIMARY KEY,                -- the City's number
    record TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    requested TEXT NOT NULL,
    updated TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX open311_requested ON open311_request (requested);
CREATE TABLE open311_update (           -- steps of theirs, in the order of their publication
    n INTEGER PRIMARY KEY,
    request TEXT NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,                   -- of the publication
    made TEXT NOT NULL                  -- when it was done, by the clock of whoever did it
) STRICT;
CREATE INDEX open311_updated ON open311_update (at)
"""
KEPT = (
    "INSERT INTO open311_request (id, record, service, requested, updated) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (record) DO UPDATE SET updated = excluded.updated"
)


def note(tx: Transaction, catalogue: Catalogue, records: Iterable[Record], changes: Sequence[Change], now: str) -> None:
    """Keep what may be told of these records, as they are after these Changes."""
    told = {record.id: record for record in records if is_told(catalogue, record)}
    if not told:
        return
    rows = [(r.get(NUMBER), r.id, r.service, r.get(RECEIVED) or now, now) for r in told.values()]
    tx.executemany(KEPT, rows)
    steps = [
        (told[change.record].get(NUMBER), state, now, change.at)
        for change in changes
        if change.record in told and (state := change.edits.get(STATE)) and not _is_draft(catalogue, change, state)
    ]
    tx.executemany("INSERT INTO open311_update (request, state, at, made) VALUES (?, ?, ?, ?)", steps)


def is_told(catalogue: Catalogue, record: Record) -> bool:
    """Whether the world may know of the record: it has its number, is no draft, and its service speaks Open311."""
    if record.service not in catalogue or catalogue.get(record.service).open311 is None:
        return False
    return bool(record.get(NUMBER)) and catalogue.kind(record.service, record.state) not in ("draft", "")


def _is_draft(catalogue: Catalogue, change: Change, state: str) -> bool:
    return catalogue.kind(change.service, state) == "draft"
