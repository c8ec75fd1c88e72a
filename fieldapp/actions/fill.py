"""Filling a form: keep each answer, attach files."""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO

from fieldapp.actions.desk import Desk, check_reach
from fieldapp.actions.follow import caught_up, changed
from fieldapp.actions.forms import lacks_form, may_edit
from fieldapp.clock import stamp
from fieldapp.errors import AccessError, RefusedError
from fieldapp.records import LANG, Attachment, Edits, Record, edited
from fieldapp.texts import tr


def answer(desk: Desk, record_id: str, edits: Edits, *, seen: Edits | None = None) -> Record:
    """Keep answers, durably: on return the screen may say "saved". AccessError when they may not be changed,
    RefusedError when they were given in a newer form that is not here. An older form's record follows to today's.
    `seen` has what the form showed before: where the City changed it meanwhile, nobody's value goes under."""
    record = desk.record(record_id)
    service = desk.service_of(record)
    if lacks_form(service, record):
        raise RefusedError(tr("This record was made with a newer form, which comes with the next sync or update."))
    check_reach(desk, record)
    if not may_edit(desk, record):
        raise AccessError(tr("This record is with the City now; its answers can no longer be changed here."))
    now = caught_up(desk, replace(record, fields=edited(record.fields, edits)))
    whole = edits if now.form_version == record.form_version else changed(record, now)
    derived = service.derived(now.fields, record.get(LANG))
    return desk.commit(record, {**whole, **derived}, form_version=now.form_version, seen=seen)


def attach(desk: Desk, data: bytes | BinaryIO, *, mime: str, name: str = "") -> Attachment:
    """Put a file into the encrypted blob store, durably, before any answer names it."""
    return desk.store.blobs.put(data, mime=mime, name=name, taken_at=stamp(desk.clock.now()))
