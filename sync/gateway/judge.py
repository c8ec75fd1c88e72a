"""The gateway's judgement of one Change. Pure: it decides on what it is given and touches no database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fieldapp.access import in_scope, reaches
from fieldapp.errors import AccessError, RefusedError
from fieldapp.records import (
    AUTHOR,
    LANG,
    NUMBER,
    REASON,
    RECEIVED,
    STATE,
    SUBMITTED_BY,
    WARD,
    Change,
    Edits,
    Fields,
    Person,
    Record,
    edited,
)
from fieldapp.services import Service, Transition, workflow
from fieldapp.texts import tr
from sync.gateway import rules
from sync.gateway.forms import Complaint
from sync.gateway.rules import DERIVED, NOTES, Refusal
from sync.merge import Clash, merge
from sync.wire import APPLIED, BLOCKED, CONFLICT, MERGED, NOOP, REJECTED

UNKNOWN_RECORD = "unknown_record"
ASIDE = NOTES | DERIVED | {STATE}  # a step's own words, and what follows from the answers, never clash


@dataclass(frozen=True)
class Verdict:
    """What becomes of one op. `after` is the record's new row, None where nothing changes."""

    status: str
    rev: int = 0
    code: str = ""
    message: str = ""
    after: Record | None = None
    edits: Edits = field(default_factory=dict)
    path: str = ""  # of the answer that it was refused for
    clashes: tuple[Clash, ...] = ()


Issue = Callable[[Fields, Fields, Transition | None], Edits | Refusal]  # of the record before and after, and the step


@dataclass(frozen=True)
class Case:
    """One op with all that its judgement needs. `number` gives the next number of the service's series."""

    change: Change
    current: Record | None
    service: Service
    person: Person
    now: str
    number: Callable[[], str]
    others: Callable[[], bool]  # whether somebody else changed the record since the op's base
    complaint: Callable[[Fields], Complaint | None]  # why a record with these fields is not complete
    issue: Issue  # the official numbers that the City gives beside the op's own, or why that one is not taken


def judge(case: Case) -> Verdict:
    """Decide one op."""
    if case.change.creates:
        return _creation(case)
    if case.current is None:
        return Verdict(BLOCKED, 0, UNKNOWN_RECORD, tr("The City does not have this record yet."))
    if not reaches(case.person, case.current.fields, case.service.office):
        return _rejected(Refusal("out_of_scope", tr("This record is outside your wards.")), case)
    return _change(case, case.current)


def _creation(case: Case) -> Verdict:
    change, service = case.change, case.service
    if case.current is not None:
        return _rejected(Refusal("exists", tr("The City has a record with this id already.")), case)
    if refusal := rules.on_creation(change, service, case.person):
        return _rejected(refusal, case)
    if not in_scope(case.person, change.edits.get(WARD) or "", service.office):
        return _rejected(Refusal("out_of_scope", tr("This place is outside your wards.")), case)
    own = {STATE: service.first_state, AUTHOR: case.person.id}
    fields = edited({}, {**change.edits, **own})
    blank = Record(change.record, service.id, change.form_version, 0, fields)
    step = _step(case, blank)
    if isinstance(step, Refusal):
        return _rejected(step, case)
    if refusal := rules.claims(change.edits, step.to if step else service.first_state):
        return _rejected(refusal, case)
    if refusal := _incomplete(case, step, fields):
        return _rejected(refusal, case)
    given = case.issue({}, edited(fields, {STATE: step.to if step else service.first_state}), step)
    if isinstance(given, Refusal):
        return _rejected(given, case)
    city: Edits = {**given, RECEIVED: case.now, NUMBER: case.number(), **_step_fields(case, blank, step)}
    return _taken(case, blank, edited(fields, city), APPLIED)


def _change(case: Case, current: Record) -> Verdict:
    change = case.change
    changed = {path for path, new in change.edits.items() if (new or "") != current.get(path)}
    changed -= _only_seen(change)
    if not changed and not rules.CITYS & change.edits.keys():
        return Verdict(NOOP, current.rev)
    step = _step(case, current)
    refusal = step if isinstance(step, Refusal) else None
    taken = None if isinstance(step, Refusal) else step
    refusal = refusal or rules.claims(change.edits, taken.to if taken else current.state)
    refusal = refusal or rules.on_edits(changed, current, case.service, case.person, taken)
    return _rejected(refusal, case) if refusal else _merged(case, current, taken)


