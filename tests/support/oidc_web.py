"""The web of a pretended identity provider: real HTTP on a real port, and answers that never arrive."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.support.serving import Quiet, served


@dataclass(frozen=True)
class Reply:
    """An answer: JSON, or a redirect to an address with parameters. Status 0 is none: the line is cut."""

    status: int
    body: dict[str, Any] | None = None
    location: tuple[str, dict[str, str]] | None = None


Answering = Callable[[str, dict[str, str]], Reply]


@contextmanager
def serving(answering: Answering) -> Iterator[str]:
    """Answer at a free port inside the block; its address."""

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            self._say(answering(address.path, dict(parse_qsl(address.query))))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(answering(self.path, dict(parse_qsl(body))))

        def _say(self, reply: Reply) -> None:
            if not reply.status:
                return
            body = json.dumps(reply.body).encode() if reply.body is not None else b""
            self.send_response(reply.status)
            if reply.location:
                self.send_header("Location", reply.location[0] + "?" + urlencode(reply.location[1]))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with served(Handler) as url:
        yield url
