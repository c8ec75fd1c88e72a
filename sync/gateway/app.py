"""The gateway over HTTP: routes that only dispatch. What is decided is decided in service.py."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Annotated, TypeVar

from fastapi import FastAPI, Path
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from fieldapp import __version__
from fieldapp.errors import ProtocolError, SignInError, StoreError, SyncError
from fieldapp.store.sqlcipher import Error
from fieldapp.texts import speaking, tr
from sync.gateway.http import HEADERS, MAX_PIECE, answer, asked_language, body_of, check_protocol, problem
from sync.gateway.service import GatewayService, PersonApi
from sync.wire import BlobStatus, KeyPart, PullRequest, PushRequest, decoded

BEARER = "Bearer "
OFFSET, LENGTH, COMPLETE = "Upload-Offset", "Upload-Length", "Upload-Complete"
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Result = TypeVar("Result")


def create_app(service: GatewayService) -> FastAPI:
    """The gateway's web application over `service`."""
    app = FastAPI(title="City records gateway", version=__version__, docs_url=None, redoc_url=None)
    app.add_middleware(_InTheirLanguage)
    for kind in (SyncError, StoreError, Error, Exception):
        app.add_exception_handler(kind, _refuse)
    _add_records(app, service)
    _add_files(app, service)
    _add_keys(app, service)
    return app


def _add_records(app: FastAPI, service: GatewayService) -> None:
    @app.get("/v1/hello")
    async def hello(request: Request) -> Response:
        """Who answers, and for whom."""
        said = await _as_caller(service, request, PersonApi.hello)
        nonce = request.query_params.get("nonce", "")[:64]
        return answer(request, replace(said, nonce=nonce))

    @app.post("/v1/push")
    async def push(request: Request) -> Response:
        """Judge Changes, each on its own."""
        message = decoded(PushRequest, await body_of(request))
        return answer(request, await _as_caller(service, request, lambda api: api.push(message)))

    @app.post("/v1/pull")
    async def pull(request: Request) -> Response:
        """What changed in the caller's scope."""
        message = decoded(PullRequest, await body_of(request))
        return answer(request, await _as_caller(service, request, lambda api: api.pull(message)))

    @app.get("/v1/records/{record}/history")
    async def history(request: Request, record: str) -> Response:
        """A record's audit trail."""
        return answer(request, await _as_caller(service, request, lambda api: api.history(record)))


def _add_keys(app: FastAPI, service: GatewayService) -> None:
    @app.put("/v1/keys/{name}")
    async def keep(request: Request, name: str) -> Response:
        """Keep the caller's part of a laptop's key."""
        said = decoded(KeyPart, await body_of(request))
        await _as_caller(service, request, lambda api: api.keep_part(name, said.part))
        return answer(request, said)

    @app.get("/v1/keys/{name}")
    async def part(request: Request, name: str) -> Response:
        """The caller's part of a laptop's key."""
        return answer(request, KeyPart(await _as_caller(service, request, lambda api: api.part(name))))


def _add_files(app: FastAPI, service: GatewayService) -> None:
    @app.head("/v1/blob/{sha256}")
    async def status(request: Request, sha256: Sha256) -> Response:
        """How much of a file is here."""
        return _blob_answer(await _as_caller(service, request, lambda api: api.blob_status(sha256)))

    @app.patch("/v1/blob/{sha256}")
    async def put(request: Request, sha256: Sha256) -> Response:
        """Write a piece of a file at the offset that the caller believes is its end."""
        offset, size = _number(request, OFFSET), _number(request, LENGTH)
        data = await body_of(request, MAX_PIECE)
        said = await _as_caller(service, request, lambda api: api.put_blob(sha256, offset, size, data))
        written = said.offset == offset + len(data)
        return _blob_answer(said, 204 if written or said.complete else 409)

    @app.get("/v1/forms/{name}/{version}")
    async def form(request: Request, name: str, version: str, offset: int = 0) -> Response:
        """A piece of the package of a form's version."""
        data = await _as_caller(service, request, lambda api: api.get_form(name, version, max(0, offset)))
        return Response(data, media_type="application/octet-stream", headers=HEADERS)

    @app.get("/v1/blob/{sha256}")
    async def get(request: Request, sha256: Sha256, offset: int = 0) -> Response:
        """A piece of a file."""
        data = await _as_caller(service, request, lambda api: api.get_blob(sha256, max(0, offset)))
        return Response(data, media_type="application/octet-stream", headers=HEADERS)


async def _as_caller(service: GatewayService, request: Request, act: Callable[[PersonApi], Result]) -> Result:
    """Do something as the person whose token the request bears, off the event loop."""
    check_protocol(request)
    said = request.headers.get("authorization", "")
    if not said.startswith(BEARER):
        raise SignInError(tr("Please sign in."))
    return await run_in_threadpool(lambda: act(service.as_(service.signed_in(said[len(BEARER) :]))))


class _InTheirLanguage:
    """Answers each request in the language that it asks for; the threads that work for it speak it too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with speaking(asked_language(Headers(scope=scope))) if scope["type"] == "http" else nullcontext():
            await self._app(scope, receive, send)


async def _refuse(request: Request, fault: Exception) -> Response:
    with speaking(asked_language(request.headers)):  # what nobody foresaw is answered outside of everything else
        return problem(fault)


def _blob_answer(status: BlobStatus, code: int = 200) -> Response:
    """A file's status as headers: a HEAD has no body."""
    headers = {**HEADERS, OFFSET: str(status.offset), COMPLETE: "?1" if status.complete else "?0"}
    return Response(status_code=code if status.announced else 404, headers=headers)


def _number(request: Request, header: str) -> int:
    said = request.headers.get(header, "")
    if not said.isdecimal():
        raise ProtocolError(tr("The header {name} must be a number.", name=header))
    return int(said)