def _only_seen(change: Change) -> set[str]:
    """Paths that an op names without a change of its own: the person saw the value and let it stand."""
    seen = change.was.items() & change.edits.items()
    return {path for path, _ in seen if path not in ASIDE}


def _merged(case: Case, current: Record, step: Transition | None) -> Verdict:
    edits = case.change.edits
    plain = {path: new for path, new in edits.items() if path not in ASIDE}
    outcome = merge(current.fields, plain, case.change.was)
    if outcome.clashes:
        theirs = {clash.path: clash.theirs or None for clash in outcome.clashes}
        message = tr("Somebody else changed the same answers. Both versions are kept; please choose.")
        return Verdict(CONFLICT, current.rev, "conflict", message, edits=theirs, clashes=outcome.clashes)
    notes = {path: new for path, new in edits.items() if path in NOTES}
    fields = edited(current.fields, {**outcome.applied, **notes})
    fields = edited(fields, {**_derived(case, current, fields), **_step_fields(case, current, step)})
    if refusal := _incomplete(case, step, fields):
        return _rejected(refusal, case)
    given = case.issue(current.fields, fields, step)
    if isinstance(given, Refusal):
        return _rejected(given, case)
    fields = edited(fields, given)
    others = case.change.base_rev != current.rev and case.others()
    return _taken(case, current, fields, MERGED if others else APPLIED)


def _derived(case: Case, current: Record, fields: Fields) -> Edits:
    """What follows from the answers. Where somebody changed it meanwhile, it follows from the merged ones anew."""
    edits = {path: new for path, new in case.change.edits.items() if path in DERIVED}
    was = case.change.was
    if all(current.get(path) in {was.get(path) or "", new or ""} for path, new in edits.items()):
        return edits
    anew = case.service.derived(fields, fields.get(LANG, ""))
    return {**edits, **{path: new for path, new in anew.items() if path in edits}}


def _step(case: Case, current: Record) -> Transition | Refusal | None:
    """The step that the op takes, or why it may not."""
    if not case.change.transition:
        return None
    try:
        step = workflow.check(case.service, current, case.change.transition, _reviewer(case, current))
    except AccessError as refused:
        return Refusal("role", str(refused))
    except RefusedError as refused:
        return Refusal("state", str(refused))
    if step.needs_reason and not edited(current.fields, case.change.edits).get(REASON, "").strip():
        return Refusal("reason", tr("Please give a reason: the author reads it."))
    return step


def _reviewer(case: Case, current: Record) -> Person:
    """Whose roles count for a step: the person's own, or those of the absent reviewer whom the op names, if it is one
    for whom this person stands in now."""
    giver = case.change.stands_for
    if not giver:
        return replace(case.person, stands_in=())
    absences = tuple(one for one in case.person.stands_in if one.giver == giver)
    if not any({"*", current.get(WARD)} & one.wards for one in absences):
        raise AccessError(tr("You do not stand in for this person here, or not any more. Nothing was decided."))
    return replace(case.person, roles=frozenset(), stands_in=absences)


def _incomplete(case: Case, step: Transition | None, fields: Fields) -> Complaint | None:
    """What is missing or wrong in a record that its step hands in as complete."""
    return case.complaint(fields) if step is not None and step.needs_complete_form else None


def _step_fields(case: Case, current: Record, step: Transition | None) -> Edits:
    """The City's own fields that a step sets. Who hands a record over for review is who submitted it."""
    if step is None:
        return {}
    handed_over = case.service.state(current.state).editable and case.service.state(step.to).kind == "review"
    return {STATE: step.to, **({SUBMITTED_BY: case.person.id} if handed_over else {})}


def _taken(case: Case, before: Record, fields: dict[str, str], status: str) -> Verdict:
    if before.rev and fields == before.fields:
        return Verdict(NOOP, before.rev)
    told = edited(before.fields if before.rev else {}, case.change.edits)
    beyond: Edits = {**dict.fromkeys(told.keys() - fields.keys()), **dict(fields.items() - told.items())}
    after = Record(before.id, before.service, case.change.form_version, before.rev + 1, fields)
    return Verdict(status, after.rev, after=after, edits=beyond)


def _rejected(refusal: Refusal, case: Case) -> Verdict:
    rev = case.current.rev if case.current else 0
    if not isinstance(refusal, Complaint):
        return Verdict(REJECTED, rev, refusal.code, refusal.message)
    edits = {refusal.path: refusal.expected} if refusal.expected else {}
    return Verdict(REJECTED, rev, refusal.code, refusal.message, edits=edits, path=refusal.path)
