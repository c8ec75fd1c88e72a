"""All servers, one after the other: what is due is handed on, asked for and told. A server that fails is left alone for
longer and longer, and holds up no other."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from fieldapp.clock import Clock, stamp
from fieldapp.errors import FieldAppError, ProtocolError, ServiceError, SyncError
from fieldapp.services import Catalogue
from fieldapp.store.sqlcipher import Error
from sync.adapters.open311 import DeniedError, Endpoint, Open311Client
from sync.gateway.filestore import FileStore
from sync.gateway.outside.polling import Polling
from sync.gateway.outside.queue import wait
from sync.gateway.outside.sending import Sending
from sync.gateway.outside.servers import OutsideServer, listed_servers
from sync.gateway.service import GatewayService
from sync.gateway.transactions import CityDatabase

log = logging.getLogger(__name__)
SLICE = 20.0  # s for one server before it is the next one's turn
FRESH = timedelta(minutes=5)  # a server that answered so lately is not asked first whether it does
DUE = "SELECT 1 FROM outside_request WHERE server = ? AND state = 'waiting' AND due <= ? LIMIT 1"
FAILED = "UPDATE outside_server SET failures = ?, failing_since = ?, why = ?, next_at = ? WHERE name = ?"
Connect = Callable[[Endpoint], Open311Client]


class Outside:
    """Hands requests on, and hears of them. For one thread at a time."""

    def __init__(
        self,
        database: CityDatabase,
        catalogue: Callable[[], Catalogue],
        files: FileStore,
        clock: Clock,
        connect: Connect = Open311Client,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._files = files
        self._clock = clock
        self._connect = connect
        self._ended = threading.Event()
        self._answered: dict[str, str] = {}  # server: when it answered last

    @classmethod
    def of(cls, service: GatewayService) -> Outside:
        """That of a gateway."""
        return cls(service.database, lambda: service.catalogue, service.files, service.clock)

    def end(self) -> None:
        """Begin nothing more; what is under way is finished."""
        self._ended.set()

    def round(self) -> int:
        """Every server that may be asked, for a while each; how many requests and updates moved."""
        now = stamp(self._clock.now())
        return sum(self._serve(server) for server in listed_servers(self._database) if server.next_at <= now)

    def _serve(self, server: OutsideServer) -> int:
        try:
            client = self._connect(server.endpoint)
        except SyncError as fault:
            self._failed(server, fault)
            return 0
        try:
            moved = self._talk(server, client)
        except SyncError as fault:
            self._failed(server, fault)
            return 0
        except (FieldAppError, Error):
            raise  # our own side: the thread tells it, and tries again
        except Exception as fault:  # whatever a strange answer breaks must hold up no other server, and end no thread
            log.exception("open311 server %s", server.name)
            self._failed(server, ProtocolError(f"{type(fault).__name__}"))
            return 0
        finally:
            client.close()
        self._worked(server)
        return moved

    def _talk(self, server: OutsideServer, client: Open311Client) -> int:
        self._look_first(server, client)
        parts = self._database, self._catalogue(), self._clock, server, client
        sending = Sending(*parts, self._files)
        polling = Polling(*parts)
        moved, until = 0, time.monotonic() + SLICE
        for act in (sending.one, polling.tell):
            while not self._ended.is_set() and time.monotonic() < until and _done(act, server):
                moved += 1
                self._answered[server.name] = stamp(self._clock.now())
        if not self._ended.is_set():
            _done(polling.poll, server)
        return moved

    def _look_first(self, server: OutsideServer, client: Open311Client) -> None:
        """Whether the server itself answers at all, before anything is posted of which nobody would know whether it
        came: a sign-in page, a proxy, or an outage is found out here."""
        now = self._clock.now()
        lately = self._answered.get(server.name, "") > stamp(now - FRESH) and not server.failures
        if not lately and self._database.read(DUE, (server.name, stamp(now))):
            client.services()
            self._answered[server.name] = stamp(now)

    def _failed(self, server: OutsideServer, fault: SyncError) -> None:
        failures = server.failures + 1
        since = server.failing_since or stamp(self._clock.now())
        again = wait(self._clock, failures, getattr(fault, "retry_after", 0.0))
        with self._database.write() as tx:
            tx.execute(FAILED, (failures, since, str(fault), again, server.name))
        self._answered.pop(server.name, None)
        log.warning("open311 server %s failed: %s", server.name, fault)

    def _worked(self, server: OutsideServer) -> None:
        if server.failures:
            well = replace(server, failures=0)
            with self._database.write() as tx:
                tx.execute(FAILED, (well.failures, "", "", "", server.name))


def _done(act: Callable[[], object], server: OutsideServer) -> bool:
    """Do it; whether there was anything. A refusal, or a service that is gone, concerns that one thing alone."""
    try:
        return bool(act())
    except (DeniedError, ServiceError) as fault:
        log.warning("open311 server %s refused: %s", server.name, fault)
        return True
