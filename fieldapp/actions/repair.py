"""Repairing what the City could not take: a person chooses, and nothing is thrown away unseen."""

from __future__ import annotations

from fieldapp.actions.desk import Desk
from fieldapp.records import Record


def keep_mine(desk: Desk, record_id: str) -> Record:
    """Send my values again, on top of what the City has now: a new Change that saw theirs."""
    return desk.store.resolve(record_id, mine=True)


def take_theirs(desk: Desk, record_id: str) -> Record:
    """Let the City's values stand. My refused Change stays in the journal as history."""
    return desk.store.resolve(record_id, mine=False)
