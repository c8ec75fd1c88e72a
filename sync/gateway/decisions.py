"""What only a supervisor may decide: two people's different answers to a question of judgement, and a step or an edit
that somebody else's step has overtaken. Pure, as all judging.

Such an op waits at the City whole. A supervisor who wrote neither version says which value is kept at each contested
path, and why; then the op is taken with these values, as if its author had written them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldapp.access import SUPERVISOR, has_role
from fieldapp.errors import ServiceError
from fieldapp.merging import ASIDE, NOTES, Clash, Kind, KindOf, merge
from fieldapp.records import AUTHOR, STATE, SUBMITTED_BY, WHY, Change, Fields, Person, Record, edited
from fieldapp.services import Service, Transition
from fieldapp.texts import tr
from sync.gateway.rules import Refusal

DECISION = "decision"  # the code of a conflict that waits for a supervisor, and of a refusal to decide it
NEWER = "newer"


@dataclass(frozen=True)
class Referred:
    """An op that waits for a supervisor: what it said, at which paths it clashed, and whose the other values are."""

    change: Change
    clashes: tuple[Clash, ...]
    others: frozenset[str]


@dataclass(frozen=True)
class Decided:
    """What a decision makes of the record: its fields, the step that is taken with it, and the form's version."""

    fields: Fields
    step: Transition | None
    form_version: str


def refused(change: Change, referred: Sequence[Referred], current: Record, person: Person) -> Refusal | None:
    """What forbids `person` to decide this, if anything."""
    if len(referred) > 1:
        return Refusal("malformed", tr("Each decision is made on its own."))
    case = referred[0]
    parties = {case.change.actor, *case.others, current.get(AUTHOR), current.get(SUBMITTED_BY)}
    if not has_role(person, frozenset({SUPERVISOR})) or person.id in parties:
        return Refusal(DECISION, tr("A supervisor who wrote neither of the two versions decides this."))
    contested = {clash.path for clash in case.clashes}
    if beyond := sorted(change.edits.keys() - contested - {WHY}):
        return Refusal("not_editable", tr("A decision changes nothing else: {paths}", paths=", ".join(beyond)))
    if not (change.edits.get(WHY) or "").strip():
        return Refusal("reason", tr("Please give a reason: both authors read it."))
    states = {(clash.mine, clash.theirs) for clash in case.clashes if clash.path == STATE}
    if STATE in change.edits and not any(change.edits[STATE] in two for two in states):
        return Refusal("server_owned", tr("{paths} are set by the City alone.", paths=STATE))
    seen = all(current.get(path) == (change.was.get(path) or "") for path in contested)
    if not seen or contested - change.edits.keys():
        return Refusal(NEWER, tr("The City has newer answers now. Please look at them and decide again."))
    return None


def decided(change: Change, case: Referred, current: Record, service: Service, kind_of: KindOf) -> Decided | None:
    """The record after the decision `change`; None where the op's other answers clash with newer ones by now."""
    why = {WHY: change.edits[WHY]}
    if change.edits.get(STATE, current.state) == current.state and STATE in change.edits:
        return Decided(edited(current.fields, why), None, current.form_version)  # the step that came first stands
    chosen = {path: new for path, new in change.edits.items() if path not in {WHY, STATE}}
    rest = {path: new for path, new in case.change.edits.items() if path not in ASIDE and path not in chosen}
    outcome = merge(current.fields, rest, case.change.was, kind_of)
    if newer(outcome.clashes):
        return None
    fields = edited(current.fields, {**outcome.applied, **chosen, **why})
    step = _step(case.change, current, service, overruled=STATE in change.edits)
    if step is not None:
        fields = edited(fields, {path: new for path, new in case.change.edits.items() if path in NOTES})
    elif STATE in change.edits:
        fields = edited(fields, {STATE: change.edits[STATE]})
    return Decided(fields, step, case.change.form_version)


def newer(clashes: Sequence[Clash]) -> tuple[Clash, ...]:
    """The clashes that a person must look at: what the form calculates follows from the answers."""
    return tuple(clash for clash in clashes if clash.kind is not Kind.FIGURE)


def _step(change: Change, current: Record, service: Service, *, overruled: bool) -> Transition | None:
    """The step that comes with the op: where the state was what clashed, the supervisor has decided for it."""
    if not change.transition:
        return None
    try:
        step = service.transition(change.transition)
    except ServiceError:
        return None
    return step if overruled or current.state in step.from_ else None


def overtaken(change: Change, current: Record, seen: str) -> Clash:
    """The clash between the state that an op's author saw, or led to, and the one that somebody else's step led to."""
    return Clash(STATE, seen, change.edits.get(STATE) or seen, current.state, Kind.DECISION)


def as_seen(current: Record, state: str) -> Record:
    """The City's row as if it were still in `state`."""
    return replace(current, fields=edited(current.fields, {STATE: state}))
