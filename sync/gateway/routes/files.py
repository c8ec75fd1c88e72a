"""The gateway's routes of files, in pieces."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Header, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sync.bounded import MAX_NUMBER, SHA256
from sync.gateway.describing import BYTES, Says, says
from sync.gateway.http import HEADERS, MAX_PIECE, body_of
from sync.gateway.limits import Gate
from sync.gateway.routes.callers import as_caller, caller
from sync.wire import CHUNK, MAX_FILE, BlobStatus

OFFSET, LENGTH, COMPLETE = "Upload-Offset", "Upload-Length", "Upload-Complete"
Sha256 = Annotated[str, Path(pattern=f"^{SHA256.pattern}$")]
From = Annotated[int, Query(ge=0, le=MAX_NUMBER, description="The first byte that is asked for.")]
Most = Annotated[int, Query(ge=1, le=MAX_NUMBER, description="How many bytes at most; no more than 8 MiB come.")]
AtOffset = Annotated[int, Header(alias=OFFSET, ge=0, le=MAX_NUMBER)]
OfLength = Annotated[
    int, Header(alias=LENGTH, ge=0, le=MAX_NUMBER, json_schema_extra={"maximum": MAX_FILE})  # 413 beyond that
]
PIECE = {200: Says("At most 1 MiB; nothing at the end, nor of what there is not for the caller.", holds="bytes")}
UNNAMED = Says("No Change has named this file, or not with this size.", holds="file")


def add_files(app: FastAPI, gate: Gate) -> None:
    """How much of a file is here, and its pieces in both directions."""
    there = Says("How much of the file is here.", holds="file")
    full = Says("There is no room for this file now; all else goes on.")

    @app.head("/v1/blob/{sha256}", **says({200: there, 404: UNNAMED, 507: full}))
    async def status(request: Request, sha256: Sha256) -> Response:
        """How much of a file is here."""
        return _blob_answer(await as_caller(gate, request, lambda api: api.blob_status(sha256)))

    written = Says("The piece is on the disk.", holds="file")
    elsewhere = Says("Nothing was written: the file ends elsewhere.", holds="file")

    @app.patch("/v1/blob/{sha256}", **says({204: written, 404: UNNAMED, 409: elsewhere, 507: full}, takes="bytes"))
    async def put(request: Request, sha256: Sha256, offset: AtOffset, size: OfLength) -> Response:
        """Write a piece of a file at the offset that the caller believes is its end."""
        api = await caller(gate, request)
        data = await body_of(request, BYTES, MAX_PIECE)
        said = await run_in_threadpool(api.put_blob, sha256, offset, size, data)
        written = said.offset == offset + len(data)
        return _blob_answer(said, 204 if written or said.complete else 409)

    @app.get("/v1/blob/{sha256}", **says(PIECE))
    async def get(request: Request, sha256: Sha256, offset: From = 0, most: Most = CHUNK) -> Response:
        """A piece of a file, of `most` bytes where there are so many."""
        data = await as_caller(gate, request, lambda api: api.get_blob(sha256, offset, most))
        return Response(data, media_type="application/octet-stream", headers=HEADERS)


def _blob_answer(status: BlobStatus, code: int = 200) -> Response:
    """A file's status as headers: a HEAD has no body."""
    headers = {**HEADERS, OFFSET: str(status.offset), COMPLETE: "?1" if status.complete else "?0"}
    return Response(status_code=code if status.announced else 404, headers=headers)
