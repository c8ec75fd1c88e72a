"""An Open311 server of another city at a real port, which keeps what is posted and misbehaves as a test says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.support.serving import Quiet, served

OK, LOST, BROKEN, PAGE, EARLY = "ok", "lost", "broken", "page", "early"  # lost, 500 and HTML come after it is kept
TOKEN, NOTHING, DUPLICATE, DENIED, KEY, CROWDED = "token", "nothing", "duplicate", "denied", "key", "crowded"
HTML = b"<!DOCTYPE html><html><body>Please sign in</body></html>"
SAID = {
    DUPLICATE: (400, "base is a duplicate"),
    DENIED: (400, "the CRM is down"),
    KEY: (403, "bad api_key SECRET-KEY"),
    CROWDED: (429, "later"),
    EARLY: (500, "before anything was kept"),
}


@dataclass
class Elsewhere:
    """What it has, and how it answers: the next POSTs by `acts`, then well. `echoes`: it tells what it was told."""

    url: str = ""
    acts: list[str] = field(default_factory=list)
    echoes: bool = True
    tokens_ready: bool = False
    page: int = 1000  # how many it shows at a time
    hidden: bool = False  # what is posted is not seen yet
    kept: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    posted: list[dict[str, str]] = field(default_factory=list)  # updates that it was told
    asked: list[str] = field(default_factory=list)  # each method and path
    more: dict[str, dict[str, Any]] = field(default_factory=dict)  # status and notes, by id
    meanwhile: Callable[[], object] = bool  # what happens elsewhere while a request waits for its answer

    def post(self, parts: list[tuple[str, str]]) -> tuple[int, bytes] | None:
        """Take a request in; None for an answer that is lost."""
        self.meanwhile()
        act = self.acts.pop(0) if self.acts else OK
        if act in SAID and act != DUPLICATE:
            return _errors(*SAID[act])
        told = dict(parts)
        id_ = f"00{len(self.kept) + 7}"
        self.kept.append({"id": id_, "parts": parts, "description": told.get("description", "")})
        if act == LOST:
            return None
        if act in (BROKEN, PAGE):
            return (500, b"Internal error") if act == BROKEN else (200, HTML)
        if act == DUPLICATE:
            return _errors(*SAID[act])
        given = {TOKEN: {"token": f"t{id_}"}, NOTHING: {}}.get(act, {"service_request_id": id_})
        return 201, json.dumps([{**given, "service_notice": None, "account_id": None}]).encode()

    def shown(self, one: dict[str, Any]) -> dict[str, Any]:
        """A request as it tells of it: its id is a number, as open311-adapter writes it."""
        words = one["description"] if self.echoes else "Pothole"
        return {"service_request_id": int(one["id"]), "status": "open", "status_notes": "", "description": words,
                "service_code": "S30", **self.more.get(one["id"], {})}  # fmt: skip

    def get(self, path: str, asked: dict[str, list[str]]) -> tuple[int, bytes]:
        """Answer a question."""
        name, _, rest = path.partition("/")
        if name == "services":
            return 200, b"[]"
        if name == "tokens":
            return 200, json.dumps([{"service_request_id": rest[1:] if self.tokens_ready else None}]).encode()
        if name == "servicerequestupdates":
            return 200, json.dumps(self.updates).encode()
        wanted = rest.split(",") if rest else ",".join(asked.get("service_request_id", [])).split(",")
        found = [self.shown(one) for one in self.kept if wanted in ([""], ["", ""]) or one["id"] in wanted]
        turn = (int(asked.get("page", ["1"])[0]) - 1) * self.page
        found = [] if self.hidden else found[turn : turn + self.page]
        return 200, json.dumps(found[0] if len(found) == 1 else found).encode()  # a list of one has lost its brackets


def _errors(status: int, words: str) -> tuple[int, bytes]:
    return status, json.dumps([{"code": status, "description": words}]).encode()


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Such a server inside the block."""
    city = Elsewhere()

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            city.asked.append(f"GET {self.path}")
            self._say(city.get(parts.path.removeprefix("/v2/").rpartition(".")[0], parse_qs(parts.query)))

        def do_POST(self) -> None:
            city.asked.append(f"POST {self.path}")
            told = parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if "servicerequestupdates" in self.path:
                city.posted.append(dict(told))
                self._say((200, json.dumps({"update_id": f"u{len(city.posted)}"}).encode()))
            elif (said := city.post(told)) is None:
                self.connection.close()
            else:
                self._say(said)

        def _say(self, said: tuple[int, bytes]) -> None:
            self.send_response(said[0])
            self.send_header("Content-Length", str(len(said[1])))
            self.end_headers()
            self.wfile.write(said[1])

    with served(Handler) as url:
        city.url = f"{url}/v2"
        yield city
