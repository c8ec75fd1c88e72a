"""Steps of the workflow: submit, approve, return... all through one verb, as the service's data names them."""

from __future__ import annotations

from dataclasses import replace

from fieldapp.access import SUPERVISOR, require_role
from fieldapp.actions.desk import Desk, check_reach
from fieldapp.actions.follow import caught_up
from fieldapp.actions.forms import open_form
from fieldapp.actions.numbers import issues
from fieldapp.actions.start import start
from fieldapp.actions.stock import handed_over
from fieldapp.clock import today
from fieldapp.errors import RefusedError
from fieldapp.records import ASSIGNEE, CARRIED, LANG, PLANNED, REASON, REASON_FIELD, STATE, Edits, Record, edited
from fieldapp.services import Transition, workflow
from fieldapp.texts import tr


def offered(desk: Desk, record: Record) -> list[Transition]:
    """The steps that this person may take now."""
    if desk.store.left(record.id):
        return []
    return workflow.offered(desk.service_of(record), record, desk.reviewer)


def reopening(desk: Desk, record: Record) -> Transition | None:
    """The step by which this person takes up again what they handed in at a server that returns nothing by itself."""
    service = desk.service_of(record)
    if service.target is None or service.state(record.state).editable:
        return None
    return next((step for step in offered(desk, record) if service.state(step.to).editable), None)


def take(
    desk: Desk, record_id: str, transition_id: str, *, edits: Edits | None = None, reason: str = "", field: str = ""
) -> Record:
    """Take one step. `reason` and `field` (the path of the answer it is about) go with it to the author.

    Raises AccessError or RefusedError, in words, when role, state, author or an incomplete form forbid it.
    """
    record = desk.record(record_id)
    service = desk.service_of(record)
    check_reach(desk, record)
    step = workflow.check(service, record, transition_id, desk.reviewer)
    if step.needs_reason and not reason.strip():
        raise RefusedError(tr("Please give a reason: the author reads it."))
    changed = dict(edits or {})
    given = replace(record, fields=edited(record.fields, changed)) if changed else record
    now = caught_up(desk, given) if step.needs_complete_form else record
    if step.needs_complete_form:
        changed |= _completed(desk, record, now)
    derived = service.derived(edited(record.fields, changed), record.get(LANG), today(desk.clock))
    after = edited(record.fields, {**changed, STATE: step.to})
    over = handed_over(desk, service, step.id, record, after)
    note: Edits = {REASON: reason.strip() or None, REASON_FIELD: field or None}
    whole = {**changed, **derived, **note, STATE: step.to}
    change = desk.change(record, whole, transition=step.id, form_version=now.form_version)
    return desk.store.commit_together([(change, issues(desk, service, step.id, after)), *over])[0]


def _completed(desk: Desk, record: Record, now: Record) -> dict[str, str | None]:
    """The edits that leave only relevant answers, in the form that the record has followed to as `now`.

    RefusedError while anything is missing or wrong."""
    session = open_form(desk, now, lang=record.get(LANG))
    problems = session.problems()
    if problems:
        first = problems[0]
        label = session.label(first.node)
        raise RefusedError(
            tr("{n} answers need a look, first “{label}”: {why}", n=len(problems), label=label, why=first.message)
        )
    kept = session.answers(pruned=True)
    gone = {path: None for path in record.answers if path not in kept}
    carried = {path: value for path, value in now.fields.items() if path.startswith(CARRIED)}
    return {**kept, **carried, **gone}


def plan(desk: Desk, service_id: str, *, parent: str, to: str, planned: str, prefill: Edits | None = None) -> Record:
    """Plan a visit under the permit `parent` for `to` (a user id) at `planned` (a stamp). A supervisor's act."""
    known = {path: value for path, value in (prefill or {}).items() if value}
    return assign(desk, start(desk, service_id, parent=parent, prefill=known).id, to=to, planned=planned)


def assign(desk: Desk, record_id: str, *, to: str, planned: str = "") -> Record:
    """Give a visit to `to` (a user id), `planned` for a moment (a stamp). A supervisor's act."""
    require_role(desk.person, frozenset({SUPERVISOR}), tr("assign work"))
    record = desk.record(record_id)
    return desk.commit(record, {ASSIGNEE: to, PLANNED: planned or None}, seal=True)
