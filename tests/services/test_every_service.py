"""Every service, as a folder of data, works whole: each role that may start it fills it offline from first question on,
every step leads where it says, the City has the same, and what is forbidden is refused there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from _pytest.mark import ParameterSet

from fieldapp.records import ASSIGNEE, AUTHOR, STATE, SUBMITTED_BY, Person
from fieldapp.services import Catalogue, Transition, shipped
from sync.wire import FeedRow
from tests.support.walked import STAFF, Case, Office, Walk, who
from tests.support.walking import allowed, terminal, ways

FOLDERS = sorted(path.parent.name for path in shipped().glob("*/service.toml"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    place = tmp_path_factory.mktemp("office")
    office = Office(place, Catalogue.load(cache=place / "cache"))
    yield office
    office.close()


@dataclass
class Walked:
    """A service that was walked through once, for the tests that look at what came of it."""

    walk: Walk
    started: dict[str, str] = field(default_factory=dict)  # role → a record that it filled
    cases: list[Case] = field(default_factory=list)
    seen: dict[str, FeedRow] = field(default_factory=dict)  # state → a record in it, as the City had it then


def _by_service() -> list[ParameterSet]:
    """A service's walk takes seconds, so all its tests go to one worker."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(f"service {name}")) for name in FOLDERS]


@pytest.fixture(scope="module", params=_by_service())
def walked(request: pytest.FixtureRequest, office: Office) -> Walked:
    """Each role's record is filled and kept; one for each way is taken along it, step by step, offline, then synced."""
    walk = Walk(office, office.catalogue.get(request.param))
    found = Walked(walk)
    for role in sorted(walk.service.start_roles):
        author = who(role)
        record = walk.fill(author, walk.start(author))
        office.desk(author).commit(record, {}, seal=True)
        found.started[role] = record.id
    found.cases = [walk.begin(way, number) for number, way in enumerate(ways(walk.service))]
    for position in range(max(len(case.way.steps) for case in found.cases)):
        going = [case for case in found.cases if position < len(case.way.steps)]
        people = [case.actors[position] for case in going]
        office.sync(*people)
        for case in going:
            walk.step(case, position)
        office.sync(*people)
        _note(found, [case.record for case in going])
    office.sync(*(case.author for case in found.cases), *map(who, found.started))
    _note(found, list(found.started.values()))
    return found


def _note(found: Walked, records: list[str]) -> None:
    for record in records:
        row = found.walk.office.row(record)
        found.seen[row.fields[STATE]] = row


def test_each_role_that_may_start_it_fills_it_offline_and_the_city_has_the_same(walked: Walked) -> None:
    office = walked.walk.office
    assert set(walked.started) == walked.walk.service.start_roles
    for role, record in walked.started.items():
        here = office.desk(who(role)).record(record)
        assert dict(office.row(record).fields) == dict(here.fields)
        assert not list(office.desk(who(role)).store.exchange.pending(who(role).id, 10, 10**6))


def test_every_state_is_reached_and_every_matter_can_end(walked: Walked) -> None:
    service = walked.walk.service
    assert set(walked.seen) == {state.id for state in service.states}
    assert set(terminal(service)) <= set(walked.seen)


def test_every_step_leads_where_it_says_and_the_city_has_the_same(walked: Walked) -> None:
    office = walked.walk.office
    for case in walked.cases:
        row = office.row(case.record)
        here = office.desk(case.author).record(case.record)
        assert row.fields[STATE] == case.way.steps[-1].to, [step.id for step in case.way.steps]
        assert dict(row.fields) == dict(here.fields)


def test_what_is_forbidden_is_refused_by_the_city(walked: Walked) -> None:
    """Every step from every state by everybody, but what service.toml allows, sent past the laptop's own rules."""
    walk = walked.walk
    rows = [walk.office.row(record) for record in dict.fromkeys(row.id for row in walked.seen.values())]
    for step in walk.service.transitions:
        for person in STAFF:
            wrong = [row for row in rows if _counts(person, row) and not _may(row, step, person)]
            results = walk.sent(person, [walk.forced(row, step, person) for row in wrong]) if wrong else ()
            taken = [
                (row.fields[STATE], step.id, person.id, said.status, said.code)
                for row, said in zip(wrong, results, strict=True)
                if said.status != "rejected" and not (said.status == "noop" and row.fields[STATE] == step.to)
            ]
            assert not taken
    assert [walk.office.row(row.id).rev for row in rows] == [row.rev for row in rows]


def _counts(person: Person, row: FeedRow) -> bool:
    """One of each role who has nothing to do with the record, and whoever has."""
    holders = {row.fields.get(path) for path in (SUBMITTED_BY, ASSIGNEE, AUTHOR)}
    return person.id.endswith(".b") or person.id in holders


def _may(row: FeedRow, step: Transition, person: Person) -> bool:
    fields = row.fields
    author = person.id == (fields.get(SUBMITTED_BY) or fields.get(ASSIGNEE) or fields[AUTHOR])
    holds = author or person.id == fields.get(ASSIGNEE)
    return allowed(step, fields, person.roles, author=author, holds=holds)
