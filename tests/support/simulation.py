"""A city in virtual time (T2): laptops and a gateway under one seeded scheduler, in one thread. People save, workers
cycle and back off, requests and answers are lost or doubled, batteries fall out, the gateway restarts; in the middle of
a request somebody else may act. `python -m tests.support.simulation SEED` prints what happens in a run."""

from __future__ import annotations

import hashlib
import heapq
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from fieldapp.clock import FixedClock
from fieldapp.errors import OfflineError, SyncError
from fieldapp.services import Catalogue
from fieldapp.store import Store
from sync.backoff import Backoff
from sync.engine import Engine
from sync.wire import Hello, encoded
from tests.support.acting import act
from tests.support.faults import Line
from tests.support.gateway import (
    CHIEF,
    CLERK,
    INSPECTOR_8,
    City,
    Laptop,
    make_service,
    steps_alone,
)
from tests.support.one_thread import told_by
from tests.support.quiet import assert_quiet
from tests.support.store import KEY

Reply = TypeVar("Reply")
EVENTS = 90
PEOPLE = (CLERK, CHIEF, CLERK, INSPECTOR_8)
JUMP = 40  # the event at which a laptop's clock is moved, where one is
TABLES = {
    "record": "SELECT id, service, form_version, rev, fields, bucket, fp FROM record ORDER BY id",
    "op": "SELECT n, id, record, principal, status, rev FROM op ORDER BY n",
    "member": "SELECT bucket, record, seq, gone FROM member ORDER BY bucket, seq",
    "conflict": "SELECT op, path, base, mine, theirs, settled_by FROM conflict ORDER BY op, path",
    "bucket": "SELECT name, count, checksum FROM bucket ORDER BY name",
}


class BatteryError(BaseException):
    """The battery falls out of a laptop; nothing catches it on its way up."""


