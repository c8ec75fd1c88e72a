"""The gateway over HTTP: its routes in one application, in the language of who asks. What is decided is decided in
service.py."""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import lru_cache

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from fieldapp import __version__
from fieldapp.errors import StoreError, SyncError
from fieldapp.store.sqlcipher import Error
from fieldapp.texts import speaking
from sync.gateway.access import AccessLog
from sync.gateway.bookings.routes import add_feeds
from sync.gateway.bounds import Bounds
from sync.gateway.describing import Says, described, methods_at, says
from sync.gateway.http import answer, asked_language, packed, problem
from sync.gateway.limits import Gate, Limits
from sync.gateway.open311.routes import Open311Api
from sync.gateway.operating.measures import Measures
from sync.gateway.routes.files import add_files
from sync.gateway.routes.handouts import add_handouts
from sync.gateway.routes.keys import add_keys
from sync.gateway.routes.records import Nonce, add_records
from sync.gateway.routes.standing_in import add_stand_ins
from sync.gateway.service import GatewayService
from sync.updates.release import MOUNT


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
    add_records(app, gate)
    add_files(app, gate)
    add_handouts(app, gate)
    add_keys(app, gate)
    add_stand_ins(app, gate)
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
