"""I11, I12 in whatever order: laptops answer, choose several, write notes, add and take away lines, judge, decide and
send on a lossy line; then every value that anybody wrote is current, superseded by somebody who saw it, or in dispute.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from fieldapp.errors import OfflineError
from fieldapp.merging import Kind
from fieldapp.records import WHY, Change, change_of
from fieldapp.services import Catalogue
from fieldapp.store import Dispute
from sync.gateway.postgres import PostgresDatabase
from tests.support import postgres
from tests.support.faults import Lossy
from tests.support.gateway import INSPECTOR_8, SECOND_CHIEF, City, Laptop, make_service, steps_alone

SERVICE = "building-inspection"
SET, NOTE, VERDICT = "visit/more_visit/hazard_to_staff", "outcome/remarks", "outcome/result"
PLAIN, LINE = "visit/consent_name", "photos/photo[{key}]"
WHO = st.integers(0, 2)


class Merging(RuleBasedStateMachine):
    """Three laptops of one inspector's, one of a supervisor, one record."""

    catalogue: Catalogue
    address = ""

    @initialize(seed=st.integers(0, 1000))
    def begin(self, seed: int) -> None:
        self.folder = Path(tempfile.mkdtemp())
        database = PostgresDatabase(self.address) if self.address else None
        service = make_service(self.folder / "gateway", self.catalogue, database=database)
        self.city = City(self.folder, service)
        self.line = Lossy(seed, 0.0)
        for person in (INSPECTOR_8, INSPECTOR_8, INSPECTOR_8, SECOND_CHIEF):
            self.city.laptop(person, wrap=self.line.over)
        self.version = self.catalogue.get(SERVICE).form_version
        start = {"@state": "planned", SET: "dog", NOTE: "Begun", "photos/photo[a]": "1", "photos/photo[a]/caption": "x"}
        self.record = self.laptop(0).new(start, service=SERVICE, form_version=self.version)
        self.city.sync()
        self.lines = 0

    def laptop(self, who: int) -> Laptop:
        return self.city.laptops[who]

    def write(self, who: int, edits: dict[str, str | None], **parts: Any) -> None:
        laptop = self.laptop(who)
        changed = {path: new for path, new in edits.items() if (new or "") != laptop.answer(self.record, path)}
        if changed:
            laptop.edit(self.record, changed, service=SERVICE, form_version=self.version, **parts)

    @rule(who=WHO, value=st.sampled_from(["1", "2", "3", None]))
    def answer(self, who: int, value: str | None) -> None:
        self.write(who, {PLAIN: value})

    @rule(who=WHO, one=st.sampled_from(["dog", "structure", "air", "needles"]))
    def tick_or_untick(self, who: int, one: str) -> None:
        now = self.laptop(who).answer(self.record, SET).split()
        chosen = [other for other in now if other != one] if one in now else [*now, one]
        self.write(who, {SET: " ".join(chosen) or None})

    @rule(who=WHO, words=st.sampled_from(["Roof open", "Wall wet", "Door stuck"]))
    def note(self, who: int, words: str) -> None:
        now = self.laptop(who).answer(self.record, NOTE)
        if words not in now:
            self.write(who, {NOTE: f"{now}\n{words}"})

    @rule(who=WHO, verdict=st.sampled_from(["passed", "failed", "partial"]))
    def judge(self, who: int, verdict: str) -> None:
        self.write(who, {VERDICT: verdict})

    @rule(who=WHO)
    def add_a_line(self, who: int) -> None:
        self.lines += 1
        line = LINE.format(key=f"n{self.lines}")
        self.write(who, {line: "9", f"{line}/caption": "new"})

    @rule(who=WHO, words=st.sampled_from(["y", "z"]))
    def caption(self, who: int, words: str) -> None:
        if self.laptop(who).answer(self.record, LINE.format(key="a")):
            self.write(who, {"photos/photo[a]/caption": words})

    @rule(who=WHO)
    def take_the_line_away(self, who: int) -> None:
        here = [path for path in self.laptop(who).record(self.record).fields if path.startswith("photos/photo[a]")]
        self.write(who, dict.fromkeys(here))

    @rule(who=st.integers(0, 3), loss=st.sampled_from([0.0, 0.3]))
    def sync(self, who: int, loss: float) -> None:
        self.line.loss = loss
        with contextlib.suppress(OfflineError):
            self.laptop(who).sync()
        self.line.loss = 0.0

    @rule(two=st.permutations([0, 1, 2]), path=st.sampled_from([PLAIN, VERDICT]))
    def two_differ(self, two: list[int], path: str) -> None:
        """Two laptops answer without having seen each other, and the second meets the first at the City."""
        for who, value in zip(two[:2], ("partial", "not_ready"), strict=True):
            self.write(who, {path: value})
        for who in two[:2]:
            self.laptop(who).sync()
        self.laptop(3).sync()

    @rule()
    def everybody_syncs(self) -> None:
        self.city.sync()

    @precondition(lambda self: self.in_conflict() is not None)
    @rule(mine=st.booleans())
    def choose(self, mine: bool) -> None:
        laptop = self.in_conflict()
        assert laptop is not None
        laptop.store.resolve(self.record, mine=mine)

    def in_conflict(self) -> Laptop | None:
        """A laptop whose person has to choose."""
        laptops = self.city.laptops if hasattr(self, "city") else []
        return next((one for one in laptops if any(_states(one, self.record, "conflict"))), None)

    @precondition(lambda self: hasattr(self, "city") and bool(_open(self.city.laptops[3])))
    @rule(first=st.booleans())
    def decide(self, first: bool) -> None:
        chief = self.laptop(3)
        dispute = _open(chief)[0]
        chosen = {one.path: (one.theirs if first else one.mine) or None for one in dispute.paths}
        was = {one.path: one.theirs or None for one in dispute.paths}
        if not any(_states(chief, self.record, "sealed")):
            if any(_states(chief, self.record, "rejected")):
                chief.store.resolve(self.record, mine=False)
            parts = {"settles": (dispute.op,), "was": was, "service": SERVICE, "form_version": self.version}
            chief.commit(self.record, {**chosen, WHY: "I looked"}, **parts)

    def teardown(self) -> None:
        if not hasattr(self, "city"):
            return
        try:
            self.city.sync()
            self.city.sync()
            self._check_alike()
            _check_no_lost_edit(self.city, self.record, self.catalogue)
        finally:
            self.city.close()
            shutil.rmtree(self.folder)

    def _check_alike(self) -> None:
        for laptop in self.city.laptops:
            assert laptop.store.check() == []
            assert laptop.store.verify_chain().whole
            assert laptop.sync().equal
        assert len({laptop.store.exchange.summary() for laptop in self.city.laptops[:3]}) == 1


