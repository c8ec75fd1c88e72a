"""The tables of the City's calendar."""

BOOKINGS = """
CREATE TABLE slot (                     -- the City's calendar: a stretch of time at a place, with room for so many
    id TEXT PRIMARY KEY,
    serves TEXT NOT NULL,               -- services, or service/booking, separated by spaces
    place TEXT NOT NULL,
    place_fr TEXT NOT NULL,
    starts TEXT NOT NULL,               -- by the City's clock, YYYY-MM-DDTHH:MM
    minutes INTEGER NOT NULL,
    capacity INTEGER NOT NULL,
    person TEXT NOT NULL,               -- whose calendar it is in, "" for nobody's
    wards TEXT NOT NULL,                -- separated by spaces, "" for all
    cancelled TEXT NOT NULL,            -- why it does not take place
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_starts ON slot (starts);
CREATE TABLE booking (                  -- what became of a record's wish
    record TEXT NOT NULL,
    name TEXT NOT NULL,                 -- of the service's [[bookings]]
    service TEXT NOT NULL,
    ward TEXT NOT NULL,
    slot TEXT NOT NULL,                 -- "" for none
    status TEXT NOT NULL,
    turn INTEGER NOT NULL,              -- its place among those who wait
    wishes TEXT NOT NULL,               -- the Ask, as it came
    standing TEXT NOT NULL,             -- as the record has it, or will have it once it is told
    told INTEGER NOT NULL,              -- whether the record has it
    at TEXT NOT NULL,
    PRIMARY KEY (record, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX booking_slot ON booking (slot);
CREATE INDEX booking_waits ON booking (turn) WHERE status = 'waiting';
CREATE INDEX booking_untold ON booking (record) WHERE told = 0;
CREATE TABLE calendar_address (         -- secret addresses of calendar feeds: only hashes are kept
    hash BLOB PRIMARY KEY,
    person TEXT NOT NULL,
    given_at TEXT NOT NULL,
    revoked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('booking', 0)
"""
