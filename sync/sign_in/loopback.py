"""The address on this machine that the browser brings the answer to (RFC 8252, 7.3)."""

from __future__ import annotations

import html
import queue
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from fieldapp.errors import SignInError
from fieldapp.texts import language, speaking, tr

PATH = "/callback"
LOOK = 0.2  # seconds between two looks whether the person still wants to
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


@dataclass(frozen=True)
class Loopback:
    """A listener for one answer. `url` is the redirect address."""

    url: str
    _answers: queue.Queue[dict[str, str]]

    def wait(self, seconds: float, stop: threading.Event) -> dict[str, str]:
        """The answer's parameters. SignInError when none comes in time, or when `stop` is set meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not stop.is_set():
            with suppress(queue.Empty):
                return self._answers.get(timeout=min(left, LOOK))
        if stop.is_set():
            raise declined()
        raise SignInError(tr("Nobody signed in within {n} minutes. Please try again.", n=max(1, round(seconds / 60))))


@contextmanager
def listening(host: str, state: str) -> Iterator[Loopback]:
    """Listen at `host` on any free port inside the block, for an answer that carries `state`.

    What comes without it is refused and waited past: any page that is open in the browser could send it.
    """
    answers: queue.Queue[dict[str, str]] = queue.Queue()
    server = _Server((host, 0), _handler(state, answers, language()))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="sign-in", daemon=True)
    thread.start()
    try:
        shown = f"[{host}]" if ":" in host else host
        yield Loopback(f"http://{shown}:{server.server_port}{PATH}", answers)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def declined() -> SignInError:
    """The person did not sign in, by their own will."""
    return SignInError(tr("You did not sign in. Please try again when you are ready."))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # browsers open connections ahead of need, and say nothing on them

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, handler)


def _handler(state: str, answers: queue.Queue[dict[str, str]], tongue: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10.0  # seconds

        def do_GET(self) -> None:
            with speaking(tongue):
                self._take()

        def _take(self) -> None:
            address = urlsplit(self.path)
            said = dict(parse_qsl(address.query))
            if address.path != PATH:
                self._say(404, tr("There is nothing here."))
            elif not secrets.compare_digest(said.get("state", "").encode(), state.encode()):
                self._say(400, tr("This answer belongs to another sign-in. Please sign in again."))
            else:
                self._say(200, tr("FieldApp has the answer. You may close this page and go back to FieldApp."))
                answers.put(said)

        def _say(self, status: int, text: str) -> None:
            shown = html.escape(text)
            page = f"<!doctype html><html lang={tongue}><title>FieldApp</title><p>{shown}</p></html>".encode()
            self.send_response(status)
            for name, value in {**HEADERS, "Content-Length": str(len(page))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """The answer's code is nothing for a log."""

    return Handler
