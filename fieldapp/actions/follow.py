"""A draft follows its form: when the form was corrected, the answers go where they belong now, and nothing is lost.

Only who may change the answers takes a record along, and only forward: what was made with a newer form stays in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from fieldapp.actions.desk import Desk
from fieldapp.actions.forms import may_edit, session_over
from fieldapp.errors import AccessError, FormError
from fieldapp.records import CARRIED, Edits, Record
from fieldapp.services import Service
from fieldapp.services.versions import NAME, is_newer
from fieldapp.texts import tr

if TYPE_CHECKING:  # the form engine is loaded with the first form, not with the first window
    from fieldapp.forms import FormSession
    from fieldapp.forms.following import Followed

UNKNOWN = "unknown"  # stands for a version whose name cannot be part of a path


def caught_up(desk: Desk, record: Record) -> Record:
    """The record as its form asks now, nothing saved yet; unchanged where it need not follow, or may not."""
    service = desk.service_of(record)
    if _stays(service, record) or not may_edit(desk, record):
        return record
    return replace(record, form_version=service.form_version, fields=followed(desk, record).fields)


def catch_up(desk: Desk, record_id: str) -> Record:
    """`caught_up`, durably: what moved, and what has no place any more, is one Change of this person's."""
    record = desk.record(record_id)
    now = caught_up(desk, record)
    edits = changed(record, now)
    return desk.commit(record, edits, form_version=now.form_version) if edits else now


def changed(record: Record, now: Record) -> Edits:
    """The edits by which `record` becomes what `caught_up` made of it."""
    from fieldapp.forms.following import Followed

    return Followed(now.fields).edits(record.fields)


def followed(desk: Desk, record: Record) -> Followed:
    """What becomes of each answer of `record` in its service's form as it is now."""
    from fieldapp.forms.following import follow

    service = desk.service_of(record)
    version = record.form_version if NAME.fullmatch(record.form_version) else UNKNOWN
    old = service.form(version) if service.has_form(version) else None
    found = follow(old, service.form(), record.fields, version=version)
    session = session_over(desk, record, service.form_version, found.fields)
    return found.without(_let_go(session, found.fields), version)


def dismiss(desk: Desk, record_id: str, field: str) -> Record:
    """Take a carried answer off the record; it stays in the history. AccessError when it may not be changed."""
    return _with_carried(desk, record_id, field, None)


def bring_back(desk: Desk, record_id: str, field: str, value: str) -> Record:
    """Put a dismissed answer back to the record. AccessError when it may not be changed."""
    return _with_carried(desk, record_id, field, value)


def _with_carried(desk: Desk, record_id: str, field: str, value: str | None) -> Record:
    record = desk.record(record_id)
    if not may_edit(desk, record) or not field.startswith(CARRIED):
        raise AccessError(tr("This record is with the City now; its answers can no longer be changed here."))
    return desk.commit(record, {field: value})


def carried_forms(desk: Desk, record: Record) -> Mapping[str, FormSession]:
    """For each version that the record carries answers of, the form of that time over them: it knows their labels.

    A version that is not on this laptop is left out.
    """
    from fieldapp.forms.following import carried_in

    fields: dict[str, dict[str, str]] = {}
    for one in carried_in(record.fields):
        fields.setdefault(one.version, {})[one.path] = one.value
    found = {}
    for version, answers in fields.items():
        if desk.service_of(record).has_form(version):
            found[version] = session_over(desk, record, version, answers)
    return found


def _stays(service: Service, record: Record) -> bool:
    return record.form_version == service.form_version or is_newer(record.form_version, service.form_version)


def _let_go(session: FormSession, fields: Mapping[str, str]) -> set[str]:
    """Answers of instances that the form took away when it was opened: it counts them by itself."""
    return {path for path in fields if "[" in path and not path.startswith("@") and not _has(session, path)}


def _has(session: FormSession, path: str) -> bool:
    try:
        session.node(path)
    except FormError:
        return False
    return True
