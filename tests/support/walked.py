"""A service as the City uses it: filled offline by each role that may start it, walked through every step, synced."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.access import ROLES, SUPERVISOR
from fieldapp.actions import Desk, answer, assign, attach, may_edit, open_form, start, take
from fieldapp.clock import FixedClock, new_id, stamp
from fieldapp.forms.filling import Step
from fieldapp.places import Layers
from fieldapp.records import REASON, STATE, Change, Person, Record
from fieldapp.services import Catalogue, Service, Transition
from fieldapp.store import Store
from sync.engine import Engine
from sync.gateway import GatewayService
from sync.wire import FeedRow, OpResult, PushRequest
from tests.support.autofill import fill_all, replay
from tests.support.store import KEY
from tests.support.walking import Way, ways

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


def who(role: str, which: str = "a") -> Person:
    """Two people have each role, and no other."""
    return Person(f"{role}.{which}", f"{role} {which}", frozenset({role}))


STAFF = tuple(who(role, which) for role in sorted(ROLES) for which in "ab")


@dataclass
class Office:
    """One gateway with all services, and a laptop for each of the staff, opened when it is first needed."""

    folder: Path
    catalogue: Catalogue
    clock: FixedClock = field(default_factory=FixedClock)
    desks: dict[str, tuple[Desk, Engine]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.service = GatewayService(self.folder / "gateway", self.catalogue, self.clock)
        for person in STAFF:
            self.service.people.keep(person)

    def desk(self, person: Person) -> Desk:
        """The person's laptop."""
        if person.id not in self.desks:
            device = f"LT-{len(self.desks)}"
            store = Store.open(self.folder / device, KEY, clock=self.clock, device=device, guide=self.catalogue)
            desk = Desk(person, store, self.catalogue, Layers(self.folder / "layers.db"), self.clock, device)
            self.desks[person.id] = desk, Engine(store, self.service.as_(person), person, self.clock)
        return self.desks[person.id][0]

    def sync(self, *people: Person) -> None:
        """A cycle for each of these."""
        for person in dict.fromkeys(people):
            self.desk(person)
            self.desks[person.id][1].cycle()

    def row(self, record: str) -> FeedRow:
        """The record as the City has it."""
        found = self.service.as_(who(SUPERVISOR, "b")).record(record).row
        assert found is not None, "the City does not have the record"
        return found

    def close(self) -> None:
        """Bring everything to rest."""
        for desk, _ in self.desks.values():
            desk.store.close()
        self.service.close()


@dataclass(frozen=True)
class Case:
    """One record on its way: its author, the people who take its steps, and the states that it was in."""

    record: str
    author: Person
    way: Way
    actors: tuple[Person, ...]


class Walk:
    """One service in the office."""

    def __init__(self, office: Office, service: Service) -> None:
        self.office = office
        self.service = service
        self._parent = ""
        self._filled: dict[str, list[Step]] = {}

    # Filling

    def start(self, author: Person, parent: str = "") -> Record:
        """A new draft; where the service belongs to another's record, under one of those."""
        if self.service.parent and not parent:
            parent = self.parent(author)
        return start(self.office.desk(author), self.service.id, parent=parent)

    def parent(self, author: Person) -> str:
        """A record of the service that this one belongs to, on the author's laptop."""
        if not self._parent:
            above = Walk(self.office, self.office.catalogue.get(self.service.parent))
            case = above.begin(ways(above.service)[0], 0)
            above.step(case, 0)
            self.office.sync(case.author)
            self._parent = case.record
        if self.office.desk(author).store.record(self._parent) is None:
            self.office.sync(author)
        return self._parent

    def fill(self, author: Person, record: Record, way: Way | None = None, position: int = 0) -> Record:
        """Fill the form from its first question on, so that the way may be gone from `position` on."""
        desk = self.office.desk(author)
        photo = attach(desk, PIXEL, mime="image/png")
        wishes = way.wishes(self.service, position) if way else {}
        key = str(sorted((path, sorted(values)) for path, values in wishes.items()))
        session = open_form(desk, record)
        if position or key not in self._filled:
            file, now = f"{photo.sha256}.png", self.office.clock.now()
            steps = fill_all(session, now, photo=file, wishes=wishes)
            self._filled.setdefault(key, steps)
        session = open_form(desk, record)
        replay(session, steps if position else self._filled[key])
        edits, _ = session.edits(record.fields)
        return answer(desk, record.id, edits) if edits else record

    # Walking

    def begin(self, way: Way, number: int) -> Case:
        """A filled draft of somebody who may go the way's first steps."""
        first = way.steps[0]
        roles = sorted(self.service.start_roles)
        able = [role for role in roles if role in first.roles and not first.not_author]
        role = (able or roles)[number % len(able or roles)]
        author = who(role)
        record = self.start(author)
        if not able:  # a supervisor plans it, and who may take the step makes it
            maker = who(min(first.roles))
            assign(self.office.desk(author), record.id, to=maker.id)
            self.office.sync(author, maker)
            author, record = maker, self.office.desk(maker).record(record.id)
        self.fill(author, record, way)
        return Case(record.id, author, way, tuple(self._actors(author, way, number)))

    def _actors(self, author: Person, way: Way, number: int) -> Iterator[Person]:
        """Who takes each step: the author what is open to them, else somebody with one of its roles."""
        state = self.service.first_state
        for step in way.steps:
            mine = bool(author.roles & step.roles) and not (step.not_author or step.second_person)
            held = self.service.state(state).editable or step.author_only
            others = sorted(step.roles)
            yield author if mine and held else who(others[number % len(others)], "b")
            state = step.to

    def step(self, case: Case, position: int) -> None:
        """The case's step at `position` is taken on the laptop of whose step it is, without a network."""
        step, actor = case.way.steps[position], case.actors[position]
        desk = self.office.desk(actor)
        record = desk.record(case.record)
        if position and may_edit(desk, record) and not step.fits(record.fields):
            self.fill(actor, record, case.way, position)
        reason = "As asked for" if step.needs_reason else ""
        take(desk, case.record, step.id, reason=reason)

    # Forbidden steps, sent past every rule of a laptop

    def forced(self, record: FeedRow, step: Transition, person: Person) -> Change:
        """A Change that takes the step all the same."""
        return Change(
            id=new_id(),
            record=record.id,
            service=record.service,
            form_version=record.form_version,
            base_rev=record.rev,
            edits={STATE: step.to, REASON: "forced"},
            was={STATE: record.fields[STATE], REASON: record.fields.get(REASON)},
            actor=person.id,
            principal=person.id,
            device=f"FORCED-{person.id}",
            at=stamp(self.office.clock.now()),
            transition=step.id,
        )

    def sent(self, person: Person, changes: list[Change]) -> tuple[OpResult, ...]:
        """What the City says to them."""
        ops = tuple(change.payload() for change in changes)
        return self.office.service.as_(person).push(PushRequest(f"FORCED-{person.id}", ops)).results
