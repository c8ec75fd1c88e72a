"""The gateway's routes of records, journals and numbers: they only dispatch."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import FastAPI, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sync.bounded import ID, MAX_NUMBER
from sync.gateway.describing import Says, says
from sync.gateway.http import answer, asked, body_of
from sync.gateway.limits import Gate
from sync.gateway.routes.callers import as_caller, caller
from sync.wire import NumbersRequest, PullRequest, PushRequest, ReportRequest

RecordId = Annotated[str, Path(pattern=f"^{ID.pattern}$")]
Seen = Annotated[int, Query(ge=0, le=MAX_NUMBER, description="The newest block that the caller has seen.")]
Nonce = Annotated[str, Query(max_length=64, description="The caller's own word, given back.")]
EPOCH = {409: Says("The City's records were restored from a backup, or continue another history than the caller's.")}


def add_records(app: FastAPI, gate: Gate) -> None:
    """What laptops and the City tell each other of records."""

    @app.get("/v1/hello", **says({200: Says("Who answers, and for whom.", "Hello")}))
    async def hello(request: Request, nonce: Nonce = "") -> Response:
        """Who answers, and for whom."""
        said = await as_caller(gate, request, lambda api: api.hello(nonce=nonce))
        return answer(request, replace(said, nonce=nonce))

    @app.post("/v1/push", **says({200: Says("One result an op.", "PushReply"), **EPOCH}, takes="PushRequest"))
    async def push(request: Request) -> Response:
        """Judge Changes (the schema Change, each on its own): what cannot be read is refused by itself."""
        api = await caller(gate, request)
        message = asked(PushRequest, await body_of(request))
        return answer(request, await run_in_threadpool(api.push, message))

    @app.post("/v1/report", **says({200: Says("What is noted, for good.", "ReportReply")}, takes="ReportRequest"))
    async def report(request: Request) -> Response:
        """Note what belongs to a journal beside its Changes."""
        api = await caller(gate, request)
        message = asked(ReportRequest, await body_of(request))
        return answer(request, await run_in_threadpool(api.report, message))

    @app.get("/v1/fleet", **says({200: Says("How each laptop stands.", "Fleet")}))
    async def fleet(request: Request) -> Response:
        """The laptops that the caller, a supervisor, looks after."""
        return answer(request, await as_caller(gate, request, lambda api: api.fleet()))

    @app.post("/v1/pull", **says({200: Says("A page a bucket.", "PullReply"), **EPOCH}, takes="PullRequest"))
    async def pull(request: Request) -> Response:
        """What changed in the caller's scope."""
        api = await caller(gate, request)
        message = asked(PullRequest, await body_of(request))
        return answer(request, await run_in_threadpool(api.pull, message))

    told = Says("The blocks; the same again for a request that came before.", "NumbersReply")

    @app.post("/v1/numbers", **says({200: told}, takes="NumbersRequest"))
    async def numbers(request: Request) -> Response:
        """Reserve official numbers for the caller's device."""
        api = await caller(gate, request)
        message = asked(NumbersRequest, await body_of(request))
        return answer(request, await run_in_threadpool(api.numbers, message))

    whole = Says("The record; none outside the caller's scope.", "RecordReply")

    @app.get("/v1/records/{record}", **says({200: whole}))
    async def one(request: Request, record: RecordId) -> Response:
        """A record as it stands."""
        return answer(request, await as_caller(gate, request, lambda api: api.record(record)))

    audit = Says("All ops, oldest first; none of a record outside the caller's scope.", "HistoryReply")

    @app.get("/v1/records/{record}/history", **says({200: audit}))
    async def history(request: Request, record: RecordId) -> Response:
        """A record's audit trail."""
        return answer(request, await as_caller(gate, request, lambda api: api.history(record)))

    proven = Says("A CityTrail as text, and the City's signature over it.", "SignedTrail")

    @app.get("/v1/records/{record}/trail", **says({200: proven}))
    async def trail(request: Request, record: RecordId, known: Seen = 0) -> Response:
        """A record's audit trail with what proves it: each op's way to its block, the blocks, the head of the chain."""
        return answer(request, await as_caller(gate, request, lambda api: api.trail(record, known)))
