"""PracticeCity: a gateway of its own on loopback, three accounts, made-up layers, and what the morning finds there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fieldapp.actions import Desk, take
from fieldapp.clock import Clock
from fieldapp.lanes import lane
from fieldapp.paths import Home
from fieldapp.places import Layers
from fieldapp.records import Person
from fieldapp.services import Catalogue
from fieldapp.store import Store
from fieldapp.store.keys import practice_key
from sync.engine import Engine
from sync.gateway import fleet
from sync.gateway.scope import WARDS
from sync.gateway.server import GatewayServer
from sync.gateway.service import GatewayService
from sync.practice import calendar, laid_out, seed, sites
from sync.practice.people import KAUR, NGUYEN, OSEI, STAFF, TREMBLAY, residents

PERMITS = 6
OFFICE = "OFFICE"  # the computer on which last week's permits were recorded


class PracticeCity:
    """Everything of one practice city below one home. `start` brings its gateway up, `stop` takes it down."""

    def __init__(self, home: Home, clock: Clock, *, seed: int = 1, waiting: bool = False) -> None:
        """`waiting`: something is there for the supervisor to decide, too."""
        self.home, self.clock, self.seed, self.waiting = home, clock, seed, waiting
        self.catalogue = Catalogue.of(home)
        self.service = GatewayService(laid_out.data(home), self.catalogue, clock)
        self.server = GatewayServer(self.service)
        for person in STAFF:
            self.service.people.keep(person)

    def prepare(self, data: Path | None = None, tell: Callable[[str], None] = lambda _said: None) -> None:
        """Lay out the city and record last week's permits and today's visits, at the first time only."""
        if not self.home.layers.exists():
            sites.lay_out(self.home.layers, self.clock, data, tell)
        sites.complete(self.home.layers, self.clock)
        self.service.prepare(self.home.layers)
        if not any(name.startswith(WARDS) for name in self.service.summary()):
            self._record_last_week()
        calendar.fill(self.service, self.catalogue, self.clock)
        laid_out.note(self.home)

    def token(self, person: Person) -> str:
        """A bearer token for one of the staff."""
        return self.service.give_token(person.id)

    def start(self) -> str:
        """Bring the gateway up, on the same port as before; its address."""
        self.server.start()
        return self.server.url

    def stop(self) -> None:
        """Take the gateway down: every laptop is offline."""
        self.server.stop()

    def close(self) -> None:
        """Bring everything to rest."""
        self.server.stop()
        self.service.close()

    def _record_last_week(self) -> None:
        layers = Layers(self.home.layers)
        cases = seed.cases(sites.sites(layers, self.seed, PERMITS), residents(self.seed, PERMITS))
        staff = (OSEI, KAUR, TREMBLAY, NGUYEN)
        clerk, supervisor, inspector, second = (self._desk(person, layers) for person in staff)
        try:
            permits = [seed.record_permit(clerk, case) for case in cases]
            self._sync(clerk, supervisor)
            seed.issue(supervisor, permits)
            before = seed.plan_before(supervisor, permits[1])
            self._sync(supervisor, inspector)
            seed.inspect_before(inspector, inspector.record(before.id))
            self._sync(inspector, supervisor)
            take(supervisor, before.id, "approve")
            seed.plan_visits(supervisor, [supervisor.record(permit.id) for permit in permits])
            self._sync(supervisor)
            if self.waiting:
                newest = [supervisor.record(permit.id) for permit in permits[2:4]]
                everybody = (supervisor, second, clerk, supervisor)
                seed.wait_for_review(clerk, supervisor, second, newest, lambda: self._sync(*everybody))
            fleet.forget(self.service.database, OFFICE)  # that computer is none of those that are looked after
        finally:
            for desk in (clerk, supervisor, inspector, second):
                desk.store.close()
            layers.close()

    def _desk(self, person: Person, layers: Layers) -> Desk:
        folder = self.home.store(person.id)
        store = Store.open(folder, practice_key(folder), clock=self.clock, device=OFFICE, guide=self.catalogue)
        return Desk(person, store, self.catalogue, layers, self.clock, OFFICE, lane(self.home, person.id))

    def _sync(self, *desks: Desk) -> None:
        for desk in desks:
            Engine(desk.store, self.service.as_(desk.person), desk.person, desk.clock).cycle()
