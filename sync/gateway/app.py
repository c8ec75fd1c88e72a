"""The gateway over HTTP: routes that only dispatch. What is decided is decided in service.py."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, TypeVar

from fastapi import FastAPI, Header, Path, Query
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from fieldapp import __version__
from fieldapp.errors import SignInError, StoreError, SyncError
from fieldapp.store.sqlcipher import Error
from fieldapp.texts import speaking, tr
from sync.bounded import ID, MAX_NUMBER, NAME, SHA256
from sync.gateway import recovery
from sync.gateway.access import AccessLog
from sync.gateway.bookings.routes import add_feeds
from sync.gateway.bounds import Bounds
from sync.gateway.describing import BYTES, Says, described, methods_at, says
from sync.gateway.http import (
    HEADERS,
    MAX_PIECE,
    answer,
    asked,
    asked_language,
    body_of,
    check_protocol,
    packed,
    problem,
)
from sync.gateway.limits import Gate, Limits
from sync.gateway.open311.routes import Open311Api
from sync.gateway.operating.measures import Measures
from sync.gateway.person import PersonApi
from sync.gateway.service import GatewayService
from sync.updates.release import MOUNT
from sync.wire import (
    CHUNK,
    MAX_FILE,
    BlobStatus,
    GivenPart,
    KeyPart,
    NumbersRequest,
    PullRequest,
    PushRequest,
    ReportRequest,
)

BEARER = "Bearer "
DEVICE = "FieldApp-Device"
OFFSET, LENGTH, COMPLETE = "Upload-Offset", "Upload-Length", "Upload-Complete"
Sha256 = Annotated[str, Path(pattern=f"^{SHA256.pattern}$")]
Name = Annotated[str, Path(pattern=f"^{NAME.pattern}$")]
RecordId = Annotated[str, Path(pattern=f"^{ID.pattern}$")]
KeyName = Annotated[str, Path(pattern=f"^{recovery.NAME.pattern}$")]
From = Annotated[int, Query(ge=0, le=MAX_NUMBER, description="The first byte that is asked for.")]
Most = Annotated[int, Query(ge=1, le=MAX_NUMBER, description="How many bytes at most; no more than 8 MiB come.")]
Seen = Annotated[int, Query(ge=0, le=MAX_NUMBER, description="The newest block that the caller has seen.")]
AtOffset = Annotated[int, Header(alias=OFFSET, ge=0, le=MAX_NUMBER)]
OfLength = Annotated[
    int, Header(alias=LENGTH, ge=0, le=MAX_NUMBER, json_schema_extra={"maximum": MAX_FILE})  # 413 beyond that
]
Nonce = Annotated[str, Query(max_length=64, description="The caller's own word, given back.")]
PIECE = {200: Says("At most 1 MiB; nothing at the end, nor of what there is not for the caller.", holds="bytes")}
PIECE_OF_LAYER = {200: Says("At most 8 MiB; nothing at the end, nor of what is no layer of today.", holds="bytes")}
EPOCH = {409: Says("The City's records were restored from a backup, or continue another history than the caller's.")}
UNNAMED = Says("No Change has named this file, or not with this size.", holds="file")
Result = TypeVar("Result")


def create_app(service: GatewayService, limits: Limits | None = None) -> FastAPI:
    """The gateway's web application over `service`."""
    gate = Gate(service, limits or Limits())
    app = FastAPI(
        title="City records gateway",
        version=__version__,
        openapi_url=None,  # its own, with everything in it, is a route like the others
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.add_middleware(_InTheirLanguage)
    for kind in (SyncError, StoreError, Error, HTTPException, RequestValidationError, ClientDisconnect, Exception):
        app.add_exception_handler(kind, _refuse)
    _add_description(app, service)
    _add_records(app, gate)
    _add_files(app, gate)
    _add_keys(app, gate)
    if service.open311 is not None:
        app.mount("/open311/v2", Open311Api(service, service.open311).router())
    if service.updates is not None:  # signed by whoever published them: nobody need be signed in to read them
        app.mount(f"/{MOUNT}", StaticFiles(directory=service.updates))
    add_feeds(app, service, gate)
    return app


def served(service: GatewayService, limits: Limits | None = None, measures: Measures | None = None) -> ASGIApp:
    """The gateway as it is served: the application within its limits, and what counts in `measures`."""
    limits = limits or Limits()
    if measures:
        service.judged = measures.judged
    return AccessLog(Bounds(create_app(service, limits), limits), measures)


def _add_description(app: FastAPI, service: GatewayService) -> None:
    @lru_cache(1)
    def document() -> bytes:
        return json.dumps(described(app), separators=(",", ":")).encode()

    @app.get("/v1/openapi.json", **says({200: Says("This description.", holds="json")}, free=True))
    async def openapi(request: Request) -> Response:
        """What this gateway answers, as OpenAPI 3.1."""
        return packed(request, document(), "application/json")

    @app.get("/v1/welcome", **says({200: Says("Whose gateway this is.", "Welcome")}, free=True))
    async def welcome(request: Request, nonce: Nonce = "") -> Response:
        """Whose gateway this is, and how one signs in: a laptop's first question. Nobody need be signed in."""
        return answer(request, service.welcome(nonce))

    @app.get("/v1/alive", **says({200: Says("It answers.", holds="json")}, free=True))
    async def alive(request: Request) -> Response:
        """That this gateway answers: for what stands in front of it, and watches it. Nobody need be signed in."""
        return packed(request, b'{"alive":true}', "application/json")


def _add_records(app: FastAPI, gate: Gate) -> None:
    @app.get("/v1/hello", **says({200: Says("Who answers, and for whom.", "Hello")}))
    async def hello(request: Request, nonce: Nonce = "") -> Response:
        """Who answers, and for whom."""
        said = await _as_caller(gate, request, lambda api: api.hello(nonce=nonce))
        return answer(request, replace(said, nonce=nonce))

    @app.post("/v1/push", **says({200: Says("One result an op.", "PushReply"), **EPOCH}, takes="PushRequest"))
    async def push(request: Request) -> Response:
        """Judge Changes (the schema Change, each on its own): what cannot be read is refused by itself."""
        api = await _caller(gate, request)
        message = asked(PushRequest, await body_of(request))
        return answer(request, await run_in_threadpool(api.push, message))

    @app.post("/v1/report", **says({200: Says("What is noted, for good.", "ReportReply")}, takes="ReportRequest"))
    async def report(request: Request) -> Response:
        """Note what belongs to a journal beside its Changes."""
        api = await _caller(gate, request)
        message = asked(ReportRequest, await body_of(request))
        return answer(request, await run_in_threadpool(api.report, message))

    @app.get("/v1/fleet", **says({200: Says("How each laptop stands.", "Fleet")}))
    async def fleet(request: Request) -> Response:
        """The laptops that the caller, a supervisor, looks after."""
        return answer(request, await _as_caller(gate, request, lambda api: api.fleet()))

    @app.post("/v1/pull", **says({200: Says("A page a bucket.", "PullReply"), **EPOCH}, takes="PullRequest"))
    async def pull(request: Request) -> Response:
        """What changed in the caller's scope."""
        api = await _caller(gate, request)
        message = asked(PullRequest, await body_of(request))
        return answer(request, await run_in_threadpool(api.pull, message))

    told = Says("The blocks; the same again for a request that came before.", "NumbersReply")

    @app.post("/v1/numbers", **says({200: told}, takes="NumbersRequest"))
    async def numbers(request: Request) -> Response:
        """Reserve official numbers for the caller's device."""
        api = await _caller(gate, request)
        message = asked(NumbersRequest, await body_of(request))
        return answer(request, await run_in_threadpool(api.numbers, message))

    whole = Says("The record; none outside the caller's scope.", "RecordReply")

    @app.get("/v1/records/{record}", **says({200: whole}))
    async def one(request: Request, record: RecordId) -> Response:
        """A record as it stands."""
        return answer(request, await _as_caller(gate, request, lambda api: api.record(record)))

    audit = Says("All ops, oldest first; none of a record outside the caller's scope.", "HistoryReply")

    @app.get("/v1/records/{record}/history", **says({200: audit}))
    async def history(request: Request, record: RecordId) -> Response:
        """A record's audit trail."""
        return answer(request, await _as_caller(gate, request, lambda api: api.history(record)))

    proven = Says("A CityTrail as text, and the City's signature over it.", "SignedTrail")

    @app.get("/v1/records/{record}/trail", **says({200: proven}))
    async def trail(request: Request, record: RecordId, known: Seen = 0) -> Response:
        """A record's audit trail with what proves it: each op's way to its block, the blocks, the head of the chain."""
        return answer(request, await _as_caller(gate, request, lambda api: api.trail(record, known)))


def _add_keys(app: FastAPI, gate: Gate) -> None:
    kept = Says("What is kept now.", "KeyPart")
    full = Says("So many laptops of this person have a part already.")

    @app.put("/v1/keys/{name}", **says({200: kept, 422: full}, takes="GivenPart"))
    async def keep(request: Request, name: KeyName) -> Response:
        """Keep the caller's part of a laptop's key."""
        api = await _caller(gate, request)
        said = asked(GivenPart, await body_of(request))
        await run_in_threadpool(api.keep_part, name, said.part)
        return answer(request, KeyPart(said.part))

    @app.get("/v1/keys/{name}", **says({200: Says("The part; empty where there is none.", "KeyPart")}))
    async def part(request: Request, name: KeyName) -> Response:
        """The caller's part of a laptop's key."""
        return answer(request, KeyPart(await _as_caller(gate, request, lambda api: api.part(name))))


def _add_files(app: FastAPI, gate: Gate) -> None:
    there = Says("How much of the file is here.", holds="file")

    full = Says("The City has no room for files now.")

    @app.head("/v1/blob/{sha256}", **says({200: there, 404: UNNAMED, 507: full}))
    async def status(request: Request, sha256: Sha256) -> Response:
        """How much of a file is here."""
        return _blob_answer(await _as_caller(gate, request, lambda api: api.blob_status(sha256)))

    written = Says("The piece is on the disk.", holds="file")
    full = Says("There is no room for this file now; all else goes on.")
    elsewhere = Says("Nothing was written: the file ends elsewhere.", holds="file")

    @app.patch("/v1/blob/{sha256}", **says({204: written, 404: UNNAMED, 409: elsewhere, 507: full}, takes="bytes"))
    async def put(request: Request, sha256: Sha256, offset: AtOffset, size: OfLength) -> Response:
        """Write a piece of a file at the offset that the caller believes is its end."""
        api = await _caller(gate, request)
        data = await body_of(request, BYTES, MAX_PIECE)
        said = await run_in_threadpool(api.put_blob, sha256, offset, size, data)
        written = said.offset == offset + len(data)
        return _blob_answer(said, 204 if written or said.complete else 409)

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
        api = await _caller(gate, request)
        data = await body_of(request, BYTES, MAX_PIECE)
        return answer(request, await run_in_threadpool(api.publish, name, data))

    @app.get("/v1/forms/{name}/{version}", **says(PIECE))
    async def form(request: Request, name: Name, version: Name, offset: From = 0) -> Response:
        """A piece of the package of a form's version."""
        data = await _as_caller(gate, request, lambda api: api.get_form(name, version, offset))
        return Response(data, media_type="application/octet-stream", headers=HEADERS)

    @app.get("/v1/layers/{sha256}", **says(PIECE_OF_LAYER))
    async def layer(request: Request, sha256: Sha256, offset: From = 0, most: Most = CHUNK) -> Response:
        """A piece of the file of a reference layer, of `most` bytes where there are so many."""
        data = await _as_caller(gate, request, lambda api: api.get_layer(sha256, offset, most))
        return packed(request, data, "application/octet-stream")

    @app.get("/v1/blob/{sha256}", **says(PIECE))
    async def get(request: Request, sha256: Sha256, offset: From = 0, most: Most = CHUNK) -> Response:
        """A piece of a file, of `most` bytes where there are so many."""
        data = await _as_caller(gate, request, lambda api: api.get_blob(sha256, offset, most))
        return Response(data, media_type="application/octet-stream", headers=HEADERS)


async def _as_caller(gate: Gate, request: Request, act: Callable[[PersonApi], Result]) -> Result:
    """Do something as the person whose token the request bears, off the event loop."""
    return await run_in_threadpool(lambda: act(_let_in(gate, request)))


async def _caller(gate: Gate, request: Request) -> PersonApi:
    """The gateway as the caller sees it: nobody's body is read before its token is known."""
    return await run_in_threadpool(_let_in, gate, request)


def _let_in(gate: Gate, request: Request) -> PersonApi:
    check_protocol(request)
    said = request.headers.get("authorization", "")
    if not said.startswith(BEARER):
        raise SignInError(tr("Please sign in."))
    api = gate.let_in(
        said[len(BEARER) :], request.client.host if request.client else "", request.headers.get(DEVICE, "")[:64]
    )
    request.state.person = api.person.id
    return api


class _InTheirLanguage:
    """Answers each request in the language that it asks for; the threads that work for it speak it too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with speaking(asked_language(Headers(scope=scope))) if scope["type"] == "http" else nullcontext():
            await self._app(scope, receive, send)


async def _refuse(request: Request, fault: Exception) -> Response:
    with speaking(asked_language(request.headers)):  # what nobody foresaw is answered outside of everything else
        said = problem(fault)
    if said.status_code == 405:
        said.headers["Allow"] = ", ".join(methods_at(request.app, request.url.path))
    return said


def _blob_answer(status: BlobStatus, code: int = 200) -> Response:
    """A file's status as headers: a HEAD has no body."""
    headers = {**HEADERS, OFFSET: str(status.offset), COMPLETE: "?1" if status.complete else "?0"}
    return Response(status_code=code if status.announced else 404, headers=headers)