@dataclass(frozen=True)
class Outcome:
    """What a run left: its trace, and a hash of all that the City and the laptops hold."""

    trace: tuple[str, ...]
    state: str
    city: str  # the same of the City alone, without times

    @property
    def digest(self) -> str:
        """A hash of the trace."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()


@dataclass
class Simulation(Line):
    """One run. `jump`: so far is the first laptop's clock moved in the middle."""

    folder: Path
    seed: int
    catalogue: Catalogue
    jump: timedelta = timedelta()
    trace: list[str] = field(default_factory=list)
    storm: bool = True

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.clock = FixedClock()
        self.began = self.clock.now()
        self.city = City(self.folder, make_service(self.folder / "gateway", self.catalogue, self.clock))
        self.made: list[str] = []
        self.inside = False  # of somebody's request
        self._queue: list[tuple[float, int, Callable[[], float]]] = []
        self._count = 0
        for person in PEOPLE[: self.chance.randint(2, len(PEOPLE))]:
            self._arrive(self.city.laptop(person, wrap=self.over))

    def run(self) -> Outcome:
        """All events, then quiet, then the judgement."""
        for number in range(EVENTS):
            if number == JUMP:
                self.city.laptops[0].clock.forward(days=self.jump.days)
            self._next()
        self.storm = False
        assert_quiet(self.city)
        outcome = Outcome(tuple(self.trace), self._hash(stores=True), self._hash(stores=False))
        self.city.close()
        return outcome

    def carry(self, name: str, ask: Callable[[], Reply]) -> Reply:
        """One request: somebody else may act before and after it, and whatever may go wrong does."""
        if not self.storm:
            return ask()
        self._meanwhile()
        drawn = self.chance.random()
        self._perhaps(drawn < 0.06, name, "request lost", OfflineError("the request was lost"))
        self._perhaps(drawn < 0.09, name, "battery out before", BatteryError())
        reply = ask()
        if drawn < 0.16:
            reply = ask()
        told = replace(reply, key="") if isinstance(reply, Hello) else reply  # the gateway's key is made up by chance
        self.note(name, hashlib.sha256(told if isinstance(told, bytes) else encoded(told)).hexdigest()[:12])
        self._perhaps(drawn > 0.9, name, "answer lost", OfflineError("the answer was lost"))
        self._perhaps(drawn > 0.87, name, "battery out after", BatteryError())
        self._meanwhile()
        return reply

    def note(self, *words: object) -> None:
        """One more line of the trace."""
        self.trace.append(f"{(self.clock.now() - self.began).total_seconds():.1f} " + " ".join(map(str, words)))

    def _perhaps(self, true: bool, name: str, what: str, fault: BaseException) -> None:
        if true:
            self.note(name, what)
            raise fault

    def _meanwhile(self) -> None:
        """In the middle of a request, the next event of somebody may happen: a save, or a whole cycle of another."""
        if not self.inside and self.chance.random() < 0.3:
            self.inside = True
            try:
                self._person(self.chance.choice(self.city.laptops))
            finally:
                self.inside = False

    def _arrive(self, laptop: Laptop) -> None:
        laptop.clock = FixedClock(self.began)
        laptop.store._clock = laptop.engine._clock = laptop.clock
        with laptop.store._database.write() as tx:  # made up by chance elsewhere; here the seed decides all
            tx.execute("UPDATE chain SET name = ?", (laptop.device,))
        backoff = Backoff(random.Random(f"{self.seed} {laptop.device}"))
        self._plan(self.chance.random() * 30, lambda: self._person(laptop))
        self._plan(self.chance.random() * 60, lambda: self._worker(laptop, backoff))

    def _plan(self, at: float, do: Callable[[], float]) -> None:
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, do))

    def _next(self) -> None:
        at, _, do = heapq.heappop(self._queue)
        self._pass_time(self.began + timedelta(seconds=at))
        if self.chance.random() < 0.02:
            self._restart()
        self._plan(at + do(), do)

    def _pass_time(self, until: datetime) -> None:
        passed = (until - self.clock.now()).total_seconds()
        for clock in (self.clock, *(one.clock for one in self.city.laptops)):
            clock.forward(seconds=passed)

    def _restart(self) -> None:
        """The gateway ends and begins anew; laptops notice nothing but a lost request."""
        self.note("gateway restarts")
        self.city.service.close()
        self.city.service = make_service(self.folder / "gateway", self.catalogue, self.clock)
        for laptop in self.city.laptops:
            laptop.api = self.over(self.city.api(laptop.person))
            laptop.engine = Engine(laptop.store, laptop.api, laptop.person, laptop.clock)

    def _worker(self, laptop: Laptop, backoff: Backoff) -> float:
        """One cycle; seconds to the next."""
        try:
            proof = laptop.sync()
        except SyncError as fault:
            self.note(laptop.device, "cycle", type(fault).__name__)
            return backoff.after_failure(getattr(fault, "retry_after", 0.0))
        except BatteryError:
            self._start_again(laptop)
            return 5.0
        self.note(laptop.device, "cycle", proof.sent, proof.received, proof.files, proof.equal)
        backoff.reset()
        return 60.0

    def _start_again(self, laptop: Laptop) -> None:
        laptop.store.close()
        guide = self.catalogue
        folder = self.city.folder / laptop.device
        laptop.store = Store.open(folder, KEY, clock=laptop.clock, device=laptop.device, guide=guide)
        laptop.engine = Engine(laptop.store, laptop.api, laptop.person, laptop.clock)
        self.note(laptop.device, "starts again")

    def _person(self, laptop: Laptop) -> float:
        """Somebody does something; seconds to the next."""
        if did := act(laptop, self.made, self.chance):
            self.note(laptop.device, did)
        return self.chance.expovariate(1 / 25)

    def _hash(self, *, stores: bool) -> str:
        found: list[object] = [self.city.service.database.read(sql) for sql in TABLES.values()]
        for laptop in self.city.laptops if stores else ():
            read = laptop.store._database.read
            found.append(read("SELECT id, rev, place, fields, bucket, fp FROM record ORDER BY id"))
            found.append(read("SELECT * FROM journal ORDER BY seq"))
        return hashlib.sha256(repr(found).encode()).hexdigest()


def simulate(seed: int, catalogue: Catalogue, *, jump: timedelta = timedelta()) -> Outcome:
    """One run with all that the seed tells. AssertionError where an invariant does not hold at its end."""
    with tempfile.TemporaryDirectory() as folder, told_by(seed):
        run = Simulation(Path(folder), seed, catalogue, jump)
        try:
            return run.run()
        except BaseException:
            sys.stderr.write(f"seed {seed}: replay it with python -m tests.support.simulation {seed}\n")
            raise


if __name__ == "__main__":
    sys.stdout.write("\n".join(simulate(int(sys.argv[1]), steps_alone()).trace) + "\n")
