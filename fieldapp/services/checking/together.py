"""What services say of each other: their parents, the answers that they take from them, series that they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fieldapp.errors import FormError, ServiceError
from fieldapp.forms.lint.findings import Finding
from fieldapp.services.checking.problems import SHARED, problem
from fieldapp.services.checking.shelf import writes_alike
from fieldapp.services.checking.subject import key
from fieldapp.services.effects import faults
from fieldapp.services.sequel import Sequel, asked
from fieldapp.services.service import Service
from fieldapp.texts import tr


def problems(service: Service, others: Sequence[Service]) -> Iterator[Finding]:
    """Where this service contradicts another."""
    if any(service.id == other.id for other in others):
        yield problem(SHARED, key("id"), tr("the service “{service}” is there twice", service=service.id))
    for other in others:
        if service.code and service.code == other.code and service.id != other.id:
            message = tr("“{service}” has the code {code} too", service=other.id, code=service.code)
            yield problem(SHARED, key("code"), message)
    if service.parent and service.parent not in {other.id for other in others}:
        message = tr("unknown service “{service}”", service=service.parent)
        yield problem(SHARED, key("parent.service"), message)
    above = next((other for other in others if other.id == service.parent), None)
    for n, effect in enumerate(service.effects, start=1) if above else ():
        for message in faults(effect, service.transitions, above.transitions if above else ()):
            yield problem(SHARED, key(f"effects[{n}].takes"), message)
        if above and effect.takes in _beside(above):
            message = tr("“{step}” issues a number, books or hands over: a person takes it", step=effect.takes)
            yield problem(SHARED, key(f"effects[{n}].takes"), message)
    for one in service.numbers:
        if any(one.id == its.id and not writes_alike(one, its) for other in others for its in other.numbers):
            message = tr("another service writes the series “{name}” otherwise", name=one.id)
            yield problem(SHARED, key(f"numbers.{one.id}.prefix"), message)


def _beside(service: Service) -> frozenset[str]:
    """The steps with which more goes than a state: an official number, a place in the City's calendar, a thing."""
    numbered = (number.steps for number in service.numbers)
    booked = (one.steps | one.frees | one.came | one.absent for one in service.bookings)
    handed_over = (rule.steps for rule in service.stock)
    return frozenset().union(*numbered, *booked, *handed_over)


def copies(service: Service, others: Sequence[Service]) -> Iterator[Finding]:
    """Questions of the parent that are to be copied, and that it does not have."""
    for n, begins in enumerate(service.after, start=1):
        yield from _sequel_faults(n, begins, others)
    parent = next((other for other in others if other.id == service.parent), None)
    if parent is None or service.parent_rule is None:
        return
    try:
        known = parent.form().questions
    except (FormError, ServiceError):
        return  # told where the parent is checked
    for sources in service.parent_rule.copy.values():
        for path in sources.split("|"):
            if not path.startswith("@") and path not in known:
                message = tr("the form of “{service}” has no question “{path}”", service=parent.id, path=path)
                yield problem(SHARED, key("parent.copy"), message)


def _sequel_faults(number: int, begins: Sequel, others: Sequence[Service]) -> Iterator[Finding]:
    """What another service does not have, after whose records one of this begins."""
    before = next((other for other in others if other.id == begins.service), None)
    if before is None:
        message = tr("unknown service “{service}”", service=begins.service)
        yield problem(SHARED, key(f"after[{number}].service"), message)
        return
    for step in sorted(begins.steps - {one.id for one in before.transitions}):
        yield problem(SHARED, key(f"after[{number}].steps"), tr("unknown step “{step}”", step=step))
    try:
        known = before.form().questions
    except (FormError, ServiceError):
        return  # told where that one is checked
    for where, path in asked(begins):
        if path not in known:
            message = tr("the form of “{service}” has no question “{path}”", service=before.id, path=path)
            yield problem(SHARED, key(f"after[{number}]{where.removeprefix('after')}"), message)
