"""What services say of each other: their parents, the answers that they take from them, series that they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fieldapp.errors import FormError, ServiceError
from fieldapp.forms.lint.findings import Finding
from fieldapp.services.checking.problems import SHARED, problem
from fieldapp.services.checking.shelf import writes_alike
from fieldapp.services.checking.subject import key
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
    for one in service.numbers:
        if any(one.id == its.id and not writes_alike(one, its) for other in others for its in other.numbers):
            message = tr("another service writes the series “{name}” otherwise", name=one.id)
            yield problem(SHARED, key(f"numbers.{one.id}.prefix"), message)


def copies(service: Service, others: Sequence[Service]) -> Iterator[Finding]:
    """Questions of the parent that are to be copied, and that it does not have."""
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
