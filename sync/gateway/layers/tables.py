"""The table of layers that were published."""

LAYERS = """
CREATE TABLE layer (                    -- a reference layer that laptops take: the version of today
    name TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,               -- of its file, which lies among the City's files
    size INTEGER NOT NULL,              -- in bytes
    file TEXT NOT NULL,                 -- what the file was called
    as_of TEXT NOT NULL,                -- the day of its data
    source TEXT NOT NULL,
    licence TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    at TEXT NOT NULL                    -- when it was published
) STRICT, WITHOUT ROWID
"""
