"""What can be asked for: the services that say so in their folder, and the questions that they ask outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fieldapp.clock import Clock
from fieldapp.forms import FormSession
from fieldapp.forms.session.nodes import Node
from fieldapp.places import Layers
from fieldapp.services import Catalogue, Service
from fieldapp.services.topics import topics

DATATYPES = {
    "integer": "number",
    "decimal": "number",
    "range": "number",
    "date": "datetime",
    "dateTime": "datetime",
    "select": "singlevaluelist",
    "multiple": "multivaluelist",
}


def offered(catalogue: Catalogue) -> list[Service]:
    """The services that take requests from outside. What concerns health is never among them."""
    return [service for service in catalogue if service.open311 and service.is_counted]


def service_of(catalogue: Catalogue, code: str) -> Service | None:
    """The service with this code."""
    return next((service for service in offered(catalogue) if service.code == code), None)


def described(service: Service, language: str) -> dict[str, Any]:
    """A line of the list of services."""
    group = next(topic.title.text(language) for topic in topics() if topic.id == service.topic)
    return {
        "service_code": service.code,
        "service_name": service.title.text(language),
        "description": service.summary.text(language),
        "metadata": bool(service.open311 and service.open311.attributes),
        "type": "realtime",
        "keywords": ",".join(service.keywords.get(language, ())),
        "group": group,
    }


def definition(service: Service, language: str, clock: Clock) -> dict[str, Any]:
    """The questions of a service, as they stand in a form that nobody has answered."""
    session = session_of(service, language, clock, None)
    asked = [session.node(path) for path in (service.open311.attributes if service.open311 else ())]
    return {
        "service_code": service.code,
        "attributes": [dict(_attribute(session, node, order)) for order, node in enumerate(asked, start=1)],
    }


def session_of(service: Service, language: str, clock: Clock, layers: Layers | None) -> FormSession:
    """The service's form, not yet filled."""
    return FormSession(
        service.form(),
        language=language,
        clock=clock,
        reference=service.reference_data(layers, clock),
        functions=service.functions(),
        context={"username": "Open311", "deviceid": "open311", "case_ref": "", "service_code": service.code},
    )


def code_of(path: str) -> str:
    """An attribute's code: the question's name, which is the same in every version of the form."""
    return path.rpartition("/")[2]


def _attribute(session: FormSession, node: Node, order: int) -> Iterator[tuple[str, Any]]:
    kind = node.question.kind
    yield "variable", True
    yield "code", code_of(node.question.path)
    yield "datatype", DATATYPES.get(kind, "text" if "multiline" in node.question.appearance else "string")
    yield "required", node.required
    yield "datatype_description", session.hint(node)
    yield "order", order
    yield "description", session.label(node)
    if node.question.choices is not None:
        yield "values", [{"key": choice.name, "name": choice.label} for choice in session.choices(node)]
