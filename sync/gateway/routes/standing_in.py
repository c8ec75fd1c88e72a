"""The gateway's routes of who stands in for whom: for supervisors."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sync.gateway.describing import Says, says
from sync.gateway.http import answer, asked, body_of
from sync.gateway.limits import Gate
from sync.gateway.routes.callers import as_caller, caller
from sync.gateway.routes.records import RecordId
from sync.wire import GivenStandIn

ALL = Says("All who stand in, now or later.", "StandIns")


def add_stand_ins(app: FastAPI, gate: Gate) -> None:
    """A supervisor reads who stands in, names somebody for themselves, and ends what they gave."""

    @app.get("/v1/stand-ins", **says({200: ALL}))
    async def stand_ins(request: Request) -> Response:
        """Who stands in for whom, until when."""
        return answer(request, await as_caller(gate, request, lambda api: api.stand_ins()))

    cannot = Says("That person, those wards or those days cannot be; the problem says why.")

    @app.post("/v1/stand-ins", **says({200: ALL, 422: cannot}, takes="GivenStandIn"))
    async def let_stand_in(request: Request) -> Response:
        """Let somebody stand in for the caller."""
        api = await caller(gate, request)
        message = asked(GivenStandIn, await body_of(request))
        return answer(request, await run_in_threadpool(api.let_stand_in, message))

    @app.delete("/v1/stand-ins/{one}", **says({200: ALL, 422: Says("Another supervisor gave it.")}))
    async def end_stand_in(request: Request, one: RecordId) -> Response:
        """End what the caller gave."""
        return answer(request, await as_caller(gate, request, lambda api: api.end_stand_in(one)))
