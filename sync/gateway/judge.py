"""The gateway's judgement of one Change. Pure: it decides on what it is given and touches no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from fieldapp.access import in_scope, reaches
from fieldapp.errors import AccessError, RefusedError
from fieldapp.merging import ASIDE, DERIVED, NOTES, Clash, Kind, KindOf, Merge, merge
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
from sync.gateway import decisions, rules
from sync.gateway.decisions import Referred
from sync.gateway.forms import Complaint
from sync.gateway.rules import Refusal
from sync.wire import APPLIED, BLOCKED, CONFLICT, MERGED, NOOP, REJECTED

UNKNOWN_RECORD = "unknown_record"


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
    of: Change | None = None  # the op that clashes, where it is not the one that was judged
    taken_with: Change | None = None  # the op that was taken with it: a supervisor decided on it


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
    kind_of: KindOf  # what becomes of a path that two people changed
    referred: Callable[[], Sequence[Referred]]  # ops that wait for a supervisor, and that this one decides
    undecided: Callable[[], bool]  # whether any op of the record waits for a supervisor
    state_seen: Callable[[], str]  # the state at the op's base, where somebody else has taken a step since; else ""
    figures: Callable[[Fields], Fields]  # what the form calculates from these fields, as far as it can be repeated


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
    after = {**fields, STATE: step.to} if step else fields
    given = case.issue({}, after, step)
    if isinstance(given, Refusal):
        return _rejected(given, case)
    city: Edits = {RECEIVED: case.now, NUMBER: case.number(), **_step_fields(case, blank, step), **given}
    return _taken(case, blank, edited(fields, city), APPLIED)


def _change(case: Case, current: Record) -> Verdict:
    change = case.change
    if change.settles and (referred := case.referred()):
        return _decision(case, current, referred)
    outcome = _outcome(case, current)
    changed = {path for path in change.edits if path in ASIDE and (change.edits[path] or "") != current.get(path)}
    changed |= outcome.applied.keys() | {clash.path for clash in outcome.clashes if clash.path in change.edits}
    if not changed and not rules.CITYS & change.edits.keys():
        return Verdict(NOOP, current.rev)
    step = _step(case, current)
    refusal = step if isinstance(step, Refusal) else None
    taken = None if isinstance(step, Refusal) else step
    refusal = refusal or rules.claims(change.edits, taken.to if taken else current.state)
    refusal = refusal or rules.on_edits(changed, current, case.service, case.person, taken)
    if refusal:
        return _overtaken(case, current, refusal, outcome) or _rejected(refusal, case)
    return _merged(case, current, taken, outcome)


def _overtaken(case: Case, current: Record, refusal: Refusal, outcome: Merge) -> Verdict | None:
    """What was open to its author in the state that they saw, and somebody else's step came first: both are kept."""
    if refusal.code not in {"state", "not_editable"} or not (seen := case.state_seen()):
        return None
    change, before = case.change, decisions.as_seen(current, seen)
    step = _step(case, before)
    if isinstance(step, Refusal) or rules.claims(change.edits, step.to if step else seen):
        return None
    if rules.on_edits(change.edits.keys() - {STATE}, before, case.service, case.person, step):
        return None
    return _conflict(current, (decisions.overtaken(change, current, seen), *outcome.clashes))


def _decision(case: Case, current: Record, referred: Sequence[Referred]) -> Verdict:
    """A supervisor's word on an op that waits: it is taken with the values that they chose."""
    if refusal := decisions.refused(case.change, referred, current, case.person):
        return _rejected(refusal, case)
    waiting = referred[0].change
    outcome = decisions.decided(case.change, referred[0], current, case.service, case.kind_of)
    if outcome is None:
        return _widened(case, current, waiting)
    step, answers = outcome.step, edited(outcome.fields, case.figures(outcome.fields))
    if step is not None and (not step.needs_complete_form or case.complaint(answers) is None):
        own = _step_fields(case, current, step, by=waiting.actor)
    else:
        own = {}  # an incomplete form stays with its author, to be handed in anew
    derived = case.service.derived(answers, answers.get(LANG, ""))
    fields = edited(answers, {**derived, **own})
    given = case.issue(current.fields, fields, step if own else None)
    if isinstance(given, Refusal):
        return _rejected(given, case)
    fields = edited(fields, given)
    decided = replace(case, change=replace(case.change, form_version=outcome.form_version))
    two_on = replace(current, rev=current.rev + 1)  # the waiting op's own revision, and then the decision's
    return replace(_taken(decided, two_on, fields, MERGED), taken_with=waiting)


