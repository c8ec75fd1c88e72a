"""Several processes behind one port. They share the port, the database and the folder of files, and no memory:
any of them may answer any request, and one that dies is replaced while the others go on."""

from __future__ import annotations

import atexit
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from fieldapp import logs
from fieldapp.clock import SystemClock
from fieldapp.errors import RefusedError
from fieldapp.garbage import settle_in
from fieldapp.paths import cache_in
from fieldapp.services import Catalogue
from fieldapp.texts import tr
from sync import citys_name
from sync.gateway.app import served
from sync.gateway.blobs import Files
from sync.gateway.filestore import FileStore
from sync.gateway.open311.city import Open311City
from sync.gateway.operating.measures import SHARED, Measures
from sync.gateway.server import GRACE, PLAIN, Front, config_of
from sync.gateway.service import BLOBS, GatewayService
from sync.gateway.tokens import AccessTokens, Trust
from sync.wire import WayIn

if TYPE_CHECKING:
    from sync.gateway.s3 import Bucket


@dataclass(frozen=True)
class Place:
    """Where a gateway's things are: all that a process must be told to open it."""

    data: Path
    services: tuple[Path, ...] = ()
    database: str = ""  # PostgreSQL's address; "" for a file in `data`
    trust: Trust | None = None  # the City's identity provider; None for practice accounts alone
    blobs: str = ""  # where files are, as in s3://bucket/prefix; "" for a folder in `data`
    s3_endpoint: str = ""  # a server that speaks S3; "" for Amazon's
    open311: Open311City | None = None  # how the world knows the City; None where it may not ask
    geocoder: str = ""  # the address of the City's geocoder, for laptops; "" for none
    live: tuple[tuple[str, str], ...] = ()  # names and addresses of the City's live feeds, for laptops
    city: str = ""  # what the City is called, as laptops show it; "" for no name of its own
    way_in: WayIn | None = None  # as what laptops are known at the identity provider; None where it was not told
    updates: Path | None = None  # the signed folder of versions of the program, for laptops
    quiet: bool = False  # whether its log is of what went wrong alone

    def opened(self) -> GatewayService:
        """The gateway. StoreError when its records cannot be opened, ServiceError for a service that cannot be used."""
        catalogue = Catalogue.load(self.services, cache=cache_in(self.data))
        database = None
        if self.database:
            from sync.gateway.postgres import PostgresDatabase  # a laptop never loads it

            database = PostgresDatabase(self.database)
        city = self.city or citys_name.AT_FIRST
        clock = SystemClock()
        tokens = AccessTokens(self.trust, clock) if self.trust else None
        files = self._files()
        service = GatewayService(self.data, catalogue, clock, city=city, tokens=tokens, database=database, files=files)
        service.open311 = self.open311
        service.geocoder = self.geocoder
        service.way_in = self.way_in
        service.updates = self.updates
        service.live = dict(self.live)
        return service

    def check_files(self) -> None:
        """RefusedError, with what to do, when files cannot be kept where they should be."""
        if self.blobs:
            self._bucket().check()

    def _files(self) -> FileStore | None:
        if not self.blobs:
            return None
        bucket = self._bucket()
        from sync.gateway.s3 import S3Files

        return S3Files(Files(self.data / BLOBS), bucket)

    def _bucket(self) -> Bucket:
        try:
            from sync.gateway.s3 import Bucket
        except ImportError as fault:
            how = "pip install -r requirements-s3.lock"
            raise RefusedError(tr("Files at S3 need the library boto3. Install it with: {how}", how=how)) from fault
        return Bucket(self.blobs, self.s3_endpoint)

    def tidy(self) -> None:
        """Forget what has left its bucket long ago."""
        service = self.opened()
        try:
            service.tidy()
        finally:
            service.close()

    def __call__(self) -> ASGIApp:
        """The application of one worker process."""
        logs.keep(structured=True, quiet=self.quiet)
        service = self.opened()
        atexit.register(service.close)
        settle_in()
        return served(service, measures=Measures() if SHARED in os.environ else None)


def serve(place: Place, bound: socket, workers: int, front: Front = PLAIN, grace: int = GRACE) -> None:
    """Answer at `bound` in so many processes, until Ctrl+C or SIGTERM."""
    Multiprocess(config_of(place, workers=workers, front=front, grace=grace), [bound]).run()


def check_workers(place: Place, workers: int) -> None:
    """RefusedError for a number of processes that this gateway cannot have."""
    if workers < 1:
        raise RefusedError(tr("A gateway has at least one worker process."))
    if workers > 1 and os.name == "nt":  # the files' folder is shared under POSIX locks
        raise RefusedError(tr("Several worker processes are not possible on Windows."))
    if workers > 1 and not place.database:
        raise RefusedError(tr("Several worker processes need PostgreSQL: say where it is with --database."))


def settle_files(service: GatewayService) -> None:
    """Finish beside all else what an end in the middle left of files: much of it may have to go to S3."""
    threading.Thread(target=service.files.settle, name="files", daemon=True).start()
