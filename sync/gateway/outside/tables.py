"""Tables of what is handed on: the servers, each record's request there, what they are to be told, what they said."""

from __future__ import annotations

OUTSIDE = """
CREATE TABLE outside_server (           -- Open311 servers, by the name that services have for them
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,                -- as people know it
    url TEXT NOT NULL,
    api_key TEXT NOT NULL,              -- as the server has it: it is sent there, so no hash would do
    jurisdiction TEXT NOT NULL,
    format TEXT NOT NULL,               -- json or xml
    pictures INTEGER NOT NULL,          -- whether it takes them
    updates INTEGER NOT NULL,           -- whether it speaks servicerequestupdates
    repeats INTEGER NOT NULL,           -- whether it knows a request again that comes twice
    echoes INTEGER NOT NULL DEFAULT 0,  -- whether it has been seen to show our reference in what it tells
    polled_at TEXT NOT NULL DEFAULT '',
    heard_to TEXT NOT NULL DEFAULT '',  -- its updates up to here are known
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT '',
    next_at TEXT NOT NULL DEFAULT ''    -- not to be asked before
) STRICT, WITHOUT ROWID;
CREATE TABLE outside_request (          -- a record that is handed on: once, whatever comes after
    record TEXT PRIMARY KEY,
    service TEXT NOT NULL,
    server TEXT NOT NULL,
    ref TEXT NOT NULL,                  -- the City's number, by which it is found again there
    state TEXT NOT NULL,                -- waiting, posted, token, known, refused, doubt, dropped
    answers TEXT NOT NULL,              -- canonical JSON: what goes with it, until it is there
    handed_at TEXT NOT NULL,
    due TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    posted_at TEXT NOT NULL DEFAULT '', -- the first time
    tried_at TEXT NOT NULL DEFAULT '',  -- the last time
    unsure INTEGER NOT NULL DEFAULT 0,  -- whether any answer to it was lost
    taken INTEGER NOT NULL DEFAULT 0,   -- whether the server said that it has it, though without an id
    token TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',    -- there
    status TEXT NOT NULL DEFAULT '',    -- as it was last told
    notes TEXT NOT NULL DEFAULT '',
    changed_at TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX outside_request_due ON outside_request (server, state, due);
CREATE TABLE outside_update (           -- steps here that a server is to be told of
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL,                   -- of the Change
    record TEXT NOT NULL,
    server TEXT NOT NULL,
    status TEXT NOT NULL,
    words TEXT NOT NULL,
    at TEXT NOT NULL,
    due TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outside_update_due ON outside_update (server, due);
CREATE TABLE outside_heard (            -- updates of a server that are known here
    server TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID
"""
