"""Deciding: approve or return, and keep what the reviewer saw, so that next time only what changed need be read."""

from __future__ import annotations

import json

from fieldapp.actions.desk import Desk
from fieldapp.actions.disputes import UNDONE
from fieldapp.actions.steps import take
from fieldapp.records import ASSIGNEE, Fields, Record, canonical

LOOK = "looked."


def decide(
    desk: Desk, record_id: str, transition_id: str, *, reason: str = "", field: str = "", to: str = ""
) -> Record:
    """Take a reviewer's step; `to` is the user id of whom the record goes to with it. See `take` for what is refused.

    Unless the step ends the matter, the answers as they stood are kept on this laptop, encrypted like the rest.
    """
    seen = desk.record(record_id)
    given = {ASSIGNEE: to} if to else None
    record = take(desk, record_id, transition_id, edits=given, reason=reason, field=field)
    ended = desk.service_of(record).state(record.state).kind == "done"
    desk.store.keep_setting(LOOK + record_id, "" if ended else canonical(seen.answers).decode())
    return record


def last_look(desk: Desk, record_id: str) -> Fields | None:
    """The answers as this person last saw them when deciding; None when they have not, or the matter was ended."""
    kept = desk.store.setting(LOOK + record_id)
    return dict(json.loads(kept)) if kept else None


def was_sent_back(desk: Desk, record: Record) -> bool:
    """Whether this person returned it to its author once. What was taken back, or refused, sent nothing back."""
    service = desk.service_of(record)
    returns = {step.id for step in service.transitions if service.state(step.to).kind == "returned"}
    taken = (entry for entry in desk.store.history(record.id) if entry.state not in UNDONE)
    return any(entry.change.transition in returns for entry in taken)
