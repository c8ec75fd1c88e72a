"""How the work stands on this laptop: what is open, by when it is due, with whom, where, and what comes and goes.

Nothing is withheld here, unlike in the City's measures: whoever reads it may read the records themselves. Health is not
counted (P4), nor is what the City does for itself alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from fieldapp.clock import moment_of
from fieldapp.services import Catalogue
from fieldapp.store.sums import Alike, Group

LATE, TODAY, SOON, LATER, UNDATED = "late", "today", "soon", "later", "undated"
TERMS = (LATE, TODAY, SOON, LATER, UNDATED)
WEEK = timedelta(days=7)
OPEN = ("open", "review", "returned")  # kinds of the states in which there is work to do


@dataclass
class Heap:
    """Open work of one service, ward or person. `since` is the oldest day on which nobody has touched one since."""

    open: int = 0
    review: int = 0
    returned: int = 0
    late: int = 0
    since: date | None = None

    @property
    def all(self) -> int:
        """All that is open."""
        return self.open + self.review + self.returned


@dataclass(frozen=True)
class Week:
    """What was received and what was closed in the seven days from `first`."""

    first: date
    received: int
    closed: int


@dataclass(frozen=True)
class Standing:
    """Everything, as of `day`. The keys are ids of services, two digits of wards, ids of people; "" for none."""

    day: date
    terms: dict[str, int] = field(default_factory=dict)
    services: dict[str, Heap] = field(default_factory=dict)
    wards: dict[str, Heap] = field(default_factory=dict)
    people: dict[str, Heap] = field(default_factory=dict)
    weeks: tuple[Week, ...] = ()

    @property
    def open(self) -> int:
        """All that is open."""
        return sum(self.terms.values())


def standing(groups: Iterable[Group], alike: Iterable[Alike], catalogue: Catalogue, first: date, day: date) -> Standing:
    """How it stands on `day`, with the weeks from the Monday of `first` on. A record that is closed was closed on the
    day of its last change: a laptop has no longer history of what others did."""
    made = Standing(day, dict.fromkeys(TERMS, 0), weeks=_weeks(alike, catalogue, first, day))
    heaps = [defaultdict[str, Heap](Heap) for _ in range(3)]
    for group in groups:
        kind = _kind(catalogue, group.service, group.state)
        if kind not in OPEN:
            continue
        term = term_of(group.due, day)
        made.terms[term] += group.n
        for heap, key in zip(heaps, (group.service, group.ward, group.assignee), strict=True):
            _add(heap[key], group, kind, late=term == LATE)
    for kept, heap in zip((made.services, made.wards, made.people), heaps, strict=True):
        kept.update(heap)
    return made


def term_of(due: str, day: date) -> str:
    """Which of TERMS a due date belongs to."""
    if not due:
        return UNDATED
    found = due[:10]
    if found <= day.isoformat():
        return TODAY if found == day.isoformat() else LATE
    return SOON if found <= (day + WEEK).isoformat() else LATER


def term_days(term: str, day: date) -> tuple[str, str]:
    """First and last due date of a term, as the store is asked for them."""
    one = timedelta(days=1)
    spans = {
        LATE: ("0001-01-01", (day - one).isoformat()),
        TODAY: (day.isoformat(), day.isoformat()),
        SOON: ((day + one).isoformat(), (day + WEEK).isoformat()),
        LATER: ((day + WEEK + one).isoformat(), "9999-12-31"),
    }
    return spans.get(term, ("", ""))


def _weeks(alike: Iterable[Alike], catalogue: Catalogue, first: date, day: date) -> tuple[Week, ...]:
    received, closed = defaultdict[date, int](int), defaultdict[date, int](int)
    for one in alike:
        kind = _kind(catalogue, one.service, one.state)
        if one.received and kind not in ("", "draft"):
            received[monday_of(one.received)] += one.n
        if one.changed and kind == "done":
            closed[monday_of(one.changed)] += one.n
    return tuple(Week(monday, received[monday], closed[monday]) for monday in _mondays(first, day))


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = monday_of(first)
    while monday <= last:
        yield monday
        monday += WEEK


def _add(heap: Heap, group: Group, kind: str, *, late: bool) -> None:
    if kind == "review":
        heap.review += group.n
    elif kind == "returned":
        heap.returned += group.n
    else:
        heap.open += group.n
    heap.late += group.n if late else 0
    if group.since:
        since = moment_of(group.since).date()
        heap.since = min(heap.since or since, since)


def _kind(catalogue: Catalogue, service: str, state: str) -> str:
    """The kind of a state, "" for what is not counted or not known here."""
    if service not in catalogue:
        return ""
    found = catalogue.get(service)
    if found.internal or not found.is_counted:
        return ""
    return next((one.kind for one in found.states if one.id == state), "")
