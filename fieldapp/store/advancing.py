"""Own work is not fetched back: a bucket's cursor passes over what this laptop has just sent there, and nothing else.

The City says where a bucket ended before a push and where it ends after it. Whoever was at the first place or between
them (a bucket that came by id goes on from where the whole feed was), and knows the records of the push as the City has
them now, is at the second. In every other case the rows simply come.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from fieldapp.store.membership import joining
from fieldapp.store.remote import Advance
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.tallies import Tally

STANDING = (
    "SELECT n, id, rev, bucket, fp FROM record WHERE id IN (SELECT value FROM json_each(?))"
    " AND fp IS NOT NULL AND gone = 0 AND stale = 0"
)


def advance(tx: Connection, advances: Sequence[Advance], revisions: Mapping[str, int], epoch: str) -> None:
    """Move the cursors that may move. `revisions`: what the City's answers told of these records."""
    found = tx.execute("SELECT name, cursor, after FROM bucket").fetchall()
    cursors = {name: -1 if after else cursor for name, cursor, after in found}  # -1: it has not come whole yet
    for one in advances:
        if one.before <= cursors.get(one.bucket, 0) < one.after and _joined(tx, one, revisions):
            tx.execute(
                "INSERT INTO bucket (name, cursor, epoch) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, epoch = excluded.epoch",
                (one.bucket, one.after, epoch),
            )


def _joined(tx: Connection, one: Advance, revisions: Mapping[str, int]) -> bool:
    """Count its records in the bucket, where all of them are here as the City has them; whether they are."""
    rows = tx.execute(STANDING, (json.dumps(one.records),)).fetchall()
    if {id_: rev for _, id_, rev, _, _ in rows} != {id_: revisions.get(id_) for id_ in one.records}:
        return False
    tally = Tally()
    moved = [(n, before, joining(before, one.bucket), fp) for n, _, _, before, fp in rows]
    changed = [(n, before, after, fp) for n, before, after, fp in moved if before != after]
    for _, before, after, fp in changed:
        tally.swap((before, fp), (after, fp))
    tx.executemany("UPDATE record SET bucket = ? WHERE n = ?", [(after, n) for n, _, after, _ in changed])
    tally.write(tx)
    return True
