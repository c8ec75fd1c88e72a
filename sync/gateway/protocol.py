"""HTTP/1.1 as the gateway speaks it: uvicorn's, with an end to waiting for a request's head, and errors as problems."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from fieldapp.errors import ProtocolError
from fieldapp.texts import tr
from sync.gateway.http import problem

HEAD_WITHIN = 20.0  # seconds from the first byte, or from the connection, to the end of the head


class GatewayProtocol(H11Protocol):
    """One connection."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head_due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Begin to wait."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a head, or of a body; the latter has its own time (`Bounds`)."""
        before: RequestResponseCycle | None = self.cycle
        if before is None or before.response_complete:
            self._await_head()
        super().data_received(data)
        if self.cycle is not before:
            self._head_came()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words are for nobody
        """What came is no HTTP, or its head is too large."""
        said = problem(ProtocolError(tr("This is no message of a records gateway: {why}", why="HTTP")))
        headers = [*said.raw_headers, (b"connection", b"close")]
        for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=bytes(said.body))):
            self.transport.write(self.conn.send(event))
        self.transport.write(self.conn.send(h11.EndOfMessage()))
        self.transport.close()

    def _await_head(self) -> None:
        if self._head_due is None:
            self._head_due = self.loop.call_later(HEAD_WITHIN, self.transport.close)

    def _head_came(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None
