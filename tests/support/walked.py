"""A service as the City uses it: filled offline by each role that may start it, walked through every step, synced."""

from __future__ import annotations

import base64
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.access import ROLES
from fieldapp.actions import Desk, answer, assign, attach, open_form, start, take
from fieldapp.clock import FixedClock, new_id, stamp
from fieldapp.forms.filling import Step
from fieldapp.places import Layers, import_layer
from fieldapp.records import REASON, STATE, Change, Edits, Person, Record, plain
from fieldapp.services import Catalogue, Service, Transition
from fieldapp.store import Store
from sync.engine import Engine
from sync.gateway import GatewayService
from sync.wire import FeedRow, OpResult, PushRequest
from tests.support.autofill import StuckError, fill_all, replay
from tests.support.places import wards_file
from tests.support.store import KEY
from tests.support.walking import Way, ways

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


def hints(service: str, wishes: Mapping[str, str]) -> dict[str, str]:
    """Answers from which a form calculates what steps depend on, where no single choice leads to it (answers/ways)."""
    file = Path(__file__).parent / "answers" / "ways" / f"{service}.toml"
    told = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    return {
        path: value for wish, wanted in wishes.items() for path, value in told.get(wish, {}).get(wanted, {}).items()
    }


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
        import_layer(self.folder / "layers.db", "rural", wards_file(self.folder, 1))  # where the forms' points are
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
        """The record as the City has it, also where it gives it to nobody any more."""
        sql = "SELECT rev, service, form_version, fields, at FROM record WHERE id = ?"
        [(rev, service, version, fields, at)] = self.service.database.read(sql, (record,))
        return FeedRow(record, rev, service, version, plain(fields), at=at)

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
        self._number = 0
        self._filled: dict[tuple[tuple[str, str], ...], list[Step]] = {}

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

    def fill(self, author: Person, record: Record, way: Way | None = None) -> Record:
        """Fill the form from its first question on, so that the way may be gone."""
        desk = self.office.desk(author)
        photo = attach(desk, PIXEL, mime="image/png")
        session = open_form(desk, record)
        wishes = way.wishes if way else {}
        refused = {(step.question, f"not {sorted(step.values)}") for step in (way.steps if way else ()) if step.negated}
        key = tuple(sorted({*wishes.items(), *refused}))
        if key in self._filled:
            replay(session, self._filled[key])
        else:
            self._filled[key] = self._steps(desk, record, way, f"{photo.sha256}.png")
            replay(session, self._filled[key])
        edits, _ = session.edits(record.fields)
        return answer(desk, record.id, self._own_numbers(edits))

    def _own_numbers(self, edits: Edits) -> Edits:
        """Each record hands over tags and papers of its own: a number is only handed over once."""
        named = {rule.numbers for rule in self.service.stock}
        self._number += 1
        return {
            path: f"{value}{self._number:04}" if value and re.sub(r"\[[^\]]*\]", "", path) in named else value
            for path, value in edits.items()
        }

    def _steps(self, desk: Desk, record: Record, way: Way | None, photo: str) -> list[Step]:
        """Steps after which the form is complete and the way fits; where a calculation decides, a choice is found."""
        wishes, now = way.wishes if way else {}, self.office.clock.now()
        form = open_form(desk, record).definition
        asked = {path: value for path, value in wishes.items() if not form.questions[path].bind.calculate}
        for more in self._guesses(desk, record, given=asked, wishes=wishes):
            session = open_form(desk, record)
            try:
                steps = fill_all(session, now, photo=photo, wishes={**asked, **more})
            except StuckError:
                if not more and way is None:
                    raise
                continue
            if way is None or way.fits({**record.fields, **session.answers()}):
                return steps
        return fill_all(open_form(desk, record), now, photo=photo, wishes=asked)  # says what is in the way

    def _guesses(
        self, desk: Desk, record: Record, *, given: Mapping[str, str], wishes: Mapping[str, str]
    ) -> Iterator[dict[str, str]]:
        yield hints(self.service.id, wishes)
        session = open_form(desk, record)
        for node in session.nodes():
            if node.question.kind in {"select", "multiple"} and node.question.path not in given and "[" not in node.ref:
                yield from ({node.question.path: choice.name} for choice in session.choices(node))

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
            mine = bool(author.roles & step.roles) and not step.not_author
            held = self.service.state(state).editable or step.author_only
            others = sorted(step.roles)
            yield author if mine and held else who(others[number % len(others)], "b")
            state = step.to

    def step(self, case: Case, position: int) -> None:
        """The case's step at `position` is taken on the laptop of whose step it is, without a network."""
        step = case.way.steps[position]
        reason = "As asked for" if step.needs_reason else ""
        take(self.office.desk(case.actors[position]), case.record, step.id, reason=reason)

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
