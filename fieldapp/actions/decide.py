"""Deciding: approve or return, and keep what the reviewer saw, so that next time only what changed need be read."""

from __future__ import annotations

import json

from fieldapp.actions.desk import Desk
from fieldapp.actions.steps import take
from fieldapp.records import Fields, Record, canonical

LOOK = "looked."


def decide(desk: Desk, record_id: str, transition_id: str, *, reason: str = "", field: str = "") -> Record:
    """Take a reviewer's step. See `take` for what is refused.

    Unless the step ends the matter, the answers as they stood are kept on this laptop, encrypted like the rest.
    """
    seen = desk.record(record_id)
    record = take(desk, record_id, transition_id, reason=reason, field=field)
    ended = desk.service_of(record).state(record.state).kind == "done"
    desk.store.keep_setting(LOOK + record_id, "" if ended else canonical(seen.answers).decode())
    return record


def last_look(desk: Desk, record_id: str) -> Fields | None:
    """The answers as this person last saw them when deciding; None when they have not, or the matter was ended."""
    kept = desk.store.setting(LOOK + record_id)
    return dict(json.loads(kept)) if kept else None
