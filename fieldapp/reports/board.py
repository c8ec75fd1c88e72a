"""Panels of the dashboard: each is a table, a picture of that table, and the way from a line to its records. Screen and
paper show the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from fieldapp.reports.here import Figures, start_of
from fieldapp.reports.measures import MONTH, WARD, Measure, Measured
from fieldapp.reports.standing import LATE, LATER, OPEN, SOON, TODAY, UNDATED, WEEK, Heap, term_days
from fieldapp.services import Catalogue
from fieldapp.texts import language, tr

WORK = " ".join(OPEN)  # as the Records page is asked for all open work
Name = Callable[[str], str]
Answer = Callable[[str, str, str], str]  # service, path and value, to what it is called


@dataclass(frozen=True)
class Line:
    """One line: its name, a value for each column (None where it is withheld), what the Records page is asked for to
    show its records (nothing: they cannot be listed), and its key, such as a ward's two digits."""

    label: str
    values: tuple[float | None, ...]
    where: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True)
class Panel:
    """A table with `of` above its names and a title above each column. The first `drawn` columns are drawn as bars."""

    id: str
    title: str
    of: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    drawn: int = 1
    note: str = ""
    share: bool = False  # values from 0 to 1, told in per cent

    def told(self, value: float | None) -> str:
        """A value in words: a dash for one that is withheld."""
        if value is None:
            return "–"
        return tr("{n}%", n=round(value * 100)) if self.share else f"{value:.12g}"


def _as_it_is(_service: str, _path: str, value: str) -> str:
    return value


def panels(found: Figures, catalogue: Catalogue, person: Name, answer: Answer = _as_it_is) -> list[Panel]:
    """All panels, how the work stands first. `person` tells the name that belongs to a user id, `answer` what a value
    of a service's question is called in its form."""
    service = _service_names(catalogue)
    now = found.standing
    return [
        _deadlines(found),
        _heaps("services", tr("Backlog by service"), tr("Service"), now.services, service, "service", now.day),
        _heaps("wards", tr("By ward"), tr("Ward"), now.wards, ward_name, "ward", now.day),
        _heaps("people", tr("By person"), tr("With"), now.people, _of_nobody(person), "person", now.day),
        _throughput(found),
        *(_measured(one, service, answer) for one in found.measured),
    ]


def ward_name(ward: str) -> str:
    """What a ward is called."""
    return tr("Ward {n}", n=ward.lstrip("0") or ward) if ward else tr("outside every ward")


def term_name(term: str) -> str:
    """What a term of the deadlines is called."""
    return {
        LATE: tr("Late"),
        TODAY: tr("Due today"),
        SOON: tr("In the next 7 days"),
        LATER: tr("Later"),
        UNDATED: tr("Without a date"),
    }[term]


def _deadlines(found: Figures) -> Panel:
    now = found.standing
    lines = [
        Line(term_name(term), (n,), {"kind": WORK, "due": "..".join(term_days(term, now.day))}, term)
        for term, n in now.terms.items()
    ]
    note = tr("Drafts, closed records and health services are not counted.")
    return Panel("deadlines", tr("Deadlines"), tr("Due"), (tr("Open work"),), tuple(lines), note=note)


def _heaps(panel: str, title: str, of: str, heaps: Mapping[str, Heap], name: Name, asked: str, day: date) -> Panel:
    columns = tr("Open work"), tr("Late"), tr("To decide"), tr("Sent back"), tr("Untouched, days")
    in_order = sorted(heaps.items(), key=lambda pair: (-pair[1].all, pair[0]))
    if panel == "wards":
        in_order = sorted(heaps.items())
    lines = (
        Line(name(key), _numbers(heap, day), {"kind": WORK, asked: key} if key else {}, key) for key, heap in in_order
    )
    return Panel(panel, title, of, columns, tuple(lines), drawn=2)


def _numbers(heap: Heap, day: date) -> tuple[float | None, ...]:
    untouched = (day - heap.since).days if heap.since else None
    return heap.all, heap.late, heap.review, heap.returned, untouched


def _throughput(found: Figures) -> Panel:
    lines = []
    for week in reversed(found.standing.weeks):  # what is newest is read first
        span = f"{start_of(week.first)}..{start_of(week.first + WEEK)}"
        where = {"kind": "done", "changed": span}
        lines.append(Line(week.first.isoformat(), (week.received, week.closed), where))
    note = tr("Closed counts by the day of the last change.")
    columns = tr("Came in"), tr("Closed")
    return Panel("throughput", tr("Throughput"), tr("Week from"), columns, tuple(lines), drawn=2, note=note)


def _measured(one: Measured, service: Name, answer: Answer) -> Panel:
    measure = one.measure
    share = measure.what in ("share", "in_time")
    what = tr("Share") if share else tr("Median, days") if measure.what == "days" else tr("Requests")
    lines = (
        Line(_group(measure, key, answer), (value,), _where(measure.by, key, measure.services))
        for key, value in one.groups.items()
    )
    of = " · ".join(map(_by_name, measure.by))
    title = measure.title.text(language())
    parts = [", ".join(service(one) for one in measure.services), measure.source, tr("A dash: fewer than five.")]
    note = " · ".join(part for part in parts if part)
    return Panel(measure.id, title, of, (what,), tuple(lines), note=note, share=share)


def _where(by: tuple[str, ...], key: tuple[str, ...], services: tuple[str, ...]) -> Mapping[str, str]:
    told = dict(zip(by, key, strict=True))
    found = {"service": services[0]} if len(services) == 1 else {}
    return found | ({"ward": told[WARD]} if told.get(WARD) else {})


def _group(measure: Measure, key: tuple[str, ...], answer: Answer) -> str:
    service = measure.services[0] if measure.services else ""

    def said(name: str, part: str) -> str:
        if name == WARD:
            return ward_name(part)
        return (part if name == MONTH else answer(service, name, part)) if part else tr("not said")

    return " · ".join(said(name, part) for name, part in zip(measure.by, key, strict=True))


def _by_name(by: str) -> str:
    return {WARD: tr("Ward"), MONTH: tr("Month")}.get(by, tr("Answer"))


def _service_names(catalogue: Catalogue) -> Name:
    return lambda one: catalogue.get(one).title.text(language()) if one in catalogue else one


def _of_nobody(person: Name) -> Name:
    return lambda one: person(one) if one else tr("with nobody")


def panel_of(found: Iterable[Panel], panel_id: str) -> Panel | None:
    """The panel with this id."""
    return next((one for one in found if one.id == panel_id), None)
