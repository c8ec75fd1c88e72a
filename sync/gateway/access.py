"""The gateway's access log: who asked what kind of thing, when, and what came of it. A path's own names, a query and a
body are never in it; a person's id and address are, for the City must be able to tell who was let in."""

from __future__ import annotations

import logging
import time
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from fieldapp.logs import FIELDS

log = logging.getLogger("fieldapp.access")


class AccessLog:
    """An application whose every request leaves one line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not log.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        line = _Line()
        begun = time.monotonic()
        try:
            await self._app(scope, line.counting_in(receive), line.counting_out(send))
        finally:
            log.info("request", extra={FIELDS: line.fields(scope, time.monotonic() - begun)})


class _Line:
    """What one request adds up to."""

    def __init__(self) -> None:
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
