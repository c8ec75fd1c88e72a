"""The calendar feeds over HTTP: read by calendar programs, which know no sign-in."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sync.gateway.describing import Says, says
from sync.gateway.http import packed
from sync.gateway.limits import Gate
from sync.gateway.service import GatewayService

CALENDAR = "text/calendar; charset=utf-8"
Secret = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{20,64}$", description="What only its reader and the City know.")]
NOBODYS = Says("There is no calendar at this address, or not any more.")


def add_feeds(app: FastAPI, service: GatewayService, gate: Gate) -> None:
    """Add the route."""
    whole = Says("What is planned for this person, as iCalendar.", holds="calendar")

    @app.get("/v1/calendar/{secret}.ics", **says({200: whole, 404: NOBODYS}, free=True))
    async def calendar(request: Request, secret: Secret) -> Response:
        """A person's planned visits and appointments. The address is the secret."""
        address = request.client.host if request.client else ""

        def read() -> bytes:
            return service.feeds.of(gate.calendar_of(secret, address), service.clock.now())

        return packed(request, await run_in_threadpool(read), CALENDAR)
