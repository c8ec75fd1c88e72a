"""The gateway's routes of laptops' keys, of which it keeps a part."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sync.gateway import recovery
from sync.gateway.describing import Says, says
from sync.gateway.http import answer, asked, body_of
from sync.gateway.limits import Gate
from sync.gateway.routes.callers import as_caller, caller
from sync.wire import GivenPart, KeyPart

KeyName = Annotated[str, Path(pattern=f"^{recovery.NAME.pattern}$")]


def add_keys(app: FastAPI, gate: Gate) -> None:
    """A laptop's part is kept, and given back to who kept it."""
    kept = Says("What is kept now.", "KeyPart")
    full = Says("So many laptops of this person have a part already.")

    @app.put("/v1/keys/{name}", **says({200: kept, 422: full}, takes="GivenPart"))
    async def keep(request: Request, name: KeyName) -> Response:
        """Keep the caller's part of a laptop's key."""
        api = await caller(gate, request)
        said = asked(GivenPart, await body_of(request))
        await run_in_threadpool(api.keep_part, name, said.part)
        return answer(request, KeyPart(said.part))

    @app.get("/v1/keys/{name}", **says({200: Says("The part; empty where there is none.", "KeyPart")}))
    async def part(request: Request, name: KeyName) -> Response:
        """The caller's part of a laptop's key."""
        return answer(request, KeyPart(await as_caller(gate, request, lambda api: api.part(name))))
