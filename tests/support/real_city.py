"""The small city at work of screen tests, with its real gateway on a real port: each store syncs by its own worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.places import Layers
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway.server import GatewayServer
from sync.gateway.service import GatewayService
from sync.practice.people import STAFF
from sync.worker import Worker
from tests.support.workplaces import City

QUIET = 3600.0  # s between cycles that nobody asked for


@dataclass
class RealCity(City):
    """As its parent, but what is saved goes to the gateway by itself, and `sync` waits until all is quiet."""

    workers: list[Worker] = field(default_factory=list)

    def begin(self) -> None:
        """Bring the gateway up, and let the staff's laptops talk to it."""
        self.service = GatewayService(self.folder / "city", self.catalogue, self.clock)
        self.server = GatewayServer(self.service)
        for person in STAFF:
            self.service.people.keep(person)
        self.server.start()
        for person in STAFF:
            session = self.session(person)
            api = GatewayClient(self.server.url, self.service.give_token(person.id))
            worker = Worker(session.store, api, person, self.clock, publish=session.bridge.tell, every=QUIET)
            session.courier = worker
            worker.start()
            self.workers.append(worker)

    def sync(self, *, files: bool = True) -> None:
        """Everybody twice: then all is quiet."""
        del files  # they go with the rest
        for worker in (*self.workers, *self.workers):
            worker.sync_now()

    def close(self) -> None:
        """Bring laptops to rest, then the gateway."""
        for worker in self.workers:
            worker.stop()
        super().close()
        self.server.stop()
        self.service.close()


def found_real_city(folder: Path, catalogue: Catalogue, layers: Path) -> RealCity:
    """A city with its gateway up and nobody at work yet."""
    city = RealCity(folder, catalogue, Layers(layers))
    city.begin()
    return city
