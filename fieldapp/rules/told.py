"""All rules that speak about one record, told: what holds, what does not, why, by which version, from whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fieldapp.clock import moment_of
from fieldapp.forms import FormSession
from fieldapp.money.quote import quote
from fieldapp.records import Record
from fieldapp.rules.why import Why, in_words, reasons_of, troubles
from fieldapp.services import Service, ServiceClock
from fieldapp.services.derived import falls_due
from fieldapp.texts import language, plural, tr

FEE, CLOCK = "fee", "clock"


@dataclass(frozen=True)
class Told:
    """One rule: its `kind` (relevant, required, constraint, fee or clock), what it is about, whether all is well, one
    sentence, and more sentences. `path` is the answer that it is about, `question` the same without keys."""

    kind: str
    about: str
    met: bool
    words: str
    more: tuple[str, ...]
    path: str = ""
    question: str = ""


def all_told(service: Service, record: Record, session: FormSession, day: date) -> list[Told]:
    """What does not hold first, then the fee, the clocks, and what holds of the answers that were given."""
    failing = [_of_form(service, record, one) for one in troubles(session)]
    return [
        *failing,
        *_fees(service, record, day),
        *_clocks(service, record, session, day),
        *_holding(service, record, session),
    ]


def told_of(service: Service, record: Record, session: FormSession, path: str) -> list[Told]:
    """The rules that decide about one question."""
    return [_of_form(service, record, one) for one in reasons_of(session, path)]


def _holding(service: Service, record: Record, session: FormSession) -> Iterator[Told]:
    for node in session.nodes():
        if node.value and node.relevant and node.constraint_met and node.question.bind.constraint:
            found = reasons_of(session, node.path)
            yield from (_of_form(service, record, one) for one in found if one.kind == "constraint" and one.met)


def _of_form(service: Service, record: Record, why: Why) -> Told:
    more = [tr("As its author wrote it: {rule}", rule=why.source)] if why.words else []
    more += [tr("{label}: {value}", label=one.label, value=one.value or tr("no answer")) for one in why.readings]
    more.append(_version(service, record))
    return Told(why.kind, why.label, why.met, _sentence(why), tuple(more), why.path, why.question)


def _sentence(why: Why) -> str:
    if not why.words:
        return f"{why.message} {tr('Always needed.')}".strip()
    if why.asks and not why.plain:
        return why.message or tr("What the form asks for: {words}", words=why.asks)
    said = {
        "required": tr("Needed when {rule}.", rule=why.words),
        "relevant": tr("Asked only when {rule}.", rule=why.words),
    }.get(why.kind, tr("May stand when {rule}.", rule=why.words))
    return f"{why.message} {said}" if why.message else said


def _version(service: Service, record: Record) -> str:
    words = {"version": record.form_version, "service": service.title.text(language())}
    said = tr("In version {version} of the form of “{service}”, with which this record was made", **words)
    if record.form_version == service.form_version:
        return tr("{said}; it is today's.", said=said)
    return tr("{said}; today's is {today}.", said=said, today=service.form_version)


def _fees(service: Service, record: Record, day: date) -> Iterator[Told]:
    for one in quote(record.fields, service.fees, day).lines:
        yield Told(FEE, one.title, True, tr("{amount} dollars: {why}", amount=one.total, why=one.why), ())


def _clocks(service: Service, record: Record, session: FormSession, day: date) -> Iterator[Told]:
    for clock in service.clocks:
        began = _day(record.get(clock.from_)) if clock.from_ else None
        due = falls_due(clock, began) if began else None
        if began is None or due is None:
            continue
        node = next((one for one in session.nodes() if one.path == clock.from_), None)
        asked = (session.label(node) if node else "") or clock.from_
        words = {"label": asked, "began": began.isoformat(), "due": due.isoformat()}
        if clock.days:
            said = _length(clock) + " " + tr("after “{label}” ({began}): by {due}.", **words)
        else:
            said = tr("By {due}, as the form works it out.", due=due.isoformat())
        more = [tr("Source: {source}", source=clock.source)]
        if node is not None and node.question.bind.calculate:
            bind = node.question.bind
            rule = in_words(session.definition, node.question.path, bind.calculate, session.language, coded=False)
            if rule:
                more.append(tr("Worked out as: {rule}", rule=rule))
        yield Told(CLOCK, clock.title.text(language()), day <= due, said, tuple(more), clock.from_, clock.from_)


def _length(clock: ServiceClock) -> str:
    if clock.business:
        return plural(clock.days, "{n} business day", "{n} business days")
    return plural(clock.days, "{n} day", "{n} days")


def _day(text: str) -> date | None:
    try:
        return moment_of(text).date() if "T" in text else date.fromisoformat(text[:10])
    except ValueError:
        return None


def day_of(record: Record, clock_day: date) -> date:
    """The day by whose fees a record is judged: that of its receipt, else this one."""
    return _day(record.get("@received")) or clock_day
