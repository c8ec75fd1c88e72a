"""Starting a record: a permit at the counter, an inspection of a permit, a request on the phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fieldapp.access import COUNTER, INSPECTOR, has_role, require_role
from fieldapp.actions.desk import Desk
from fieldapp.actions.forms import open_form
from fieldapp.clock import new_id, today
from fieldapp.errors import RefusedError
from fieldapp.records import ADDRESS, ALIAS, ASSIGNEE, AUTHOR, LANG, PARENT, POINT, STATE, WARD, Edits, Record
from fieldapp.services import Service, carry
from fieldapp.texts import language, tr

INHERITED = (ADDRESS, POINT, WARD)
OUT_THERE = {"case/channel": "field", "case/site": "field"}  # as the shared questions of a case call it


def start(
    desk: Desk,
    service_id: str,
    *,
    prefill: Mapping[str, str] | None = None,
    parent: str = "",
    lang: str = "",
    record_id: str = "",
) -> Record:
    """A new draft of `service_id`, durable at once. `parent` is the permit that an inspection belongs to.

    `prefill` holds answers that are known already; what the service carries over from the parent comes by itself.
    `record_id` is a new id that a visit has noted already, which so is never without its record's.
    Raises AccessError when this person's role may not start it, RefusedError when the parent is missing.
    """
    service = desk.catalogue.get(service_id)
    require_role(desk.person, service.start_roles, tr("start “{title}”", title=service.title.text(language())))
    inherited = _from_parent(desk, service, parent)
    alias = desk.store.next_alias(desk.device + desk.lane, today(desk.clock))
    blank = Record(record_id or new_id(), service.id, service.form_version)
    known = {**_in_the_field(desk, blank), **inherited, **(prefill or {})}
    spoken = lang or known.get(service.language_answer) or language()
    fields = {
        **known,
        **({service.language_answer: spoken} if service.language_answer else {}),
        STATE: service.first_state,
        ALIAS: alias,
        AUTHOR: desk.person.id,
        ASSIGNEE: desk.person.id,
        LANG: spoken,
    }
    return desk.commit(blank, {**fields, **_derived(desk, replace(blank, fields=fields), fields[LANG])}, creates=True)


def _in_the_field(desk: Desk, blank: Record) -> dict[str, str]:
    """What a request that an inspector takes says of where that was; the forms begin at the counter otherwise."""
    if INSPECTOR not in desk.person.roles or COUNTER in desk.person.roles:
        return {}
    asked = open_form(desk, blank).answers()
    return {path: value for path, value in OUT_THERE.items() if asked.get(path)}


def _derived(desk: Desk, record: Record, lang: str) -> Edits:
    """Title, place and due date as the form computes them, so that a planned visit shows them before it is opened.

    The form's own defaults are not kept: "arrived now" is for when a person arrives.
    """
    computed = open_form(desk, record, lang=lang).answers()
    return desk.service_of(record).derived({**record.fields, **computed}, lang)


def _from_parent(desk: Desk, service: Service, parent: str) -> dict[str, str]:
    if not service.parent or not parent:
        _check_alone(desk, service)
        return dict(service.start_answers)
    above = desk.record(parent)
    place = {path: above.get(path) for path in INHERITED if above.get(path)}
    return {PARENT: parent, **place, **carry.prefill(service, above, carry.siblings(desk.store, service, parent))}


def _check_alone(desk: Desk, service: Service) -> None:
    if service.stands_alone:
        return
    title, above = (one.title.text(language()) for one in (service, desk.catalogue.get(service.parent)))
    raise RefusedError(tr("“{title}” belongs to another record, “{above}”: open that first.", title=title, above=above))


def begin_after(desk: Desk, done: Record, step: str) -> Record | None:
    """A draft of what begins after `step` of a record, with what is known from it; None where nothing does, where it
    began before, or where this person's role may not start it."""
    for service, known in _sequels(desk, done, step):
        if begun_before(desk, done, step) is not None:
            return None
        return start(desk, service.id, parent=done.get(PARENT), prefill=known, lang=done.get(LANG))
    return None


def begun_before(desk: Desk, done: Record, step: str) -> Record | None:
    """What began after the record was handed in an earlier time, before it was returned: it holds the same rows."""
    for service, known in _sequels(desk, done, step):
        rows = {path for path in known if path.endswith("]")}
        others = carry.siblings(desk.store, service, done.get(PARENT)) if rows else []
        return next((one for one in others if rows & one.fields.keys()), None)
    return None


def _sequels(desk: Desk, done: Record, step: str) -> Iterator[tuple[Service, dict[str, str]]]:
    """Each service that begins after the step and that this person may start, with what is known of its answers."""
    for service in desk.catalogue:
        holding = [one for one in service.after if one.holds(step, done)]
        if holding and has_role(desk.person, service.start_roles):
            yield service, {path: value for one in holding for path, value in one.prefill(done).items()}


def discard(desk: Desk, record_id: str) -> None:
    """Take away a draft that never left this laptop. RefusedError once any part of it was sealed for sending."""
    desk.store.discard_draft(desk.record(record_id).id)
