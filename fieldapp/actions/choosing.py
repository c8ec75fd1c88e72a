"""Which steps a reviewer is offered for a record, and why one is not possible: from the service's data."""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.access import BACK_OFFICE, COUNTER, INSPECTOR, SUPERVISOR
from fieldapp.actions.desk import Desk
from fieldapp.records import Record
from fieldapp.services import Transition, workflow
from fieldapp.texts import tr


@dataclass(frozen=True)
class Choices:
    """The steps of one record: to agree, to send back to its author, and the others. `refusal` says why agreeing is not
    possible."""

    agree: Transition | None = None
    send_back: Transition | None = None
    others: tuple[Transition, ...] = ()
    refusal: str = ""


def choices(desk: Desk, record: Record) -> Choices:
    """What may be done. A step that only a second person may take stays in sight, with the reason why."""
    service = desk.service_of(record)
    me = desk.reviewer
    there = [step for step in service.transitions if record.state in step.from_ and step.fits(record.fields)]
    mine = [step for step in there if workflow.may(step, record, me)]
    ends, returns = ({step.id for step in mine if service.state(step.to).kind == kind} for kind in ("done", "returned"))
    agrees = [step for step in mine if not step.needs_reason]
    proposed = {step.id for step in agrees if step.is_proposed(record.fields)}
    agree = _first(agrees, proposed or ends)
    back = next((step for step in mine if step.needs_reason and step.id in returns), None)
    refused = workflow.refusal(service, agree, record, me) if agree else None
    rest = [step for step in mine if step not in (agree, back)]
    possible = tuple(step for step in rest if workflow.refusal(service, step, record, me) is None)
    return Choices(agree, back, possible, _who_may(agree, str(refused)) if agree and refused else "")


def takers(desk: Desk, record: Record, step: Transition) -> list[str]:
    """User ids of whom the record could go to with `step`, by name: those whose role has something to do there then."""
    service, people = desk.service_of(record), desk.store.people
    ahead = [one for one in service.transitions if step.to in one.from_ and not one.needs_reason]
    able = frozenset().union(*(one.roles for one in ahead))
    names, roles = people.names(), people.roles()
    return sorted((one for one in names if roles.get(one, able) & able), key=lambda one: names[one])


def _who_may(step: Transition, refused: str) -> str:
    """Why this person may not, and who could instead."""
    roles = tr(" or ").join(role_words(role) for role in sorted(step.roles))
    return refused + " " + tr("Somebody else whose role is {roles} can; the record stays in their queue.", roles=roles)


def role_words(role: str) -> str:
    """A role as people call it."""
    return {
        SUPERVISOR: tr("supervisor"),
        INSPECTOR: tr("inspector"),
        COUNTER: tr("counter clerk"),
        BACK_OFFICE: tr("back office"),
    }.get(role, role)


def _first(steps: list[Transition], wanted: set[str]) -> Transition | None:
    """The first that is wanted, else the first of all."""
    return next((step for step in steps if step.id in wanted), steps[0] if steps else None)
