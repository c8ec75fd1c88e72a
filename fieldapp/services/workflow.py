"""Who may take which step now. Pure: the laptop asks it for its buttons, the gateway asks it again and decides."""

from __future__ import annotations

from fieldapp.access import has_role, standing_in
from fieldapp.errors import AccessError, RefusedError, ServiceError
from fieldapp.records import ASSIGNEE, AUTHOR, SUBMITTED_BY, WARD, Person, Record
from fieldapp.services.declared import Transition
from fieldapp.services.service import Service
from fieldapp.texts import language, tr


def offered(service: Service, record: Record, person: Person) -> list[Transition]:
    """The steps that `person` may take now, in the order of service.toml. A form may still be incomplete."""
    return [step for step in service.transitions if not refusal(service, step, record, person)]


def check(service: Service, record: Record, transition_id: str, person: Person) -> Transition:
    """The step, when `person` may take it now.

    Raises AccessError when the role or authorship forbids it, RefusedError when the record is in another state or
    this version of the service knows no such step. Reason and completeness are the caller's to check.
    """
    try:
        step = service.transition(transition_id)
    except ServiceError as error:
        raise RefusedError(tr("This version of the service knows no step “{step}”.", step=transition_id)) from error
    problem = refusal(service, step, record, person)
    if problem:
        raise problem
    return step


def refusal(service: Service, step: Transition, record: Record, person: Person) -> RefusedError | None:
    """Why `person` may not take `step` now, None when they may. The state comes first: it explains most."""
    title = step.title.text(language())
    if record.state not in step.from_:
        return RefusedError(
            tr("“{step}” is not possible now: the record is “{state}”.", step=title, state=state_title(service, record))
        )
    if not step.fits(record.fields):
        return RefusedError(tr("“{step}” does not fit the answers of this record: take another step.", step=title))
    giver = stands_for(step, record, person)
    if not (giver or has_role(person, step.roles)):
        return AccessError(tr("“{step}” is not among what your role may do.", step=title))
    if step.not_author and giver in authors(record):
        return AccessError(tr("“{step}” needs a second person: whom you stand in for recorded this one.", step=title))
    if step.not_author and person.id in authors(record):
        return AccessError(tr("“{step}” needs a second person: you recorded this one yourself.", step=title))
    if step.second_person and (giver or person.id) in authors(record) | {record.get(AUTHOR), record.get(ASSIGNEE)}:
        return AccessError(tr("“{step}” needs a second person: this one is yours.", step=title))
    if step.author_only and person.id not in authors(record) | {record.get(ASSIGNEE)}:
        return AccessError(tr("“{step}” is for the person who recorded it, or whom it is assigned to.", step=title))
    return None


def may(step: Transition, record: Record, person: Person) -> bool:
    """Whether the step is among what `person` may do with such a record: by their own role, or for somebody absent."""
    return has_role(person, step.roles) or bool(stands_for(step, record, person))


def stands_for(step: Transition, record: Record, person: Person) -> str:
    """The user id of the absent reviewer for whom `person` would take the step; "" where their own role allows it."""
    if has_role(person, step.roles):
        return ""
    found = standing_in(person, record.get(WARD), step.roles)
    return found.giver if found else ""


def authors(record: Record) -> frozenset[str]:
    """Who counts as the author: who submitted it, as the City knows; before that, who holds it, else who began it.

    A supervisor who planned a visit did not make it: once an inspector holds it, the supervisor may approve it."""
    return frozenset({record.get(SUBMITTED_BY) or record.get(ASSIGNEE) or record.get(AUTHOR)}) - {""}


def may_finish(service: Service, person: Person) -> bool:
    """Whether `person`'s role may take a new record of `service` through its form: who only plans visits may not."""
    first = [step for step in service.transitions if service.first_state in step.from_ and step.needs_complete_form]
    return any(has_role(person, step.roles) for step in first)


def state_title(service: Service, record: Record) -> str:
    """The record's state in words, its bare id where a newer service knows states that this one does not."""
    titles = {state.id: state.title.text(language()) for state in service.states}
    return titles.get(record.state, record.state)
