"""The port for those who look after a gateway: /live, /ready and /metrics. It is not the laptops' port: it answers on
this machine alone unless somebody says otherwise, and knows nothing of any person."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from fieldapp.errors import OfflineError
from sync.gateway.operating.health import Health
from sync.gateway.operating.ports import unusable

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry


class Watch:
    """A small server in a thread, as a context manager."""

    def __init__(self, host: str, port: int, health: Health, registries: list[CollectorRegistry]) -> None:
        """Take the port. OfflineError when it is taken."""
        self.health = health
        self.registries = registries
        try:
            self._server = ThreadingHTTPServer((host, port), _handler(self))
        except (OSError, OverflowError) as fault:
            raise OfflineError(unusable(port, fault)) from fault
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, name="watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, kind and body of what is asked for."""
        if path == "/live":
            why = self.health.live()
            return 503 if why else 200, "application/json", _json({"live": not why, "why": why})
        if path == "/ready":
            parts = self.health.ready()
            good = not any(parts.values())
            said = {name: why or "ok" for name, why in parts.items()}
            return 200 if good else 503, "application/json", _json({"ready": good, **said})
        if path == "/metrics":
            return 200, *self._metrics()
        return 404, "text/plain; charset=utf-8", b"/live /ready /metrics\n"

    def _metrics(self) -> tuple[str, bytes]:
        from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

        return CONTENT_TYPE_LATEST, b"".join(generate_latest(one) for one in self.registries)


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _handler(watch: Watch) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10  # s that a caller may be silent
        server_version = "FieldApp"
        sys_version = ""

        def do_GET(self) -> None:
            status, kind, body = watch.answer(self.path.partition("?")[0])
            with suppress(ConnectionError):  # whoever asked has gone
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Who looks after the gateway asks every few seconds: no line for that."""

    return Handler
