"""An inspector's visits of the day: which records they are, in which order, and what is said about each."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from fieldapp.actions import Desk
from fieldapp.clock import today
from fieldapp.places.route import by_route
from fieldapp.records import ADDRESS, DUE, PLANNED, POINT, REASON, WARD, Record
from fieldapp.store import Place, Query
from fieldapp.store import Row as Line
from fieldapp.texts import plural, tr
from ui import days
from ui.map.projection import Point, metres, point_of
from ui.titles import title_of
from ui.widgets import Row

OPEN_KINDS = ("draft", "open", "returned")
MOST = 500  # nobody has more work assigned; the list stays quick even then
DETOUR = 1.3  # streets are longer than the crow's way


@dataclass(frozen=True)
class Visit:
    """A visit as the list and the map show it."""

    record: Record
    title: str
    kind: str  # draft, open or returned
    started: bool  # answers of it are on this laptop and not submitted
    permit: str  # what a person calls the permit or file that it belongs to: its number

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def point(self) -> Point | None:
        """Where it is."""
        return point_of(self.record.get(POINT))

    @property
    def time(self) -> str:
        """When it is planned: "09:00", "" when it has no time."""
        return days.time_of(self.record.get(PLANNED))

    @property
    def returned(self) -> bool:
        """Whether a supervisor sent it back."""
        return self.kind == "returned"


def visits(desk: Desk) -> list[Visit]:
    """What is assigned to this person and planned today or before, due, begun, or sent back; in the day's order."""
    found = [(line, desk.store.record(line.id)) for line in _lines(desk)]
    return sorted((_visit(desk, line, record) for line, record in found if record is not None), key=_order)


def how_many(desk: Desk) -> int:
    """How many visits there are, without reading more than their lines."""
    return len(_lines(desk))


def routed(found: list[Visit], start: Point | None) -> list[Visit]:
    """The day by a short way, from where one is. What was sent back stays first: it may need no way at all; what has
    no known place comes last. Planned times are shown all the same, and are the person's to keep."""
    back = [visit for visit in found if visit.returned]
    placed = [(visit, point) for visit in found if not visit.returned and (point := visit.point) is not None]
    lost = [visit for visit in found if not visit.returned and visit.point is None]
    order = by_route([(point.lat, point.lon) for _, point in placed], (start.lat, start.lon) if start else None)
    return [*back, *(placed[number][0] for number in order), *lost]


def late(visit: Visit, day: date) -> bool:
    """Whether it should have been done on an earlier day."""
    due = days.day_in(visit.record.get(DUE))
    return due is not None and due < day


def kilometres(found: list[Visit]) -> int:
    """About how far it is from the first visit to the last, along streets."""
    points = [visit.point for visit in found if visit.point is not None]
    legs = sum(metres(first, second) for first, second in itertools.pairwise(points))
    return round(legs * DETOUR / 1000)


def row(visit: Visit, day: date) -> Row:
    """The visit's line in the list."""
    record = visit.record
    unsaid = visit.permit and visit.permit not in visit.title
    parts = [record.get(ADDRESS), tr("Part of {number}", number=visit.permit) if unsaid else ""]
    if visit.returned:
        parts = [tr("Returned: {reason}", reason=record.get(REASON)), *parts]
    planned = days.day_in(record.get(PLANNED))
    lead = visit.time if planned is None or planned == day else days.short(planned, day)
    chip = (tr("Returned"), "warn") if visit.returned else days.due(record.get(DUE), day)
    trailing = tr("Started") if visit.started and not visit.returned else ""
    return Row(visit.id, visit.title, " · ".join(filter(None, parts)), lead or "–", chip=chip, trailing=trailing)


def summary(found: list[Visit], day: date) -> str:
    """The line under the date: how many, how many late, how far."""
    parts = [plural(len(found), "{n} visit", "{n} visits")]
    behind = sum(late(visit, day) for visit in found)
    if behind:
        parts.append(tr("{n} late", n=behind))
    if (far := kilometres(found)) > 0:
        parts.append(tr("about {n} km", n=far))
    return " · ".join(parts)


def _lines(desk: Desk) -> list[Line]:
    """The visits' lines. Which they are is told by these alone: of hundreds of later ones nothing else is read."""
    mine = Query(assignee=desk.person.id, state_kinds=OPEN_KINDS, sort="planned", descending=False)
    day = today(desk.clock)
    return [line for line in desk.store.rows(desk.store.ids(mine)[:MOST]) if _is_now(desk, line, day)]


def _visit(desk: Desk, line: Line, record: Record) -> Visit:
    parent = desk.store.row(line.parent) if line.parent else None
    return Visit(
        record=record,
        title=title_of(desk, record),
        kind=desk.catalogue.kind(record.service, record.state),
        started=line.place == Place.DRAFT,
        permit=parent.reference if parent else "",
    )


def _is_now(desk: Desk, line: Line, day: date) -> bool:
    """Planned for later is for later, unless its due date or the supervisor's word says otherwise."""
    if line.service not in desk.catalogue or not desk.catalogue.get(line.service).parent:
        return False
    planned = days.day_in(line.planned)
    if planned is None or planned <= day or line.place == Place.DRAFT:
        return True
    due = days.day_in(line.due)
    return (due is not None and due <= day) or desk.catalogue.kind(line.service, line.state) == "returned"


def _order(visit: Visit) -> tuple[int, str, str, str]:
    """What was sent back first, then by time, then what has no time; by ward and address where times are equal."""
    record = visit.record
    planned = record.get(PLANNED)
    group = 0 if visit.returned else 1 if planned else 2
    return group, planned, record.get(WARD), record.get(ADDRESS)
