"""A case moves on when its visit does: the City takes the case's step by itself, as the visit's service says.

It is a Change of the City's own in the case's history, written in the transaction that takes the visit's step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from fieldapp.clock import moment_of
from fieldapp.errors import ServiceError
from fieldapp.records import ALIAS, LANG, PARENT, REASON, STATE, Change, Edits, Person, Record, edited, plain
from fieldapp.services import Catalogue, Service, workflow
from sync.gateway import citys
from sync.gateway.transactions import LISTED, Transaction, listed
from sync.wire import Op


def parents(tx: Transaction, catalogue: Catalogue, ops: Sequence[Op]) -> set[str]:
    """The records above those that these ops may move on. What a record belongs to never changes."""
    moved = {str(op.get("record")) for op in ops if _moves(catalogue, op)}
    if not moved:
        return set()
    found = tx.execute(f"SELECT fields FROM record WHERE id IN {LISTED}", (listed(moved),)).fetchall()
    fields = [plain(text) for (text,) in found]
    fields += [edits for op in ops if op.get("record") in moved and isinstance(edits := op.get("edits"), dict)]
    return {above for one in fields if isinstance(above := one.get(PARENT), str) and above}


def follow(
    above: Service, service: Service, taken: Change, visit: Record, case: Record, person: Person, now: str
) -> Iterator[tuple[Change, Record, Record]]:
    """The City's Changes of the case after `person` took the step `taken` of its visit: each with the case before and
    after it. `above` is the case's service."""
    if not _took(service, taken, visit):
        return
    for effect in service.effects:
        if not effect.holds(taken.transition, visit.fields):
            continue
        if edits := _edits(above, effect.takes, case, person, moment_of(now).date()):
            moved_by = f"{service.title.text(case.get(LANG) or 'en')} {visit.get(ALIAS)}".strip()
            edits = {**edits, REASON: taken.edits.get(REASON) or moved_by}
            change = replace(citys.change_of(case, edits, now), transition=effect.takes)
            after = replace(case, rev=case.rev + 1, fields=edited(case.fields, edits))
            yield change, case, after
            case = after


def _moves(catalogue: Catalogue, op: Op) -> bool:
    """Whether an op, as it came, may take a step that moves the record above."""
    name, step = op.get("service"), op.get("transition")
    known = isinstance(name, str) and name in catalogue
    return known and any(step in effect.steps for effect in catalogue.get(str(name)).effects)


def _took(service: Service, taken: Change, visit: Record) -> bool:
    """Whether the step was taken: one that a supervisor decided on may not have been."""
    return bool(taken.transition) and service.transition(taken.transition).to == visit.state


def _edits(above: Service, step_id: str, case: Record, person: Person, day: date) -> Edits:
    """The edits of the case's step; none where it is not open to this person now."""
    try:
        step = above.transition(step_id)
    except ServiceError:  # another version of the case's service
        return {}
    if workflow.refusal(above, step, case, person):
        return {}
    fields = edited(case.fields, {STATE: step.to})
    following = above.derived(fields, case.get(LANG), day)
    return {STATE: step.to, **{path: new for path, new in following.items() if (new or "") != case.get(path)}}
