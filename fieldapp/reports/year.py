"""The report to Council: a period in figures. Everything small enough to be somebody is withheld (`None`).

Volumes by service, channel and ward; median days to close; how much was done without a network; how much was finished
with the first visit; help to take part and French; the Strategy's three survey questions beside its baselines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from fieldapp.clock import moment_of
from fieldapp.opendata.case import Case, Step
from fieldapp.records import LANG
from fieldapp.reports.survey import SURVEY, Answered, Survey
from fieldapp.reports.tally import Tally
from fieldapp.services import Catalogue, Service

WITHOUT_NETWORK = timedelta(minutes=10)  # between the save and the City's receipt: nobody waits so long on a line
NONE = "none"


@dataclass(frozen=True)
class Line:
    """What is said of one service, channel or ward. Counts under five, and shares that would tell them, are None."""

    name: str
    received: int | None
    closed: int | None
    days: float | None  # median, from the receipt to the end
    offline: float | None  # share of what was handed in without a network
    first_visit: float | None  # share that was never sent back for more


@dataclass(frozen=True)
class YearReport:
    """All figures of the period from `first` to `last`, both included."""

    first: date
    last: date
    total: Line
    services: tuple[Line, ...]
    channels: tuple[Line, ...]
    wards: tuple[Line, ...]
    french: float | None
    help_asked: int | None  # requests that named help to take part, an interpreter or another format
    survey: tuple[Answered, ...]


@dataclass
class _Sums:
    received: Tally = field(default_factory=Tally)
    closed: Tally = field(default_factory=Tally)
    offline: Tally = field(default_factory=Tally)
    first_visit: Tally = field(default_factory=Tally)

    def line(self, name: str) -> Line:
        numbers = self.received.count, self.closed.count, self.closed.median
        return Line(name, *numbers, self.offline.share, self.first_visit.share)


class _Year:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.total = _Sums()
        self.by: dict[str, dict[str, _Sums]] = {"service": {}, "channel": {}, "ward": {}}
        self.french, self.help = Tally(), Tally()
        self.survey = Survey()

    def take(self, case: Case, service: Service) -> None:
        received = bool(case.received and self.first <= case.received <= self.last)
        if service.id == SURVEY:
            if received:
                self.survey.take(case.record)
            return
        for sums in self._sums(case, service):
            self._count(sums, case, service, received=received)
        if received:
            self.french.take(good=case.record.get(LANG) == "fr")
            self.help.take(good=asks_for_help(case))

    def _sums(self, case: Case, service: Service) -> Iterator[_Sums]:
        yield self.total
        yield self.by["service"].setdefault(service.id, _Sums())
        if channel := named(case, "channel"):
            yield self.by["channel"].setdefault(channel, _Sums())
        yield self.by["ward"].setdefault(case.ward or NONE, _Sums())

    def _count(self, sums: _Sums, case: Case, service: Service, *, received: bool) -> None:
        ended = case.ended(service.done)
        if received:
            sums.received.take()
            sums.offline.take(good=bool(case.steps) and without_network(case.steps[0]))
        if ended and case.received and self.first <= ended <= self.last:
            sums.closed.take(days=(ended - case.received).days)
            sums.first_visit.take(good=not sent_back(case, service))


def year_report(cases: Iterable[Case], catalogue: Catalogue, first: date, last: date) -> YearReport:
    """The report on all cases that came or ended from `first` to `last`. Drafts and health (P4) are not in it."""
    year = _Year(first, last)
    for case in cases:
        if case.record.service not in catalogue:
            continue
        service = catalogue.get(case.record.service)
        if service.is_counted and case.record.state not in service.drafts:
            year.take(case, service)
    services = [year.by["service"][one.id].line(one.id) for one in catalogue if one.id in year.by["service"]]
    channels, wards = (tuple(_lines(year.by[kind])) for kind in ("channel", "ward"))
    asked = year.help.good
    return YearReport(
        first,
        last,
        year.total.line("total"),
        tuple(services),
        channels,
        wards,
        year.french.share,
        Tally(cases=asked).count,
        year.survey.answered(),
    )


def without_network(step: Step) -> bool:
    """Whether a Change waited on its laptop before it reached the City."""
    try:
        return moment_of(step.at) - moment_of(step.made) > WITHOUT_NETWORK
    except ValueError:
        return False


def sent_back(case: Case, service: Service) -> bool:
    """Whether it came back to its author once, for more."""
    back = {state.id for state in service.states if state.kind == "returned"}
    return any(step.state in back for step in case.steps)


def asks_for_help(case: Case) -> bool:
    """Whether help to take part, an interpreter or another format was asked for."""
    return bool(named(case, "accommodation")) or named(case, "interpreter") not in ("", NONE)


def named(case: Case, question: str) -> str:
    """The answer to the question of that name, wherever the form has it."""
    found = (value for path, value in case.record.fields.items() if path.rpartition("/")[2] == question)
    return next(found, "")


def _lines(sums: Mapping[str, _Sums]) -> Iterator[Line]:
    return (sums[name].line(name) for name in sorted(sums))
