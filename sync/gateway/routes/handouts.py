"""The gateway's routes of what it hands out to laptops, forms and reference layers, and of what comes to be so."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sync.bounded import NAME
from sync.gateway.describing import BYTES, Says, says
from sync.gateway.http import HEADERS, MAX_PIECE, answer, body_of, packed
from sync.gateway.limits import Gate
from sync.gateway.routes.callers import as_caller, caller
from sync.gateway.routes.files import PIECE, From, Most, Sha256
from sync.wire import CHUNK

Name = Annotated[str, Path(pattern=f"^{NAME.pattern}$")]
PIECE_OF_LAYER = {200: Says("At most 8 MiB; nothing at the end, nor of what is no layer of today.", holds="bytes")}


def add_handouts(app: FastAPI, gate: Gate) -> None:
    """Services are published; packages of forms and files of layers go out in pieces."""
    taken = Says(
        "Taken, and handed out to laptops from now on; the same for what was taken before.", "PublishedService"
    )
    faulty = Says(
        "Nothing was taken: it has problems, each named with its place; or the City has a version as late; or the "
        "caller may not publish."
    )

    @app.put("/v1/services/{name}", **says({200: taken, 422: faulty}, takes="bytes"))
    async def publish(request: Request, name: Name) -> Response:
        """Publish a service, or a new version of one: its package, as `forms` hands it out."""
        api = await caller(gate, request)
        data = await body_of(request, BYTES, MAX_PIECE)
        return answer(request, await run_in_threadpool(api.publish, name, data))

    @app.get("/v1/forms/{name}/{version}", **says(PIECE))
    async def form(request: Request, name: Name, version: Name, offset: From = 0) -> Response:
        """A piece of the package of a form's version."""
        data = await as_caller(gate, request, lambda api: api.get_form(name, version, offset))
        return Response(data, media_type="application/octet-stream", headers=HEADERS)

    @app.get("/v1/layers/{sha256}", **says(PIECE_OF_LAYER))
    async def layer(request: Request, sha256: Sha256, offset: From = 0, most: Most = CHUNK) -> Response:
        """A piece of the file of a reference layer, of `most` bytes where there are so many."""
        data = await as_caller(gate, request, lambda api: api.get_layer(sha256, offset, most))
        return packed(request, data, "application/octet-stream")
