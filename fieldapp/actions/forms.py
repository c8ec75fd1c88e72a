"""A record's form: in which version it opens, for whom its answers are open, and the session over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from fieldapp.actions.desk import Desk
from fieldapp.records import ALIAS, ASSIGNEE, AUTHOR, Fields, Record
from fieldapp.services import Service
from fieldapp.services.versions import is_newer
from fieldapp.store import Query
from fieldapp.texts import language

if TYPE_CHECKING:  # the form engine is loaded with the first form, not with the first window
    from fieldapp.forms import FormDefinition, FormSession

EDITABLE = frozenset({"draft", "open", "returned"})
FINISHED = ("open", "review", "returned", "done")  # kinds of states behind a person's first step


def open_form(desk: Desk, record: Record, *, lang: str = "", locate: Callable[[], str] = str) -> FormSession:
    """The record's form with its answers in it, over this laptop's reference data.

    It opens in the version that it was made with; in today's, where this laptop has never had that one. `locate` says
    where the device is, as a geopoint, where somebody fills the form now: to read it is no reason to.
    """
    service = desk.service_of(record)
    version = record.form_version if service.has_form(record.form_version) else service.form_version
    return session_over(desk, record, version, record.fields, lang=lang, locate=locate)


def session_over(
    desk: Desk,
    record: Record,
    version: str,
    fields: Mapping[str, str],
    *,
    lang: str = "",
    locate: Callable[[], str] = str,
) -> FormSession:
    """`version` of the record's form with `fields` as its answers. ServiceError where it is not on this laptop."""
    from fieldapp.forms import Device, FormSession

    service = desk.service_of(record)
    context = {
        "username": desk.person.name,
        "deviceid": desk.device,
        "case_ref": record.get(ALIAS),
        "service_code": service.code,
    }
    form = service.form(version)
    return FormSession(
        form,
        fields,
        language=lang or language(),
        clock=desk.clock,
        reference=service.reference_data(desk.layers, desk.clock, version=version),
        functions=service.functions(),
        context=context,
        device=Device(locate=locate, last_saved=_last_saved(desk, record, form)),
    )


def _last_saved(desk: Desk, record: Record, form: FormDefinition) -> Fields:
    """The answers of the record of this form that this person finished last, where the form looks at them."""
    if not any(table.is_last_saved for table in form.tables.values()):
        return {}
    found = desk.store.find(Query(service=record.service, author=desk.person.id, state_kinds=FINISHED), 2)
    return next((one.answers for one in found if one.id != record.id), {})


def may_edit(desk: Desk, record: Record) -> bool:
    """Whether this person may change the answers now: theirs, with them, and in a form that is on this laptop. What is
    theirs no more stays to be read until all that they did is settled."""
    if desk.store.left(record.id):
        return False
    service = desk.service_of(record)
    mine = desk.person.id in {record.get(AUTHOR), record.get(ASSIGNEE)}
    return mine and service.state(record.state).kind in EDITABLE and not lacks_form(service, record)


def lacks_form(service: Service, record: Record) -> bool:
    """Whether the record was made with a newer version of its form, and that version is not on this laptop."""
    return is_newer(record.form_version, service.form_version) and not service.has_form(record.form_version)
