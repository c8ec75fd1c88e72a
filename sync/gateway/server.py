"""The gateway as a server in a thread of this process: for the practice city, for tests, and for pulling the plug."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from fieldapp.errors import OfflineError, RefusedError
from fieldapp.texts import tr
from sync.gateway.app import served
from sync.gateway.http import LARGEST_HEAD
from sync.gateway.limits import Limits
from sync.gateway.operating.measures import Measures
from sync.gateway.operating.ports import unusable
from sync.gateway.protocol import GatewayProtocol
from sync.gateway.service import GatewayService

LOOPBACK = "127.0.0.1"
START_WAIT = 15.0
STOP_WAIT = 15.0  # beyond the grace
GRACE = 2  # s
BACKLOG = 2048


@dataclass(frozen=True)
class Front:
    """What is in front of the gateway: TLS of its own, or a proxy that speaks TLS and whose word on the caller's
    address (X-Forwarded-For) is believed; never anybody else's."""

    certificate: Path | None = None  # PEM, with the chain
    key: Path | None = None  # PEM; None where it lies with the certificate
    proxy: str = LOOPBACK  # its address

    def check(self) -> None:
        """RefusedError when certificate and key cannot be used."""
        if self.certificate is None:
            return
        for path in (self.certificate, self.key):
            if path is not None:
                _readable(path)
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(self.certificate, self.key)
        except ssl.SSLError as fault:
            told = tr("The certificate {certificate} and the key {key} cannot be used", **self._named())
            raise RefusedError(f"{told}: {_of_pem(fault)}") from fault

    def _named(self) -> dict[str, str]:
        return {"certificate": str(self.certificate), "key": str(self.key or self.certificate)}

    @property
    def scheme(self) -> str:
        """Of the gateway's own address."""
        return "https" if self.certificate else "http"


def _readable(path: Path) -> None:
    """RefusedError for a file that is not there, or that the gateway's user may not read."""
    try:
        path.read_bytes()
    except OSError as fault:
        raise RefusedError(
            tr("{path} cannot be read: {why}. The gateway's own user must be able to.", path=path, why=fault.strerror)
        ) from fault


def _of_pem(fault: ssl.SSLError) -> str:
    if fault.reason == "KEY_VALUES_MISMATCH":
        return tr("the key belongs to another certificate.")
    return tr("both must be PEM, the key without a passphrase: in --key, or behind the certificate in its file.")


PLAIN = Front()


def config_of(app: Callable[..., Any], *, workers: int = 0, front: Front = PLAIN, grace: int = GRACE) -> uvicorn.Config:
    """How the gateway is served; with `workers`, `app` makes the application in each worker process. At its end it
    gives requests that are under way `grace` seconds."""
    return uvicorn.Config(
        app,
        http=GatewayProtocol,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=front.proxy,
        ssl_certfile=front.certificate,
        ssl_keyfile=front.key,
        timeout_graceful_shutdown=grace,
        factory=workers > 0,
        workers=workers or None,
        timeout_worker_healthcheck=60,  # a worker on a busy machine is not dead
    )


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections at `port`, any free one for 0. OfflineError when the port is taken."""
    # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer waits 40 ms for an ACK.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as fault:
        listener.close()
        raise OfflineError(unusable(port, fault)) from fault
    listener.listen(BACKLOG)
    return listener


class GatewayServer:
    """One port, which stays the same through stops and starts. As a context manager it runs inside the block."""

    def __init__(
        self,
        service: GatewayService,
        *,
        port: int = 0,
        host: str = LOOPBACK,
        limits: Limits | None = None,
        front: Front = PLAIN,
        measures: Measures | None = None,
        grace: int = GRACE,
    ) -> None:
        """Take `port`, or a free one, when started. The service stays open when the server stops."""
        self.service = service
        self.host = host
        self.port = port
        self.limits = limits or Limits()
        self.front = front
        self.measures = measures
        self.grace = grace
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"{self.front.scheme}://{self.host}:{self.port}"

    @property
    def running(self) -> bool:
        """Whether it answers."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Answer requests. OfflineError when the port is taken."""
        if self.running:
            return
        bound = listening(self.host, self.port)
        self.port = bound.getsockname()[1]
        app = served(self.service, self.limits, self.measures)
        self._server = uvicorn.Server(config_of(app, front=self.front, grace=self.grace))
        self._thread = threading.Thread(target=self._run, args=(self._server, bound), name="gateway", daemon=True)
        self._thread.start()
        self._await_start(self._server)

    def end(self) -> None:
        """Begin to stop, and do not wait for it."""
        if self._server is not None:
            self._server.should_exit = True

    def stop(self) -> None:
        """Answer no more; requests under way are finished."""
        if self._server is not None and self._thread is not None:
            self.end()
            self._thread.join(self.grace + STOP_WAIT)
        self._server = self._thread = None

    def restart(self) -> None:
        """Stop, and start on the same port."""
        self.stop()
        self.start()

    def wait(self) -> None:
        """Until it is stopped."""
        while self.running and self._thread is not None:
            self._thread.join(1.0)

    def __enter__(self) -> GatewayServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self, server: uvicorn.Server, bound: socket.socket) -> None:
        try:
            server.run(sockets=[bound])
        finally:
            bound.close()

    def _await_start(self, server: uvicorn.Server) -> None:
        waiting = threading.Event()
        for _ in range(int(START_WAIT / 0.005)):
            if server.started:
                return
            if not self.running:
                break
            waiting.wait(0.005)
        self.stop()
        raise OfflineError(tr("The gateway did not start."))
