"""A receiver of webhooks at a real port, which answers as a test says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.support.serving import Quiet, served

Told = tuple[dict[str, str], bytes]  # headers, and the body


@dataclass
class Receiver:
    """What it was told, and what it answers: 400 to what it never takes, else the statuses given, then 204 for ever; 0
    for silence."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    asks: str = ""  # Retry-After, in words, with each refusal
    never: set[str] = field(default_factory=set)  # ids
    told: list[Told] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)  # the end of all silence
    more: threading.Condition = field(default_factory=threading.Condition)

    def take(self, told: Told) -> int:
        """Keep it; the status to answer."""
        with self.more:
            self.told.append(told)
            self.more.notify_all()
            if told[0]["webhook-id"] in self.never:
                return 400
            return self.answers.pop(0) if self.answers else 204

    def wait_for(self, n: int) -> None:
        """Until it was told so many times."""
        with self.more:
            assert self.more.wait_for(lambda: len(self.told) >= n, 60), f"told {len(self.told)} times, not {n}"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver inside the block."""
    receiver = Receiver()

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.take(({name.lower(): value for name, value in self.headers.items()}, body))
            if not status:
                receiver.let_go.wait(60)
                return
            self.send_response(status)
            self.send_header("Location", receiver.url + "elsewhere")
            if receiver.asks and status >= 400:
                self.send_header("Retry-After", receiver.asks)
            self.end_headers()

    with served(Handler) as url:
        receiver.url = f"{url}/hooks?city=1"
        try:
            yield receiver
        finally:
            receiver.let_go.set()