def _states(laptop: Laptop, record: str, state: str) -> list[bool]:
    return [entry.state == state for entry in laptop.store.history(record)]


def _open(laptop: Laptop) -> list[Dispute]:
    return [one for one in laptop.store.exchange.disputes().items if one.referred and not one.settled_by]


def _check_no_lost_edit(city: City, record: str, catalogue: Catalogue) -> None:
    """I11 by the City's own history: each op that it judged, path by path."""
    api = city.service.as_(SECOND_CHIEF)
    ops = [(change_of(entry.op), entry.result.status) for entry in api.history(record).entries]
    now = city.laptops[3].store.city_record(record) or city.laptops[3].record(record)
    disputed = {tuple(row) for row in city.service.database.read("SELECT op, path FROM conflict")}
    kinds = catalogue.merging(SERVICE, ops[0][0].form_version)
    for place, (change, status) in enumerate(ops):
        later = [other for other, answer in ops[place + 1 :] if answer in {"applied", "merged", "noop"}]
        for path, new in change.edits.items():
            if path.startswith("@") or new == change.was.get(path) or status in {"rejected", "noop"}:
                continue
            kept = _is_there(kinds(path), change, path, now.get(path))
            superseded = any(path in other.edits and other.edits[path] != other.was.get(path) for other in later)
            waits = status == "conflict" and any(op == change.id for op, _ in disputed)
            assert kept or superseded or waits, (change.id, path, new, now.get(path))


def _is_there(kind: Kind, change: Change, path: str, now: str) -> bool:
    new, was = change.edits[path] or "", change.was.get(path) or ""
    if kind is Kind.SET:
        mine, seen, there = set(new.split()), set(was.split()), set(now.split())
        return mine - seen <= there and not (seen - mine) & there
    if kind is Kind.APPEND:
        return set(new.splitlines()) - set(was.splitlines()) <= set(now.splitlines())
    return new == now


def few(examples: int, steps: int) -> settings:
    """So many runs of so many steps."""
    every = list(HealthCheck)
    return settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=every)


class OnSqlite(Merging):
    """Each run with a gateway on a file of its own."""


class OnPostgres(Merging):
    """Each run in an empty place of its own on the server."""

    server = ""

    def __init__(self) -> None:
        super().__init__()
        self._place = postgres.schema(self.server)
        self.address = self._place.__enter__()

    def teardown(self) -> None:
        super().teardown()
        self._place.__exit__(None, None, None)


@pytest.fixture(scope="module")
def visits() -> Catalogue:
    """The services; the form is loaded once, and no step needs it to be complete."""
    found = steps_alone()
    found.get(SERVICE).form()
    return found


def test_i11_i12_nothing_that_anybody_wrote_is_lost(visits: Catalogue) -> None:
    OnSqlite.catalogue = visits
    run_state_machine_as_test(OnSqlite, settings=few(12, 20))


@pytest.mark.xdist_group("postgres")
def test_i11_i12_nothing_that_anybody_wrote_is_lost_on_postgresql(visits: Catalogue, cluster: str) -> None:
    OnPostgres.catalogue, OnPostgres.server = visits, cluster
    run_state_machine_as_test(OnPostgres, settings=few(4, 15))
