"""What a resident takes away, in the language of the record: reference, what was recorded, what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.actions import issued
from fieldapp.clock import moment_of, today
from fieldapp.counter.visit import seen_in
from fieldapp.records import ALIAS, DUE, LANG, NUMBER, Record
from fieldapp.services import Service
from fieldapp.services.derived import running_clock
from fieldapp.texts import language, speaking, tr
from ui import days
from ui.review.wording import Wording
from ui.session import Session


@dataclass(frozen=True)
class Receipt:
    """A receipt in words, in one language. `number` is the City's, "" while it has given none."""

    language: str
    title: str
    reference_name: str
    reference: str
    number_name: str
    number: str
    when: str
    recorded_name: str
    recorded: tuple[tuple[str, str], ...]
    next_name: str
    next: tuple[str, ...]
    official: tuple[tuple[str, str], ...] = ()  # names and numbers: of the receipt, of an order


def receipt(session: Session, record: Record) -> Receipt:
    """The record's receipt, in the record's own language."""
    with speaking(record.get(LANG) or language()):
        service = session.desk.service_of(record)
        return Receipt(
            language=language(),
            title=service.title.text(language()),
            reference_name=tr("Your reference"),
            reference=record.get(ALIAS),
            number_name=tr("The City's number"),
            number=record.get(NUMBER),
            when=_when(session, record),
            recorded_name=tr("What was recorded"),
            recorded=tuple(_recorded(session, record)),
            next_name=tr("What happens next"),
            next=tuple(_next(session, record)),
            official=tuple(_official(service, record)),
        )


def _official(service: Service, record: Record) -> Iterator[tuple[str, str]]:
    """The official numbers; for one that only the City can give, that it follows: never a made-up one."""
    for one in issued(service, record):
        yield one.name, one.number or tr("provisional, the final number follows from the City")


def _when(session: Session, record: Record) -> str:
    """When and by whom it was taken."""
    saved = session.store.proof(record.id).saved_at
    day = moment_of(saved) if saved else session.clock.now()
    return tr(
        "{day}, {time}, recorded by {name}", day=days.heading(day.date()), time=f"{day:%H:%M}", name=session.person.name
    )


def _recorded(session: Session, record: Record) -> Iterator[tuple[str, str]]:
    private = session.desk.service_of(record).privacy.sensitive
    for given in Wording(session, record).given():
        if not given.file and given.path not in private:
            yield given.label, given.text


def _next(session: Session, record: Record) -> Iterator[str]:
    service = session.desk.service_of(record)
    if not record.get(NUMBER):
        yield tr("Keep this reference: it stays valid for ever. The City's own number follows.")
    day = days.day_in(record.get(DUE))
    clock = running_clock(service, record.fields)
    if day is not None and clock is not None:
        name = clock.title.text(language())
        yield f"{name}: {days.long(day, today(session.clock))}"
    seen = seen_in(service.documents, record)
    if wanted := [one for one in service.documents if one.required and one.id not in seen]:
        titles = ", ".join(one.title.text(language()) for one in wanted)
        yield tr("Please bring, unless you have done so: {documents}", documents=titles)
    if service.state(record.state).kind == "review":
        yield tr("This is a request. It is not decided or confirmed until the City tells you.")
