"""Repairing what the City could not take: a person chooses, and nothing is thrown away unseen."""

from __future__ import annotations

from fieldapp.actions.desk import Desk
from fieldapp.actions.forms import EDITABLE
from fieldapp.errors import RefusedError
from fieldapp.records import ISSUED, Record
from fieldapp.texts import tr

NUMBER_CODES = frozenset({"number_foreign", "number_used", "number_back"})  # of the City, about an official number


def keep_mine(desk: Desk, record_id: str) -> Record:
    """Send my values again, on top of what the City has now: a new Change that saw theirs."""
    return desk.store.resolve(record_id, mine=True)


def take_theirs(desk: Desk, record_id: str) -> Record:
    """Let the City's values stand. My refused Change stays in the journal as history."""
    return desk.store.resolve(record_id, mine=False)


def correctable(desk: Desk, record: Record) -> bool:
    """Whether what the City refused of this record was an answer of this person's, who can correct it."""
    service = desk.service_of(record)
    entries = desk.store.history(record.id)
    refused = any(entry.state == "rejected" and entry.change.transition for entry in entries)
    state = _before(desk, record)
    held = state in {one.id for one in service.states if one.kind in EDITABLE}
    return refused and held and desk.person.id in {entry.change.actor for entry in entries if entry.state == "rejected"}


def correct(desk: Desk, record_id: str) -> Record:
    """Take a refused step back, with all answers as they are, so that they can be corrected and handed in again.

    RefusedError when there is nothing to correct.
    """
    record = desk.record(record_id)
    if not correctable(desk, record):
        raise RefusedError(tr("There is nothing to repair in this record."))
    refused = any(entry.code in NUMBER_CODES for entry in desk.store.history(record_id) if entry.state == "rejected")
    record = desk.store.reopen(record_id, _before(desk, record))
    bad = {path: None for path in record.fields if path.startswith(ISSUED)} if refused else {}
    return desk.commit(record, bad) if bad else record  # the next step takes another number


def _before(desk: Desk, record: Record) -> str:
    """The state that the City has the record in; of one that it does not have, that of a new one."""
    city = desk.store.city_record(record.id)
    return city.state if city is not None and city.rev else desk.service_of(record).first_state
