"""What every request of a gateway goes through: how many at a time, how much memory, how slow a caller may be, and the
headers that hold for every answer."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import MutableMapping
from itertools import count
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from fieldapp.errors import BusyError, GatewayError, SyncError
from fieldapp.texts import speaking, tr
from sync.gateway.http import LARGEST_HEAD, MAX_PIECE, asked_language, problem
from sync.gateway.limits import Limits
from sync.wire import MAX_BODY

log = logging.getLogger(__name__)
WAITS = 5  # seconds over which those are spread who are sent away
HSTS = "max-age=31536000"


class Room:
    """Memory for bodies, given out whole to one request after the other, in the order in which they asked."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._queue: deque[tuple[int, asyncio.Future[None]]] = deque()

    async def take(self, size: int, patience: float) -> None:
        """Have `size` bytes. BusyError when they have not come free within `patience` seconds."""
        if not self._queue and size <= self._free:
            self._free -= size
            return
        turn = asyncio.get_running_loop().create_future()
        self._queue.append((size, turn))
        try:
            async with asyncio.timeout(patience):
                await turn
        except BaseException as fault:
            self._leave(size, turn)
            if isinstance(fault, TimeoutError):
                raise BusyError(tr("The City is busy and asks to wait."), WAITS) from fault
            raise

    def give(self, size: int) -> None:
        """It is not needed any more."""
        self._free += size
        while self._queue and self._queue[0][0] <= self._free:
            wanted, turn = self._queue.popleft()
            self._free -= wanted
            turn.set_result(None)

    def _leave(self, size: int, turn: asyncio.Future[None]) -> None:
        if turn.done() and not turn.cancelled():  # it came in the same moment
            self.give(size)
        else:
            self._queue = deque(one for one in self._queue if one[1] is not turn)
            self.give(0)


class Bounds:
    """An application within its limits."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits
        self._under_way = 0
        self._sent_away = count()
        self._room: Room | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        with speaking(asked_language(Headers(scope=scope))):
            refusal = self._refusal(scope)
        if refusal:
            await problem(refusal)(scope, receive, _Answer(scope, send, self._limits))
            return
        self._room = self._room or Room(self._limits.memory)
        body = _Body(scope, receive, self._room, self._limits)
        out = _Answer(scope, send, self._limits)
        self._under_way += 1
        try:
            await self._app(scope, body, out)
        except Exception:  # whatever nobody foresaw; it was answered with a 500, and the line stays as good as it is
            log.exception("a request failed")
            if not out.complete:
                raise
        finally:
            self._under_way -= 1
            body.close()

    def _refusal(self, scope: Scope) -> SyncError | None:
        if self._under_way >= self._limits.under_way:
            return BusyError(tr("The City is busy and asks to wait."), 1 + next(self._sent_away) % WAITS)
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEAD:
            return GatewayError(tr("This message is too large."), 431)
        return None


class _Body:
    """A request's body as it comes: within its memory, and not too slowly."""

    def __init__(self, scope: Scope, receive: Receive, room: Room, limits: Limits) -> None:
        self._headers = Headers(scope=scope)
        self._receive = receive
        self._room = room
        self._limits = limits
        self._held = 0
        self._until = 0.0

    async def __call__(self) -> MutableMapping[str, Any]:
        loop = asyncio.get_running_loop()
        if not self._until:
            need = self._need()
            await self._room.take(need, self._limits.patience)
            self._held = need
            self._until = loop.time() + self._limits.body
        try:
            async with asyncio.timeout_at(min(loop.time() + self._limits.piece, self._until)):
                return await self._receive()
        except TimeoutError as fault:
            raise GatewayError(tr("This message came too slowly."), 408) from fault

    def close(self) -> None:
        """The request is over."""
        self._room.give(self._held)
        self._held = 0

    def _need(self) -> int:
        """Bytes that the body may take up: what it says it has, or the most; and what it may unpack to."""
        said = self._headers.get("content-length", "0" if "transfer-encoding" not in self._headers else "")
        size = min(int(said), MAX_PIECE) if said.isdecimal() else MAX_PIECE
        return size + (MAX_BODY if self._headers.get("content-encoding") and size else 0)


class _Answer:
    """The answer as it goes out: not to somebody who does not take it, and over TLS with the word to stay there."""

    def __init__(self, scope: Scope, send: Send, limits: Limits) -> None:
        self.complete = False
        self._secure = scope.get("scheme") == "https"
        self._send = send
        self._limits = limits

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if self._secure and message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Strict-Transport-Security"] = HSTS
        async with asyncio.timeout(self._limits.piece):
            await self._send(message)
        self.complete = message["type"] == "http.response.body" and not message.get("more_body", False)
