"""Tables of webhooks: the addresses, and what each of them is still to be told."""

from __future__ import annotations

WEBHOOKS = """
CREATE TABLE webhook (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL,               -- as the receiver has it: what is told is signed with it, so no hash would do
    services TEXT NOT NULL,             -- separated by spaces; '' for all but those of health
    private INTEGER NOT NULL,           -- whether it may lie in a network that is not public
    added_at TEXT NOT NULL,
    told_at TEXT NOT NULL DEFAULT '',   -- the last time that it took something
    failures INTEGER NOT NULL DEFAULT 0, -- since then
    failing_since TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT '',       -- of the last failure: a status or a word of posting.py
    next_at TEXT NOT NULL DEFAULT '',   -- not to be tried before
    disabled_at TEXT NOT NULL DEFAULT '',
    lost INTEGER NOT NULL DEFAULT 0     -- steps that it never took while it took others
) STRICT, WITHOUT ROWID;
CREATE TABLE webhook_due (              -- written with the step, deleted when its receiver has taken it
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    hook TEXT NOT NULL,
    body TEXT NOT NULL,
    since TEXT NOT NULL DEFAULT '',     -- the first attempt
    attempts INTEGER NOT NULL DEFAULT 0,
    due TEXT NOT NULL                   -- when it is to be tried next
) STRICT;
CREATE INDEX webhook_due_next ON webhook_due (hook, due)
"""
