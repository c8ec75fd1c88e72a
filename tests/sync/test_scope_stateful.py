"""Records change hands, wards and states while people gain and lose wards and offices, the gateway forgets, and lines
break: each laptop ends with exactly the rows that are its person's business (I6, I9, I16, I17)."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from fieldapp.access import INSPECTOR, reaches
from fieldapp.clock import FixedClock
from fieldapp.errors import OfflineError
from fieldapp.records import ASSIGNEE, WARD, Person
from fieldapp.services import Catalogue
from tests.support.faults import Lossy
from tests.support.gateway import CHIEF, SERVICE, City, Laptop, make_service, steps_alone

OFFICE = "waste"
SERVICES = {one.id: one for one in steps_alone()}
CATALOGUE = Catalogue({**SERVICES, SERVICE: replace(SERVICES[SERVICE], office=OFFICE)})
ONE = Person("i.one", "I. One", frozenset({INSPECTOR}), frozenset({"08"}))
TWO = Person("i.two", "I. Two", frozenset({INSPECTOR}), frozenset({"09"}))
WHO = st.integers(1, 2)
WARDS = st.sampled_from(["08", "09", ""])
NUMBERS = st.integers(0, 3)


class Hands(RuleBasedStateMachine):
    """A chief, who sees everything and gives work out, and two inspectors."""

    @initialize(seed=st.integers(0, 1000))
    def begin(self, seed: int) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = FixedClock()
        self.city = City(self.folder, make_service(self.folder / "gateway", CATALOGUE, self.clock))
        self.line = Lossy(seed, 0.0)
        for person in (CHIEF, ONE, TWO):
            self.city.service.people.keep(person)
            self.city.laptop(person, wrap=self.line.over)
        self.made = [self.chief.new({ASSIGNEE: ONE.id}, ward="09")]
        self.city.sync()

    @property
    def chief(self) -> Laptop:
        return self.city.laptops[0]

    @rule(ward=WARDS, assignee=st.sampled_from([ONE.id, TWO.id, CHIEF.id]))
    def record_something(self, ward: str, assignee: str) -> None:
        self.made.append(self.chief.new({ASSIGNEE: assignee}, ward=ward))

    @rule(n=NUMBERS, assignee=st.sampled_from([ONE.id, TWO.id, None]))
    def give(self, n: int, assignee: str | None) -> None:
        self.chief.edit(self.made[n % len(self.made)], {ASSIGNEE: assignee})

    @rule(n=NUMBERS, ward=WARDS)
    def move(self, n: int, ward: str) -> None:
        self.chief.edit(self.made[n % len(self.made)], {WARD: ward or None})

    @rule(who=WHO, wards=st.frozensets(st.sampled_from(["08", "09"])), offices=st.sampled_from([(), (OFFICE,)]))
    def grant(self, who: int, wards: frozenset[str], offices: tuple[str, ...]) -> None:
        laptop = self.city.laptops[who]
        laptop.person = replace(laptop.person, wards=wards, offices=frozenset(offices))
        self.city.service.people.keep(laptop.person)
        laptop.api = self.line.over(self.city.api(laptop.person))
        laptop.engine = type(laptop.engine)(laptop.store, laptop.api, laptop.person, laptop.clock)

    @rule(who=WHO, n=NUMBERS)
    def answer(self, who: int, n: int) -> None:
        laptop, record = self.city.laptops[who], self.made[n % len(self.made)]
        if laptop.store.record(record):
            laptop.edit(record, {"items/a": str(n)})

    @rule(who=st.integers(0, 2), loss=st.sampled_from([0.0, 0.0, 0.4]))
    def sync(self, who: int, loss: float) -> None:
        self.line.loss = loss
        with contextlib.suppress(OfflineError):
            self.city.laptops[who].sync()
        self.line.loss = 0.0
        assert self.city.laptops[who].store.check() == []

    @rule(days=st.sampled_from([1, 181]))
    def forget(self, days: int) -> None:
        self.clock.forward(days=days)
        self.city.service.tidy()

    def teardown(self) -> None:
        if not hasattr(self, "city"):
            return
        try:
            self.city.sync()
            self._check()
        finally:
            self.city.close()
            shutil.rmtree(self.folder)

    def _check(self) -> None:
        for laptop in self.city.laptops:
            proof = laptop.sync()
            assert proof.equal
            assert (proof.sent, proof.received, proof.rebuilt, proof.resynced) == (0, 0, (), ())
            for record in self.made:
                held = any(entry.state in {"rejected", "conflict"} for entry in laptop.store.history(record))
                theirs = reaches(laptop.person, self.chief.record(record).fields, OFFICE)
                assert (laptop.store.record(record) is not None) == (theirs or held)
                if theirs:
                    assert laptop.store.city_record(record) == self.chief.store.city_record(record)
            assert laptop.store.check() == []


TestHands = Hands.TestCase
TestHands.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
