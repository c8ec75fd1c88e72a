"""Three laptops do anything in any order on a lossy line; then all is quiet, and nothing is lost, doubled or apart."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fieldapp.errors import OfflineError
from fieldapp.records import STATE
from sync.gateway.postgres import PostgresDatabase
from tests.support.faults import Lossy
from tests.support.gateway import CHIEF, CLERK, DRAFT, SUBMITTED, City, Laptop, make_service, steps_alone
from tests.support.postgres import schema

CATALOGUE = steps_alone()
WHO = st.integers(0, 2)
PATHS = st.sampled_from(["items/a", "items/b", "items/c"])
VALUES = st.sampled_from(["1", "2", "3", None])
NUMBERS = st.integers(0, 3)


class Laptops(RuleBasedStateMachine):
    """Two laptops of a clerk and one of a supervisor, with a gateway in process."""

    server: ClassVar[str] = ""  # PostgreSQL's address; "" for a file

    @initialize(seed=st.integers(0, 1000))
    def begin(self, seed: int) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.rest = contextlib.ExitStack()
        database = PostgresDatabase(self.rest.enter_context(schema(self.server))) if self.server else None
        self.city = City(self.folder, make_service(self.folder / "gateway", CATALOGUE, database=database))
        self.line = Lossy(seed, 0.0)
        for person in (CLERK, CLERK, CHIEF):
            self.city.laptop(person, wrap=self.line.over)
        self.made = [self.laptop(0).new({"items/a": "0"})]
        self.city.sync()

    def laptop(self, who: int) -> Laptop:
        return self.city.laptops[who]

    def known(self, laptop: Laptop, n: int) -> str:
        """Some record that this laptop has, "" when it has none."""
        here = [record for record in self.made if laptop.store.record(record)]
        return here[min(n, len(here) - 1)] if here else ""

    @rule(who=WHO, ward=st.sampled_from(["08", "09", ""]))
    def record_something(self, who: int, ward: str) -> None:
        self.made.append(self.laptop(who).new({"items/a": "0"}, ward=ward))

    @rule(who=st.integers(0, 1), n=NUMBERS, path=PATHS, value=VALUES)
    def answer(self, who: int, n: int, path: str, value: str | None) -> None:
        laptop = self.laptop(who)
        if record := self.known(laptop, n):
            laptop.edit(record, {path: value})

    @rule(who=WHO, n=NUMBERS)
    def submit(self, who: int, n: int) -> None:
        laptop = self.laptop(who)
        record = self.known(laptop, n)
        if record and laptop.answer(record, STATE) == DRAFT:
            laptop.step(record, "submit", SUBMITTED)

    @rule(who=WHO, loss=st.sampled_from([0.0, 0.2, 0.5]))
    def sync(self, who: int, loss: float) -> None:
        self.line.loss = loss
        with contextlib.suppress(OfflineError):
            self.laptop(who).sync()
        self.line.loss = 0.0

    @rule(who=WHO, n=NUMBERS, mine=st.booleans())
    def repair(self, who: int, n: int, mine: bool) -> None:
        laptop = self.laptop(who)
        record = self.known(laptop, n)
        in_trouble = record and laptop.store.history(record)[-1:]
        if in_trouble and in_trouble[0].state == "conflict":
            laptop.store.resolve(record, mine=mine)

    @invariant()
    def no_op_counts_twice_and_the_tallies_are_true(self) -> None:
        if not hasattr(self, "city"):
            return
        database = self.city.service.database
        assert self.city.count("op") == database.read("SELECT count(DISTINCT id) FROM op")[0][0]
        buckets = database.read("SELECT bucket FROM record")
        truth = Counter(name for (names,) in buckets for name in names.split())
        assert {name: count for name, (count, _) in self.city.service.summary().items() if count} == truth

    def teardown(self) -> None:
        if not hasattr(self, "city"):
            return
        try:
            self.city.sync()
            self._check_quiet()
        finally:
            self.city.close()
            self.rest.close()
            shutil.rmtree(self.folder)

    def _check_quiet(self) -> None:
        for laptop in self.city.laptops:
            proof = laptop.sync()
            assert proof.equal
            assert (proof.sent, proof.received) == (0, 0)
            for record in self.made:
                states = {entry.state for entry in laptop.store.history(record)}
                assert states <= {
                    "applied",
                    "merged",
                    "noop",
                    "conflict",
                    "rejected",
                    "sealed",
                    "replaced",
                    "withdrawn",
                    "referred",
                    "decided",
                }
            assert laptop.store.verify_chain().whole
        assert len({laptop.store.exchange.summary() for laptop in self.city.laptops}) == 1
        self._check_nothing_lost()

    def _check_nothing_lost(self) -> None:
        """Every sealed op is judged and kept by the City, or waits behind one that a person must repair."""
        kept = {id_ for (id_,) in self.city.service.database.read("SELECT id FROM op")}
        for laptop in self.city.laptops:
            for record in self.made:
                entries = laptop.store.history(record)
                troubled = any(entry.state in {"conflict", "rejected", "referred"} for entry in entries)
                missing = [entry for entry in entries if entry.change.id not in kept]
                assert troubled or all(entry.state in {"replaced", "withdrawn"} for entry in missing)


TestLaptops = Laptops.TestCase
TestLaptops.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.xdist_group("postgres")
def test_i03_i04_i09_laptops_on_postgresql(cluster: str) -> None:
    class OnPostgres(Laptops):
        server = cluster

    bounds = settings(max_examples=4, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(OnPostgres, settings=bounds)
