"""Filling a form: open it over a record, keep each answer, attach files."""

from __future__ import annotations

from typing import BinaryIO

from fieldapp.actions.desk import Desk
from fieldapp.clock import stamp
from fieldapp.errors import AccessError
from fieldapp.forms import FormSession
from fieldapp.records import ALIAS, ASSIGNEE, AUTHOR, LANG, Attachment, Edits, Record, edited
from fieldapp.texts import language, tr

EDITABLE = frozenset({"draft", "open", "returned"})


def open_form(desk: Desk, record: Record, *, lang: str = "") -> FormSession:
    """The record's form with its answers in it, over this laptop's reference data."""
    service = desk.service_of(record)
    context = {
        "username": desk.person.name,
        "deviceid": desk.device,
        "case_ref": record.get(ALIAS),
        "service_code": service.code,
    }
    return FormSession(
        service.form(),
        record.fields,
        language=lang or language(),
        clock=desk.clock,
        reference=service.reference_data(desk.layers, desk.clock),
        functions=service.functions(),
        context=context,
    )


def may_edit(desk: Desk, record: Record) -> bool:
    """Whether this person may change the answers now: theirs, and with them."""
    state = desk.service_of(record).state(record.state)
    mine = desk.person.id in {record.get(AUTHOR), record.get(ASSIGNEE)}
    return mine and state.kind in EDITABLE


def answer(desk: Desk, record_id: str, edits: Edits) -> Record:
    """Keep answers, durably: on return the screen may say "saved". AccessError when they may not be changed."""
    record = desk.record(record_id)
    if not may_edit(desk, record):
        raise AccessError(tr("This record is with the City now; its answers can no longer be changed here."))
    derived = desk.service_of(record).derived(edited(record.fields, edits), record.get(LANG))
    return desk.commit(record, {**edits, **derived})


def attach(desk: Desk, data: bytes | BinaryIO, *, mime: str, name: str = "") -> Attachment:
    """Put a file into the encrypted blob store, durably, before any answer names it."""
    return desk.store.blobs.put(data, mime=mime, name=name, taken_at=stamp(desk.clock.now()))
