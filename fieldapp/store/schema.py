"""The tables of a store as its first steps made them (`migrations`): what has been released never changes."""

RECORDS = """
CREATE TABLE record (
    n INTEGER PRIMARY KEY,              -- the row number that lists page by
    id TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    form_version TEXT NOT NULL,
    rev INTEGER NOT NULL,               -- the City's revision that is known here
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,            -- the title as it sorts: folded
    number TEXT NOT NULL,
    alias TEXT NOT NULL,
    ward TEXT NOT NULL,
    assignee TEXT NOT NULL,
    author TEXT NOT NULL,
    parent TEXT NOT NULL,
    planned TEXT NOT NULL,
    due TEXT NOT NULL,
    address TEXT NOT NULL,
    point TEXT NOT NULL,
    updated TEXT NOT NULL,
    fields TEXT NOT NULL,               -- canonical JSON, as the person sees it
    place INTEGER NOT NULL,             -- records.Place: as the City has it, draft, waiting, needs attention
    bucket TEXT NOT NULL,               -- the scope that the City's row came in, "" while the City has none
    fp INTEGER,                         -- fingerprint of the City's row, NULL while the City has none
    gone INTEGER NOT NULL DEFAULT 0,    -- left this person's scope; goes when nothing is open on it
    stale INTEGER NOT NULL DEFAULT 0    -- the bucket is being built anew and has not sent this row yet
) STRICT;
-- Two indexes answer all lists. The wide one holds all that lists filter and sort by, so that no list reads whole rows;
-- both grow at few places when rows arrive, for a page that is touched is a page to encrypt and write.
CREATE INDEX record_updated ON record (updated);
CREATE INDEX record_lines ON record (service, state, updated, assignee, author, ward, planned, due, title_key);
CREATE INDEX record_parent ON record (parent) WHERE parent <> '';
CREATE TABLE shadow (                   -- the City's row, only while a record has open Changes: the merge base
    n INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    form_version TEXT NOT NULL,
    fields TEXT NOT NULL
) STRICT;
CREATE TABLE unindexed (                -- records that the search index has not as they are
    n INTEGER PRIMARY KEY
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
    name, answers, content = '', contentless_delete = 1, detail = full,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
)
"""

JOURNAL = """
CREATE TABLE draft (                    -- open Changes: answers join them until a transition seals
    n INTEGER PRIMARY KEY,              -- the record's row number: one open Change a record
    saved_at TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE TABLE journal (                  -- sealed Changes, in the order of their chain; payloads never alter again
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    principal TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    saved_at TEXT NOT NULL,
    sent_at TEXT NOT NULL DEFAULT '',
    received_at TEXT NOT NULL DEFAULT '',
    applied_at TEXT NOT NULL DEFAULT '',
    rev INTEGER NOT NULL DEFAULT 0,
    code TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '{}',  -- the City's values that came with its result
    digest BLOB NOT NULL,
    link BLOB NOT NULL,                 -- SHA-256 of the link before and this digest
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX journal_record ON journal (record);
CREATE INDEX journal_waiting ON journal (seq) WHERE state = 'sealed';
CREATE INDEX journal_trouble ON journal (record, seq) WHERE state IN ('conflict', 'rejected', 'parked');
CREATE TABLE chain (                    -- how long the chain was at the last answer or end: it may not be shorter
    one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, link BLOB NOT NULL
) STRICT;
INSERT INTO chain VALUES (1, 0, zeroblob(32));
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    mime TEXT NOT NULL,
    name TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    confirmed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_queue ON blob (sha256) WHERE confirmed = 0;
CREATE TABLE bucket (
    name TEXT PRIMARY KEY,
    cursor INTEGER NOT NULL DEFAULT 0,
    epoch TEXT NOT NULL DEFAULT '',
    checksum INTEGER NOT NULL DEFAULT 0,    -- sum of fp mod 2^64, as a signed number
    count INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
"""


NUMBERS = """
CREATE TABLE number_block (
    id TEXT PRIMARY KEY,                -- of the request by which it was asked for, once or many times
    series TEXT NOT NULL,
    service TEXT NOT NULL,
    number TEXT NOT NULL,               -- the official number's id in the service
    day TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL,                -- asked, open, closed, lost
    prefix TEXT NOT NULL,
    digits INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    next INTEGER NOT NULL,              -- the first that was not taken: it only grows
    told TEXT NOT NULL DEFAULT ''       -- whether the City knows that it is closed or lost
) STRICT, WITHOUT ROWID;
CREATE TABLE number_taken (
    series TEXT NOT NULL,
    number TEXT NOT NULL,
    record TEXT NOT NULL,
    at TEXT NOT NULL,
    told TEXT NOT NULL,                 -- whether the City knows that it is spoilt
    PRIMARY KEY (series, number)
) STRICT, WITHOUT ROWID
"""
