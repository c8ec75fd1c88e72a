"""Which paths a person may change now. The record's own state, as the City has it, decides; never what a laptop claims.

Five classes of paths: the City's own, those fixed when the record is made, planning, notes of a step, and answers
with what follows from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.access import SUPERVISOR, has_role
from fieldapp.errors import ServiceError
from fieldapp.merging import DERIVED, NOTES
from fieldapp.records import (
    AGREED,
    ALIAS,
    ASSIGNEE,
    AUTHOR,
    BOOKING,
    ISSUED,
    NUMBER,
    OUTSIDE,
    PAPERS,
    PARENT,
    PHOTO,
    PLANNED,
    RECEIVED,
    STATE,
    SUBMITTED_BY,
    VOIDED,
    WHY,
    WISH,
    WORDS,
    Change,
    Edits,
    Person,
    Record,
)
from fieldapp.services import Service, Transition
from fieldapp.texts import tr

CITYS = frozenset({NUMBER, RECEIVED, SUBMITTED_BY})  # @state too, but an op may say where its step leads
FIXED = frozenset({AUTHOR, ALIAS, PARENT})
PLANNING = frozenset({ASSIGNEE, PLANNED})


@dataclass(frozen=True)
class Refusal:
    """Why an op is not taken: for programs and for people."""

    code: str
    message: str


def on_creation(change: Change, service: Service, person: Person) -> Refusal | None:
    """What forbids `person` to make this record, if anything."""
    if not has_role(person, service.start_roles):
        return Refusal("role", tr("Your role may not start this service."))
    if (change.edits.get(AUTHOR) or person.id) != person.id:
        return Refusal("author", tr("A record is always started under one's own name."))
    given_away = (change.edits.get(ASSIGNEE) or person.id) != person.id
    if given_away and not has_role(person, frozenset({SUPERVISOR})):
        return Refusal("planning", tr("Assigning work to others takes the role supervisor."))
    return None


def on_edits(
    changed: Iterable[str], current: Record, service: Service, person: Person, step: Transition | None
) -> Refusal | None:
    """What forbids `person` to change these paths of the City's row `current` (with `step`, if any)."""
    paths = set(changed) - {STATE}
    if fixed := paths & FIXED:
        return Refusal("fixed", tr("{paths} cannot be changed any more.", paths=", ".join(sorted(fixed))))
    if any(path.startswith(PHOTO) and current.get(path) for path in paths):
        return Refusal("fixed", tr("What is known of how a photo came cannot be changed any more."))
    if paths & PLANNING and not has_role(person, frozenset({SUPERVISOR})):
        return Refusal("planning", tr("Assigning and planning work takes the role supervisor."))
    if WHY in paths:
        return Refusal("step", tr("A reason belongs to a step of the workflow."))
    if step is None and paths & NOTES:
        return Refusal("step", tr("A reason belongs to a step of the workflow."))
    # Judged by themselves: issuing.py, bookings/judging.py.
    numbers = {path for path in paths if path.startswith((ISSUED, VOIDED, WISH))}
    filed = {path for path in paths if path.startswith((AGREED, PAPERS, WORDS))}
    if filed and (refusal := _on_filed(filed, current, service, person)):
        return refusal
    answers = paths - numbers - filed - PLANNING - NOTES - (DERIVED if step else frozenset())
    if step is not None and step.sets:
        answers = {path for path in answers if not step.writes(path)}
    if answers and not may_answer(current, service, person):
        return Refusal("not_editable", tr("This record is with the City now; its answers can no longer be changed."))
    return None


def _on_filed(filed: set[str], current: Record, service: Service, person: Person) -> Refusal | None:
    """Papers, what residents agreed to, and words of other systems are filed in any state, by who takes part in the
    service; they stay."""
    if any(current.get(path) for path in filed):
        return Refusal("fixed", tr("A paper or a note that was filed stays with its record."))
    if not has_role(person, service.start_roles.union(*(step.roles for step in service.transitions))):
        return Refusal("role", tr("Papers and notes are filed by those who take part in the service."))
    return None


def may_answer(current: Record, service: Service, person: Person) -> bool:
    """Whether `person` holds the record: its author, submitter or assignee, in a state that is open to them."""
    try:
        editable = service.state(current.state).editable
    except ServiceError:  # a state that this version of the service does not know any more
        return False
    return editable and person.id in {current.get(AUTHOR), current.get(ASSIGNEE), current.get(SUBMITTED_BY)}


def claims(edits: Edits, state_after: str) -> Refusal | None:
    """What an op claims of the City's own fields: only the state that its step leads to may be said."""
    owned = sorted(path for path in edits if path[:1] == "@" and (path in CITYS or path.startswith((BOOKING, OUTSIDE))))
    if STATE in edits and edits[STATE] != state_after:
        owned.append(STATE)
    if owned:
        return Refusal("server_owned", tr("{paths} are set by the City alone.", paths=", ".join(owned)))
    return None