def _widened(case: Case, current: Record, waiting: Change) -> Verdict:
    """More of the waiting op clashes by now: the supervisor is shown that too, and decides again."""
    rest = {path: new for path, new in waiting.edits.items() if path not in ASIDE and path not in case.change.edits}
    more = decisions.newer(merge(current.fields, rest, waiting.was, case.kind_of).clashes)
    words = tr("The City has newer answers now. Please look at them and decide again.")
    return Verdict(REJECTED, current.rev, decisions.NEWER, words, clashes=more, of=waiting)


def _conflict(current: Record, clashes: Sequence[Clash]) -> Verdict:
    """Both values are kept. Who chooses depends on what they are about."""
    theirs = {clash.path: clash.theirs or None for clash in clashes}
    referred = any(clash.kind is Kind.DECISION for clash in clashes)
    code = decisions.DECISION if referred else "conflict"
    message = (
        tr("Two people decided this differently. Both versions are kept, and a supervisor decides between them.")
        if referred
        else tr("Somebody else changed the same answers. Both versions are kept; please choose.")
    )
    return Verdict(CONFLICT, current.rev, code, message, edits=theirs, clashes=tuple(clashes))


def _outcome(case: Case, current: Record) -> Merge:
    """The answers, merged. What the form calculates is nobody's word: where it differs, it is calculated anew."""
    own = {path: new for path, new in case.change.edits.items() if path not in ASIDE}
    outcome = merge(current.fields, own, case.change.was, case.kind_of)
    if not any(clash.kind is Kind.FIGURE for clash in outcome.clashes):
        return outcome
    figures = case.figures(edited(current.fields, outcome.applied))
    anew = {
        clash.path: figures[clash.path] or None
        for clash in outcome.clashes
        if clash.kind is Kind.FIGURE and clash.path in figures
    }
    return Merge({**outcome.applied, **anew}, tuple(clash for clash in outcome.clashes if clash.path not in anew))


def _merged(case: Case, current: Record, step: Transition | None, outcome: Merge) -> Verdict:
    edits = case.change.edits
    if outcome.clashes:
        return _conflict(current, outcome.clashes)
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
    told = {path: new for path, new in case.change.edits.items() if path not in ASIDE}
    seen = replace(current, fields=edited(current.fields, told))  # the answers that come with the step count for it
    try:
        step = workflow.check(case.service, seen, case.change.transition, _reviewer(case, current))
    except AccessError as refused:
        return Refusal("role", str(refused))
    except RefusedError as refused:
        return Refusal("state", str(refused))
    if (step.not_author or step.second_person) and case.undecided():
        return Refusal("undecided", tr("Two versions of this record wait for a supervisor's decision: it comes first."))
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


def _step_fields(case: Case, current: Record, step: Transition | None, *, by: str = "") -> Edits:
    """The City's own fields that a step sets. Who hands a record over for review is who submitted it."""
    if step is None:
        return {}
    handed_over = case.service.state(current.state).editable and case.service.state(step.to).kind == "review"
    return {STATE: step.to, **({SUBMITTED_BY: by or case.person.id} if handed_over else {})}


def _taken(case: Case, before: Record, fields: dict[str, str], status: str) -> Verdict:
    if before.rev and fields == before.fields:
        return Verdict(NOOP, before.rev)
    told = edited(before.fields, case.change.edits) if before.rev else case.change.edits
    beyond: dict[str, str | None] = {path: value for path, value in fields.items() if told.get(path) != value}
    beyond.update((path, None) for path, value in told.items() if value and path not in fields)
    after = Record(before.id, before.service, case.change.form_version, before.rev + 1, fields)
    return Verdict(status, after.rev, after=after, edits=beyond)


def _rejected(refusal: Refusal, case: Case) -> Verdict:
    rev = case.current.rev if case.current else 0
    if not isinstance(refusal, Complaint):
        return Verdict(REJECTED, rev, refusal.code, refusal.message)
    edits = {refusal.path: refusal.expected} if refusal.expected else {}
    return Verdict(REJECTED, rev, refusal.code, refusal.message, edits=edits, path=refusal.path)
