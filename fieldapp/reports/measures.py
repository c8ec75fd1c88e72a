"""The measures of the City Dashboard, as data: resources/reports/dashboard.toml says what is counted, here is how.

A measure looks at the cases of some services in a period, and groups them: by ward, by month, by an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from fieldapp.paths import resources
from fieldapp.records import DUE
from fieldapp.reports.tally import Tally
from fieldapp.services import Catalogue, Service
from fieldapp.services.entries import Entries
from fieldapp.services.steps import one_of
from fieldapp.services.texts import Text

WHATS = ("received", "closed", "days", "share", "in_time")
WARD, MONTH = "ward", "month"


class Countable(Protocol):
    """What a case must tell to be measured: `opendata.Case`, or a record as a laptop knows it."""

    @property
    def service(self) -> str:
        """The service's id."""

    @property
    def state(self) -> str:
        """The state it is in."""

    @property
    def ward(self) -> str:
        """Two digits, "" outside every ward."""

    @property
    def received(self) -> date | None:
        """The City's day on which it came."""

    @property
    def times(self) -> int:
        """For how many it stands."""

    def get(self, path: str) -> str:
        """An answer."""

    def reached(self, *states: str) -> date | None:
        """When it first came into one of these states."""

    def ended(self, done: frozenset[str]) -> date | None:
        """When it came into the state it rests in, where that is one of `done`."""


@dataclass(frozen=True)
class Condition:
    """An answer that must be one of some values; without a question, everything is."""

    question: str = ""
    values: frozenset[str] = frozenset()

    def holds(self, case: Countable) -> bool:
        """Whether the case is such a one."""
        return not self.question or case.get(self.question) in self.values


@dataclass(frozen=True)
class Measure:
    """What is measured: `received` and `closed` count; `days` is the median from the receipt to one of `until` (to the
    end without them), `share` how many fulfil `good`, `in_time` how many ended by the day they were due."""

    id: str
    title: Text
    what: str
    services: tuple[str, ...]
    by: tuple[str, ...]
    only: Condition = field(default_factory=Condition)
    good: Condition = field(default_factory=Condition)
    until: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Measured:
    """A measure of a period: a value for each group, None where it is withheld."""

    measure: Measure
    groups: Mapping[tuple[str, ...], int | float | None]


def known_measures(path: Path | None = None) -> tuple[Measure, ...]:
    """The dashboard's measures; ServiceError, with the place, for what is wrong in the file."""
    entries = Entries.of_file(path or resources() / "reports" / "dashboard.toml")
    found = tuple(_measure(item) for item in entries.tables("measure"))
    entries.finish()
    return found


def measures(
    cases: Iterable[Countable], catalogue: Catalogue, first: date, last: date, known: Iterable[Measure] = ()
) -> list[Measured]:
    """All measures of the days from `first` to `last`, in one pass over the cases. Health is not measured (P4)."""
    chosen = tuple(known) or known_measures()
    tallies: dict[str, dict[tuple[str, ...], Tally]] = {one.id: {} for one in chosen}
    about = {one.id: (one, _about(one, chosen)) for one in catalogue}
    for case in cases:
        service, mine = about.get(case.service, (None, ()))
        if service is None or case.state in service.drafts:
            continue
        for one in mine:
            if one.only.holds(case) and (day := _day(one, case, service)) and first <= day <= last:
                _take(one, case, day, tallies[one.id].setdefault(_group(one, case, day), Tally()))
    return [
        Measured(one, {key: _value(one, tally) for key, tally in sorted(tallies[one.id].items())}) for one in chosen
    ]


def asked(known: Iterable[Measure]) -> tuple[str, ...]:
    """The paths of all answers that these measures look at."""
    paths = {path for one in known for path in (*one.by, one.only.question, one.good.question)}
    return tuple(sorted(paths - {WARD, MONTH, ""}))


def asked_of(known: Iterable[Measure]) -> frozenset[str] | None:
    """The services of whose records answers are looked at; None for all."""
    asking = [one for one in known if asked([one])]
    return None if any(not one.services for one in asking) else frozenset(id_ for one in asking for id_ in one.services)


def _measure(item: Entries) -> Measure:
    measure = Measure(
        id=item.text("id"),
        title=item.bilingual("title"),
        what=one_of(item, "what", WHATS),
        services=item.texts("services", ()),
        by=item.texts("by", ()),
        only=_condition(item, "only"),
        good=_condition(item, "good"),
        until=item.texts("until", ()),
        source=item.text("source", ""),
    )
    item.finish()
    return measure


def _condition(item: Entries, key: str) -> Condition:
    if not item.has(key):
        return Condition()
    table = item.table(key)
    condition = Condition(table.text("question"), frozenset(table.texts("is")))
    table.finish()
    return condition


def _about(service: Service, chosen: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures that look at a service."""
    return tuple(one for one in chosen if service.is_counted and (not one.services or service.id in one.services))


def _day(one: Measure, case: Countable, service: Service) -> date | None:
    """The day that puts a case into a period: of its receipt, or of its end where that is measured."""
    if one.what in ("received", "share"):
        return case.received
    return case.reached(*one.until) if one.until else case.ended(service.done)


def _group(one: Measure, case: Countable, day: date) -> tuple[str, ...]:
    return tuple(_part(by, case, day) for by in one.by)


def _part(by: str, case: Countable, day: date) -> str:
    if by == MONTH:
        return day.isoformat()[:7]
    return case.ward if by == WARD else case.get(by)


def _take(one: Measure, case: Countable, day: date, tally: Tally) -> None:
    """Count a case that `day` puts into the period."""
    if one.what == "in_time":
        due = case.get(DUE)
        tally.take(good=bool(due) and day.isoformat() <= due, times=case.times)
    elif one.what == "days":
        days = (day - case.received).days if case.received else None
        tally.take(good=one.good.holds(case), days=days, times=case.times)
    else:
        tally.take(good=one.good.holds(case), times=case.times)


def _value(one: Measure, tally: Tally) -> int | float | None:
    if one.what == "days":
        return tally.median
    return tally.share if one.what in ("share", "in_time") else tally.count


def rows(found: Iterable[Measured]) -> Iterator[Mapping[str, str]]:
    """All values as rows of text for CSV: measure, title, what, group, value ("" where withheld)."""
    for one in found:
        about = {"measure": one.measure.id, "title": one.measure.title.en, "what": one.measure.what}
        for key, value in one.groups.items():
            group = ", ".join(f"{by}={part}" for by, part in zip(one.measure.by, key, strict=True))
            yield {**about, "group": group, "value": "" if value is None else f"{value:.12g}"}
