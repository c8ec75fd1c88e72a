"""The gateway's access log: who asked what kind of thing, when, and what came of it. A path's own names, a query and a
body are never in it; a person's id and address are, for the City must be able to tell who was let in."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from fieldapp.clock import new_id
from fieldapp.logs import FIELDS, naming
from sync.gateway.operating.measures import Measures

log = logging.getLogger("fieldapp.access")
REQUEST_ID = "X-Request-Id"
NAMED = re.compile(r"[A-Za-z0-9-]{1,36}")
ALIVE = "/v1/alive"


class AccessLog:
    """An application whose every request has a name, leaves one line, and counts."""

    def __init__(self, app: ASGIApp, measures: Measures | None = None) -> None:
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with naming(_name_of(Headers(scope=scope))) as name:
            line = _Line(name)
            begun = time.monotonic()
            try:
                await self._app(scope, line.counting_in(receive), line.counting_out(send))
            finally:
                self._note(line.fields(scope, time.monotonic() - begun))

    def _note(self, fields: dict[str, Any]) -> None:
        if fields["path"] == ALIVE:  # asked every few seconds by whoever watches
            return
        if self._measures:
            self._measures.request(fields["method"], fields["path"], fields["status"], fields["ms"] / 1000)
        log.info("request", extra={FIELDS: fields})


def _name_of(headers: Headers) -> str:
    """What the proxy in front calls this request, else a name of its own."""
    said = headers.get(REQUEST_ID, "")
    return said if NAMED.fullmatch(said) else new_id()


class _Line:
    """What one request adds up to."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._status = 0
        self._in = self._out = 0

    def counting_in(self, receive: Receive) -> Receive:
        """`receive`, whose bytes are counted."""

        async def counted() -> MutableMapping[str, Any]:
            message = await receive()
            self._in += len(message.get("body", b""))
            return message

        return counted

    def counting_out(self, send: Send) -> Send:
        """`send`, whose status is noted and bytes are counted."""

        async def counted(message: MutableMapping[str, Any]) -> None:
            self._status = message.get("status", self._status)
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[REQUEST_ID] = self._name
            self._out += len(message.get("body", b""))
            await send(message)

        return counted

    def fields(self, scope: Scope, seconds: float) -> dict[str, Any]:
        """The line. The status is 0 where nobody was there any more to be answered."""
        return {
            "method": scope["method"] if scope["method"].isalpha() else "-",
            "path": getattr(scope.get("route"), "path_format", "-"),
            "status": self._status,
            "ms": round(seconds * 1000, 1),
            "in": self._in,
            "out": self._out,
            "person": scope.get("state", {}).get("person", ""),
            "address": (scope.get("client") or ("",))[0],
        }
