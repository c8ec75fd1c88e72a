"""How the work stands on this laptop: what is open, by when it is due, with whom, where, and what comes and goes.

Nothing is withheld here, unlike in the City's measures: whoever reads it may read the records themselves. Health is not
counted (P4), nor is what the City does for itself alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from fieldapp.clock import moment_of
from fieldapp.services import Catalogue
from fieldapp.store.sums import Heaped, Known

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


def working(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """Service, state and kind of all in which there is work to do."""
    return [(*pair, kind) for pair, kind in _kinds(catalogue).items() if kind in OPEN]


def standing(work: Iterable[Heaped], known: Iterable[Known], catalogue: Catalogue, first: date, day: date) -> Standing:
    """How it stands on `day`, with the weeks from the Monday of `first` on. A record that is closed was closed on the
    day of its last change: a laptop has no longer history of what others did."""
    made = Standing(day, dict.fromkeys(TERMS, 0), weeks=_weeks(known, catalogue, first, day))
    heaps = {"service": made.services, "ward": made.wards, "assignee": made.people}
    for one in work:
        if one.by == "service":
            made.terms[TERMS[one.term]] += one.n
        _add(heaps[one.by].setdefault(one.key, Heap()), one)
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


def _weeks(known: Iterable[Known], catalogue: Catalogue, first: date, day: date) -> tuple[Week, ...]:
    received, closed = Counter[date | None](), Counter[date | None]()
    kinds = _kinds(catalogue)
    for one in known:
        kind = kinds.get((one.service, one.state), "")
        if kind and kind != "draft":
            received[one.first] += 1
        if kind == "done":
            closed[one.changed] += 1
    came, ended = _by_week(received), _by_week(closed)
    return tuple(Week(monday, came[monday], ended[monday]) for monday in _mondays(first, day))


def _by_week(days: Counter[date | None]) -> Counter[date]:
    weeks = Counter[date]()
    for day, n in days.items():
        if day is not None:
            weeks[monday_of(day)] += n
    return weeks


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = monday_of(first)
    while monday <= last:
        yield monday
        monday += WEEK


def _add(heap: Heap, one: Heaped) -> None:
    if one.kind == "review":
        heap.review += one.n
    elif one.kind == "returned":
        heap.returned += one.n
    else:
        heap.open += one.n
    heap.late += one.n if TERMS[one.term] == LATE else 0
    if one.since:
        since = moment_of(one.since).date()
        heap.since = min(heap.since or since, since)


def _kinds(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """The kind of each state of each service that is counted."""
    counted = (one for one in catalogue if one.is_counted and not one.internal)
    return {(service.id, state.id): state.kind for service in counted for state in service.states}
