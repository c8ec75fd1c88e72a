"""The tables by which the City's records and laptops' journals prove themselves, and who is kept out."""

CHAINS = """
CREATE TABLE chain (                    -- the journal of a laptop and person, as far as it has arrived without a gap
    name TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    head INTEGER NOT NULL,              -- the last place up to which all have come
    op TEXT NOT NULL,                   -- the op there
    digest TEXT NOT NULL,
    first_op TEXT NOT NULL,             -- of those that came, the one that was made first
    began_at TEXT NOT NULL,
    lacks_since TEXT NOT NULL,          -- since when later ones wait for the next place, "" for not
    PRIMARY KEY (name, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX chain_lacks ON chain (lacks_since) WHERE lacks_since <> '';
CREATE TABLE chain_link (               -- what came ahead of a gap, and what has no answer for ever
    name TEXT NOT NULL,
    person TEXT NOT NULL,
    place INTEGER NOT NULL,
    op TEXT NOT NULL,
    digest TEXT NOT NULL,
    before TEXT NOT NULL,
    final INTEGER NOT NULL,
    PRIMARY KEY (name, person, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE alarm (
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    chain TEXT NOT NULL,
    place INTEGER NOT NULL,
    op TEXT NOT NULL,
    at TEXT NOT NULL,
    settled_at TEXT NOT NULL,
    PRIMARY KEY (kind, person, chain, place, op)
) STRICT, WITHOUT ROWID
"""
HISTORY = """
CREATE TABLE block (                    -- the history's own chain: one a transaction, over all that it wrote down
    n INTEGER NOT NULL,
    at TEXT NOT NULL,
    entries TEXT NOT NULL,              -- JSON: [[id, first 16 hex digits of the entry's hash], ...]
    root BLOB NOT NULL,                 -- of the tree over the entries' hashes
    hash BLOB NOT NULL,                 -- SHA-256 of the block before, this number, time and root
    PRIMARY KEY (n)
) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('history', 0);
-- of an op and its answer as they stood in their block, where its content was purged
ALTER TABLE spent ADD COLUMN entry BLOB
"""
EVENTS = """
CREATE TABLE event (                    -- what happened on laptops beside Changes; it only grows, and is in the chain
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    record TEXT NOT NULL,
    at TEXT NOT NULL,                   -- by the laptop's clock
    received_at TEXT NOT NULL,
    detail TEXT NOT NULL                -- canonical JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX event_at ON event (received_at)
"""
DELEGATIONS = """
CREATE TABLE delegation (               -- who reviews for whom; never deleted
    id TEXT PRIMARY KEY,
    giver TEXT NOT NULL,
    taker TEXT NOT NULL,
    wards TEXT NOT NULL,                -- separated by spaces
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    given_at TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX delegation_taker ON delegation (taker, ends)
"""
REVOCATIONS = """
CREATE TABLE revocation (               -- laptops and people whom the City keeps out
    device TEXT NOT NULL,               -- "" for any
    person TEXT NOT NULL,               -- "" for anybody
    erase INTEGER NOT NULL,             -- the laptop erases its store
    take_work INTEGER NOT NULL,         -- after it has sent what is unsent
    at TEXT NOT NULL,
    lifted_at TEXT NOT NULL,
    obeyed_at TEXT NOT NULL,            -- when a laptop told that it erases
    PRIMARY KEY (device, person)
) STRICT, WITHOUT ROWID
"""
