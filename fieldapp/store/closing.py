"""Closing what is still open, when the City takes a laptop's work before its store is erased."""

from __future__ import annotations

from fieldapp.records import change_of, plain
from fieldapp.store import journal
from fieldapp.store.settling import stand_anew
from fieldapp.store.sqlcipher import Connection


def close_drafts(tx: Connection, principal: str, now: str) -> frozenset[str]:
    """Seal every open Change that may be sent under `principal`; the records that it concerned."""
    found = tx.execute("SELECT n, payload FROM draft").fetchall()
    mine = [
        (n, change) for n, change in ((n, change_of(plain(text))) for n, text in found) if change.principal == principal
    ]
    for n, change in mine:
        journal.drop_open(tx, n)
        journal.seal(tx, change, now)
    ids = frozenset(change.record for _, change in mine)
    stand_anew(tx, ids)
    return ids
