"""Checking service.toml against its form: every question that it names must be there, and of a fitting kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fieldapp.errors import Place, ServiceError
from fieldapp.services import sequel
from fieldapp.services.booking import BookingRule
from fieldapp.services.declared import CarryRule
from fieldapp.services.derived import PLACE, path_of
from fieldapp.services.forwarding import Forward
from fieldapp.services.papers import named
from fieldapp.services.publishing import WHERE
from fieldapp.services.service import Service
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.forms import FormDefinition


BOOKING_KINDS = {
    "slot": frozenset({"text"}),
    "answer": frozenset({"text"}),
    "day": frozenset({"date", "dateTime", "calculate"}),
    "repeat": frozenset({"repeat"}),
}
FORWARD_KINDS = {
    "target.photos": frozenset({"repeat"}),
    "target.location": frozenset({"geopoint", "calculate"}),
}


def check_paths(service: Service, form: FormDefinition) -> None:
    """ServiceError, with the key, for the first path of service.toml that the form does not have."""
    for fault in path_faults(service, form):
        raise fault


def path_faults(service: Service, form: FormDefinition) -> Iterator[ServiceError]:
    """Each path of service.toml that the form does not have, or not of a fitting kind, with its key."""
    for key, path in _named(service):
        if path not in form.questions:
            yield _fault(service, key, tr("the form has no question “{path}”", path=path))
    for path in sorted(service.merging.append & form.questions.keys()):
        if form.questions[path].kind != "text":
            yield _fault(service, "merge.append", tr("“{path}” is no text: only notes are added to", path=path))
    if service.forward:
        yield from _forward_faults(service, service.forward, form)
    for rule in service.bookings:
        yield from _booking_faults(service, rule, form)
    if service.carry:
        yield from _carry_faults(service, service.carry, form)


def _named(service: Service) -> Iterator[tuple[str, str]]:
    yield from ((f"derived.{name}", path) for name, path in service.derivation.paths.items())
    for language, parts in (("en", service.derivation.title_en), ("fr", service.derivation.title_fr)):
        yield from ((f"derived.title.{language}", path_of(name)) for part in parts for name in PLACE.findall(part))
    yield from (("open_data", path) for path in service.open_data if path not in WHERE)
    yield from ((f"publish.{one.dataset}", one.repeat) for one in service.publications if one.repeat)
    yield from (("privacy.sensitive", path) for path in sorted(service.privacy.sensitive))
    yield from ((f"clocks.{clock.id}.from", clock.from_) for clock in service.clocks if clock.from_)
    yield from (("open311", path) for path in (service.open311.named() if service.open311 else ()))
    yield from service.forward.named() if service.forward else ()
    yield from (("start_answers", path) for path in service.start_answers)
    yield from ((f"transitions.{step.id}.when", step.question) for step in service.transitions if step.question)
    offered = ((f"transitions.{step.id}.proposed", step.proposed[0]) for step in service.transitions)
    yield from (one for one in offered if one[1])
    yield from (("effects.when", one.question) for one in service.effects if one.question)
    yield from ((f"numbers.{one.id}.when", one.question) for one in service.numbers if one.question)
    yield from (("merge.decision", path) for path in sorted(service.merging.decision))
    yield from ((f"transitions.{step.id}.sets", path) for step in service.transitions for path in sorted(step.sets))
    yield from (("merge.append", path) for path in sorted(service.merging.append))
    yield from ((f"documents.{one.id}.seen", path) for one in service.documents for path in one.seen)
    for given in service.stock:
        yield from ((f"stock.{key}", path) for key, path in given.questions.items())
    for rule in service.bookings:
        yield from ((f"bookings.{rule.id}.{key}", path) for key, path in rule.questions.items())
    yield from ((f"papers.{rule.id}", path) for rule in service.papers for path in named(rule))
    for begins in service.after:
        yield from sequel.named(begins)
    if service.parent_rule:
        yield from (("parent.copy", path) for path in service.parent_rule.copy)


def _forward_faults(service: Service, rule: Forward, form: FormDefinition) -> Iterator[ServiceError]:
    for key, path in rule.named():
        question, wanted = form.questions.get(path), FORWARD_KINDS.get(key)
        if question is None:
            continue  # told already
        if wanted and question.kind not in wanted:
            words = {"path": path, "kinds": ", ".join(sorted(wanted))}
            yield _fault(service, key, tr("“{path}” must be of the kind {kinds}", **words))
        elif not wanted and (question.is_group or any(path.startswith(f"{one}/") for one in form.repeats)):
            yield _fault(service, key, tr("“{path}” is not one answer: it is a group, or inside a repeat", path=path))


def _booking_faults(service: Service, rule: BookingRule, form: FormDefinition) -> Iterator[ServiceError]:
    for key, path in rule.questions.items():
        wanted = BOOKING_KINDS.get(key)
        if wanted and path in form.questions and form.questions[path].kind not in wanted:
            words = {"path": path, "kinds": ", ".join(sorted(wanted))}
            yield _fault(service, f"bookings.{rule.id}.{key}", tr("“{path}” must be of the kind {kinds}", **words))


def _carry_faults(service: Service, rule: CarryRule, form: FormDefinition) -> Iterator[ServiceError]:
    wanted = [("carry.count", rule.count), ("carry.visits", rule.visits)]
    own = [rule.id_question, rule.reference_question, rule.closed_question]
    wanted += [("carry.into", f"{rule.into}/{name}") for name in own]
    for source in rule.sources:
        wanted += [("carry.from.copy", f"{rule.into}/{name}") for name in source.copy]
        wanted += [("carry.from.copy", f"{source.repeat}/{name}") for name in source.copy.values()]
        wanted += [("carry.from.open_when", f"{source.repeat}/{source.question}")] if source.question else []
    for key, path in wanted:
        if path not in form.questions:
            yield _fault(service, key, tr("the form has no question “{path}”", path=path))
    for path in (rule.into, *(source.repeat for source in rule.sources)):
        question = form.questions.get(path)
        if question is None or question.kind != "repeat":
            yield _fault(service, "carry", tr("“{path}” must be a repeat", path=path))
        if any(path.startswith(f"{other}/") for other in form.repeats):
            wrong = tr("“{path}” lies inside another repeat: only outer ones are carried over", path=path)
            yield _fault(service, "carry", wrong)


def _fault(service: Service, key: str, message: str) -> ServiceError:
    return ServiceError(message, Place(str(service.files.toml), field=key))
