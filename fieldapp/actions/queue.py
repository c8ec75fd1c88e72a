"""The queue of one counter, with or without a network: draw a ticket, call, call again, come, or not.

A ticket is a visit that waits: it survives a kill, is sent, and has a history. Each laptop has its own numbers, which
begin anew each day; where several serve side by side, a letter of its own keeps them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from fieldapp.actions.desk import Desk
from fieldapp.actions.steps import take
from fieldapp.actions.visits import begin_visit, open_visit, waiting
from fieldapp.clock import moment_of, stamp, today
from fieldapp.counter import visit as visits
from fieldapp.counter.visit import Visit, visit_of
from fieldapp.errors import RefusedError
from fieldapp.store import Query
from fieldapp.texts import tr

LOOKED_AT = 1000  # visits of a day
FIRST = "A"  # the letter of a laptop that only one person uses
_TICKET = re.compile(r"([A-Z]+)(\d{1,4})")


@dataclass(frozen=True)
class Queued:
    """A ticket in the queue: since when it waits, and how often it was called."""

    visit: str
    ticket: str
    drawn: datetime
    calls: int

    def minutes(self, now: datetime) -> int:
        """How long it waits, in whole minutes."""
        return max(0, int((now - self.drawn).total_seconds() // 60))


def draw(desk: Desk) -> Visit:
    """The next ticket, durable at once. AccessError for who serves nobody at the counter."""
    made = begin_visit(desk, _next(desk))
    return visit_of(desk.commit(desk.record(made.id), {visits.DRAWN: stamp(desk.clock.now())}))


def queue(desk: Desk) -> list[Queued]:
    """The tickets that nobody has come with yet, in the order in which they are served: those called first."""
    told = [_queued(one) for one in waiting(desk) if not one.came]
    return sorted((one for one in told if one is not None), key=lambda one: (not one.calls, one.drawn))


def call_next(desk: Desk) -> Queued | None:
    """Call the ticket that waits longest; the one that was called already is called again. None for an empty queue."""
    found = queue(desk)
    return call(desk, found[0].visit) if found else None


def call(desk: Desk, visit_id: str) -> Queued:
    """Call this ticket, first or again. RefusedError for a visit that drew none."""
    record = open_visit(desk, visit_id)
    visit = visit_of(record)
    waits = _queued(visit)
    if waits is None:
        raise RefusedError(tr("This visit is in no queue: it drew no ticket."))
    edits = {visits.CALLED: stamp(desk.clock.now()), visits.CALLS: str(visit.calls + 1)}
    desk.commit(record, edits)
    return replace(waits, calls=visit.calls + 1)


def come(desk: Desk, visit_id: str) -> Visit:
    """They are here: the visit leaves the queue. One that is in no queue stays as it is."""
    record = open_visit(desk, visit_id)
    visit = visit_of(record)
    if not visit.drawn or visit.came:
        return visit
    return visit_of(desk.commit(record, {visits.CAME: stamp(desk.clock.now())}))


def not_come(desk: Desk, visit_id: str) -> Visit:
    """Nobody came: the ticket is put aside. RefusedError for one that was never called, or is being served."""
    visit = visit_of(open_visit(desk, visit_id))
    if visit.items or visit.came:
        raise RefusedError(tr("This visit is being served already. Finish it instead."))
    if not visit.calls:
        raise RefusedError(tr("Call the ticket first: nobody can miss a call that was not made."))
    return visit_of(take(desk, visit_id, visits.NOT_COME))


def _queued(visit: Visit) -> Queued | None:
    """A visit as it waits; None where it drew no ticket."""
    drawn = _drawn(visit)
    return Queued(visit.id, visit.ticket or visit.alias, drawn, visit.calls) if drawn else None


def _drawn(visit: Visit) -> datetime | None:
    """When a visit drew its ticket; None where it drew none, or says what is no moment: one such visit must not take
    the queue away from all others."""
    try:
        return moment_of(visit.drawn)
    except ValueError:
        return None


def _next(desk: Desk) -> str:
    """The letter of this laptop's lane, and one more than the highest number drawn today."""
    letter = desk.lane.upper() or FIRST
    mine = Query(service=visits.SERVICE, author=desk.person.id, sort="updated")
    drawn = (visit_of(one) for one in desk.store.find(mine, LOOKED_AT))
    return f"{letter}{1 + max(_numbers(desk, drawn, letter), default=0)}"


def _numbers(desk: Desk, drawn: Iterable[Visit], letter: str) -> list[int]:
    day = today(desk.clock)
    today_s = (one for one in drawn if (at := _drawn(one)) and at.date() == day)
    found = (_TICKET.fullmatch(one.ticket) for one in today_s)
    return [int(match[2]) for match in found if match and match[1] == letter]
