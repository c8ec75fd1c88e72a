"""What if somebody is away: their open work shared out among colleagues, proposed first, then given at once or not at
all, and taken back the same way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fieldapp.access import SUPERVISOR, require_role
from fieldapp.actions.desk import Desk
from fieldapp.records import ASSIGNEE, WARD, Record
from fieldapp.reports.standing import OPEN
from fieldapp.store import Query
from fieldapp.store.sums import Held
from fieldapp.texts import tr

MOST = 500  # of one person's work: nobody has more


@dataclass(frozen=True)
class Share:
    """One piece of work, and who would get it: a user id."""

    record: Record
    to: str


@dataclass(frozen=True)
class Proposal:
    """Who holds open work here, who could take each record over, and who would get what."""

    holders: tuple[str, ...]
    colleagues: Mapping[str, Sequence[str]]  # by record
    shares: tuple[Share, ...]
    busiest: str = ""  # who holds most, "" where nobody holds any


def work_of(desk: Desk, person: str) -> list[Record]:
    """A person's open work, what is due first in front; what has no date comes last."""
    query = Query(assignee=person, state_kinds=OPEN, sort="due", descending=False)
    return desk.store.find(query, MOST) if person else []


def proposal(desk: Desk, away: str) -> Proposal:
    """The work of `away`, each piece with the colleague who has the least to do then; of those who have equally much,
    with one who has work in the same ward and of the same service. Nobody's own work moves.

    Colleagues are those who hold open work of the same services and whose role can finish it; where nobody does, all
    whom the City has named and whose role can. What waits for somebody else's decision is nobody's to take over. It
    counts all records: not for the screen's thread."""
    groups = desk.store.sums.held(_open_states(desk))
    holders = tuple(sorted({one.assignee for one in groups}))
    roles = desk.store.people.roles()
    work = [record for record in work_of(desk, away) if asks(desk, record, roles.get(away))]
    services = {record.service for record in work}
    alike = {one.assignee for one in groups if one.service in services} or set(desk.store.people.names())
    colleagues = tuple(sorted(alike - {away} or set(desk.store.people.names()) - {away}))
    able = {
        record.id: [one for one in colleagues if fits(desk, record, roles.get(one))]
        or [one for one in sorted(set(desk.store.people.names()) - {away}) if fits(desk, record, roles.get(one))]
        for record in work
    }
    held = Counter[str]()
    for group in groups:
        held[group.assignee] += group.n
    most = max(holders, key=lambda one: held[one], default="")
    return Proposal(holders, able, tuple(_shares([record for record in work if able[record.id]], groups, able)), most)


def asks(desk: Desk, record: Record, roles: Collection[str] | None) -> bool:
    """Whether somebody with these roles has anything to do about it now; withdrawing it, which takes a reason, is no
    work that waits. Where roles are not known, they have."""
    service = desk.service_of(record)
    state = service.state(record.state)
    steps = [step for step in service.transitions if record.state in step.from_ and not step.needs_reason]
    return roles is None or state.editable or any(step.roles & set(roles) for step in steps)


def fits(desk: Desk, record: Record, roles: Collection[str] | None) -> bool:
    """Whether somebody with these roles could finish what is to be filled in now. Where roles are not known, they may;
    what is with the City already has nothing to be filled in."""
    service = desk.service_of(record)
    steps = [step for step in service.transitions if record.state in step.from_ and step.needs_complete_form]
    filled_in = service.state(record.state).editable and bool(steps)
    return roles is None or not filled_in or any(step.roles & set(roles) for step in steps)


def _shares(work: Sequence[Record], groups: Sequence[Held], able: Mapping[str, Sequence[str]]) -> Iterator[Share]:
    load: Counter[str] = Counter()
    known: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        load[group.assignee] += group.n
        known[group.assignee] |= {group.ward, group.service}
    for record in work:
        near = {record.get(WARD), record.service}
        to = min(able[record.id], key=lambda one: (load[one], -len(near & known[one]), one))
        load[to] += 1
        yield Share(record, to)


def give_out(desk: Desk, shares: Sequence[Share]) -> list[Share]:
    """Give all of it, durably, or nothing. What is returned, given out again, takes it back.

    AccessError without the role supervisor."""
    require_role(desk.person, frozenset({SUPERVISOR}), tr("assign work"))
    now = [(desk.record(share.record.id), share.to) for share in shares]
    moved = [(record, to) for record, to in now if record.get(ASSIGNEE) != to]
    desk.store.commit_together([(desk.change(record, {ASSIGNEE: to or None}), ()) for record, to in moved])
    return [Share(record, record.get(ASSIGNEE)) for record, _to in moved]


def _open_states(desk: Desk) -> list[tuple[str, str, str]]:
    """Service, state and kind of all work, health and the City's own too: somebody has to do it."""
    states = ((service.id, state) for service in desk.catalogue for state in service.states)
    return [(service, state.id, state.kind) for service, state in states if state.kind in OPEN]
