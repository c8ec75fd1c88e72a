"""`gateway serve`: the gateway with all that runs beside it, until Ctrl+C or SIGTERM. Requests that are under way are
finished first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp import logs
from fieldapp.garbage import settle_in
from fieldapp.texts import tr
from sync.gateway.operating.health import Health, answers
from sync.gateway.operating.measures import Measures, of_all_workers, registry_of, shared
from sync.gateway.operating.notify import Notifying
from sync.gateway.operating.standing import Standing
from sync.gateway.operating.watch import Watch
from sync.gateway.outside.running import Outside
from sync.gateway.server import LOOPBACK, PLAIN, Front, GatewayServer, listening
from sync.gateway.tidying import Daily
from sync.gateway.webhooks.delivering import Delivering, Delivery
from sync.gateway.workers import Place, serve, settle_files

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from sync.gateway.service import GatewayService

GRACE = 25  # seconds for requests that are under way when the gateway is to end


@dataclass(frozen=True)
class Serving:
    """Where a gateway answers, and how."""

    place: Place
    front: Front = PLAIN
    host: str = LOOPBACK
    port: int = 0
    workers: int = 1
    layers: Path | None = None
    watch_host: str = LOOPBACK
    watch_port: int | None = None  # None: nobody watches
    updates_key: Path | None = None  # with which the list of versions is kept fresh; None: somebody else does that
    say: Callable[[str], None] = lambda _: None  # tells whoever started it

    def run(self) -> None:
        """Answer until the end."""
        if self.workers > 1:
            self._run_many()
        else:
            self._run_alone()

    def _run_alone(self) -> None:
        service = self.place.opened()
        measures = Measures() if self.watch_port is not None else None
        server = GatewayServer(
            service, port=self.port, host=self.host, front=self.front, measures=measures, grace=GRACE
        )
        try:
            service.prepare(self.layers)
            settle_files(service)
            server.start()
            settle_in()
            logs.keep(structured=True, quiet=self.place.quiet)
            told = Delivering(Delivery(service.database, service.clock))
            counts = [measures.registry] if measures else []
            with (
                _ending(server),
                Daily(service.tidy),
                Daily(self._keep_fresh),
                told,
                Delivering(Outside.of(service), name="open311"),
                self._watched(service, server.url, counts),
            ):
                self.say(tr("The gateway answers at {url}", url=server.url))
                server.wait()
        finally:
            server.stop()
            service.close()

    def _run_many(self) -> None:
        service = self.place.opened()  # what is wrong is said here, once, and the tables are made before anybody asks
        with ExitStack() as stack:
            stack.callback(service.close)
            service.prepare(self.layers)
            settle_files(service)
            bound = stack.enter_context(listening(self.host, self.port))
            logs.keep(structured=True, quiet=self.place.quiet)
            url = f"{self.front.scheme}://{self.host}:{bound.getsockname()[1]}"
            counts = []
            if self.watch_port is not None:
                stack.enter_context(shared())
                counts = [of_all_workers()]
            outside = self.place.opened()  # here, not in each worker
            for beside in (
                Daily(self.place.tidy),
                Daily(self._keep_fresh),
                Delivering.at(self.place.data, self.place.database),
                Delivering(Outside.of(outside), outside.close, name="open311"),
                self._watched(service, url, counts),
            ):
                stack.enter_context(beside)
            self.say(tr("The gateway answers at {url}", url=url))
            serve(self.place, bound, self.workers, self.front, GRACE)

    def _keep_fresh(self) -> None:
        """Say that the list of versions is still today's: laptops believe no old one."""
        if self.place.updates is None or self.updates_key is None:
            return
        from sync.gateway.updates.folder import kept_fresh

        kept_fresh(self.place.updates, self.updates_key)

    @contextmanager
    def _watched(self, service: GatewayService, url: str, counts: list[CollectorRegistry]) -> Iterator[None]:
        """Inside, systemd is told how it is, and whoever looks after the gateway may ask."""
        own = url.replace("//0.0.0.0:", f"//{LOOPBACK}:")
        with Notifying(lambda: answers(own)):
            if self.watch_port is None:
                yield
                return
            health = Health(service, self.place.data, own)
            registries = [*counts, registry_of(Standing(service.database, self.place.data, service.clock))]
            with Watch(self.watch_host, self.watch_port, health, registries) as watch:
                self.say(tr("Health and measures at {url}", url=f"http://{self.watch_host}:{watch.port}"))
                yield


@contextmanager
def _ending(server: GatewayServer) -> Iterator[None]:
    """Inside, SIGTERM ends the server as Ctrl+C does: what is under way is finished."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: server.end())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
