"""GeoReport's addresses: what they are asked, and in which spelling they answer. Errors are GeoReport's own."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from fieldapp.access import COUNTER, SUPERVISOR, has_role
from fieldapp.clock import CITY_ZONE
from fieldapp.errors import FieldAppError, GatewayError, SignInError
from fieldapp.places import Layers
from fieldapp.texts import language, tr
from sync.gateway.open311 import offer, reading, shapes
from sync.gateway.open311.city import Open311City
from sync.gateway.open311.forms import request_in, update_in
from sync.gateway.open311.intake import Intake, RequestError
from sync.gateway.open311.reading import Asked
from sync.gateway.open311.updating import Updating
from sync.gateway.person import PersonApi
from sync.gateway.service import GatewayService

log = logging.getLogger(__name__)
Act = Callable[[Request, str], Awaitable[Response]]


class Open311Api:
    """Answers GeoReport v2 over a gateway's records."""

    def __init__(self, service: GatewayService, city: Open311City) -> None:
        self._service = service
        self._city = city
        self._layers = Layers(city.layers) if city.layers else None

    def router(self) -> Router:
        """All addresses, each ending in `.json` or `.xml`."""
        told: list[tuple[str, str, Act]] = [
            ("GET", "/discovery", self._discovery),
            ("GET", "/services", self._services),
            ("GET", "/services/{code}", self._definition),
            ("POST", "/requests", self._post),
            ("GET", "/requests", self._requests),
            ("GET", "/requests/{id}", self._one),
            ("GET", "/tokens/{id}", self._token),
            ("GET", "/servicerequestupdates", self._updates),
            ("POST", "/servicerequestupdates", self._take_update),
        ]
        routes = [
            Route(f"{path}.{fmt}", partial(self._answer, act, fmt), methods=[method])
            for method, path, act in told
            for fmt in (shapes.JSON, shapes.XML)
        ]
        return Router(routes, redirect_slashes=False, default=_nothing)

    async def _answer(self, act: Act, fmt: str, request: Request) -> Response:
        try:
            self._check_jurisdiction(request.query_params)
            return await act(request, fmt)
        except RequestError as refused:
            return _errors(fmt, *refused.errors)
        except SignInError:
            return _errors(fmt, (403, tr("This api_key is not known here, or may not hand in requests.")))
        except GatewayError as fault:
            return _errors(fmt, (400 if fault.status < 500 else fault.status, str(fault)))
        except FieldAppError as fault:  # never a list that is cut short: who reads it would think the rest is gone
            log.warning("open311: %s", fault)
            return _errors(fmt, (503, tr("The City's records cannot be read now. Please ask again.")))

    async def _discovery(self, request: Request, fmt: str) -> Response:
        base = str(request.url).partition("/discovery.")[0] + "/"
        kinds = ["application/json", "text/xml"]
        v2 = "http://wiki.open311.org/GeoReport_v2"
        changed = await run_in_threadpool(reading.changeset, self._service.database)
        endpoint = {"specification": v2, "url": base, "changeset": changed, "type": "production", "formats": kinds}
        contact, key = self._city.contact, tr("Ask the contact for an api_key.")
        told = {"changeset": changed, "contact": contact, "key_service": key, "endpoints": [endpoint]}
        return shapes.one(fmt, "discovery", told)

    async def _services(self, _request: Request, fmt: str) -> Response:
        found = [offer.described(one, language()) for one in offer.offered(self._service.catalogue)]
        return shapes.several(fmt, "services", "service", found)

    async def _definition(self, request: Request, fmt: str) -> Response:
        service = offer.service_of(self._service.catalogue, request.path_params["code"])
        if service is None:
            raise RequestError((404, tr("There is no service with this service_code.")))
        told = await run_in_threadpool(offer.definition, service, language(), self._service.clock)
        return shapes.one(fmt, "service_definition", told)

    async def _post(self, request: Request, fmt: str) -> Response:
        asked, parts = await request_in(request)
        self._check_jurisdiction(parts)
        api = await run_in_threadpool(self._account, parts.get("api_key") or request.headers.get("api-key", ""))
        service = offer.service_of(self._service.catalogue, parts.get("service_code", ""))
        if service is None or service.open311 is None:
            raise RequestError((404, tr("There is no service with this service_code.")))
        intake = Intake(api, self._service.clock, self._layers)
        number = await run_in_threadpool(intake.take, service, service.open311, asked)
        told = {"service_request_id": number, "service_notice": None, "account_id": None}
        return shapes.several(fmt, "service_requests", "request", [told], 201)

    async def _requests(self, request: Request, fmt: str) -> Response:
        found = await run_in_threadpool(self._found, self._asked(request.query_params))
        return shapes.several(fmt, "service_requests", "request", found)

    async def _one(self, request: Request, fmt: str) -> Response:
        found = await run_in_threadpool(self._found, Asked(ids=(request.path_params["id"],)))
        if not found:
            raise RequestError((404, tr("There is no request with this service_request_id.")))
        return shapes.several(fmt, "service_requests", "request", found)

    async def _token(self, _request: Request, _fmt: str) -> Response:
        raise RequestError((404, tr("No token was given out: each request has its service_request_id at once.")))

    async def _updates(self, request: Request, fmt: str) -> Response:
        first, last = self._span(request.query_params)
        catalogue = self._service.catalogue
        found = await run_in_threadpool(reading.updates, self._service.database, catalogue, first, last, language())
        return shapes.several(fmt, "service_request_updates", "request_update", found)

    async def _take_update(self, request: Request, fmt: str) -> Response:
        update, parts = await update_in(request)
        self._check_jurisdiction(parts)
        api = await run_in_threadpool(self._account, parts.get("api_key") or request.headers.get("api-key", ""))
        named = update.word if update.word.by else replace(update.word, by=api.person.name)
        told = await run_in_threadpool(Updating(api, self._service.clock).take, replace(update, word=named))
        return shapes.several(fmt, "service_request_updates", "request_update", [{"update_id": told}], 201)

    def _found(self, asked: Asked) -> list[dict[str, object]]:
        return reading.requests(self._service.database, self._service.catalogue, asked, language())

    def _asked(self, said: Mapping[str, str]) -> Asked:
        if ids := _listed(said.get("service_request_id", "")):  # overrides all else
            return Asked(ids=ids)
        first, last = self._span(said)
        size = min(_number(said, "page_size", reading.MOST), reading.MOST)
        chosen = _listed(said.get("service_code", "")), first, last, _listed(said.get("status", ""))
        return Asked((), *chosen, page=_number(said, "page", 1), size=size)

    def _span(self, said: Mapping[str, str]) -> tuple[str, str]:
        first, last = (_moment(said, name) for name in ("start_date", "end_date"))
        try:
            return reading.span(first, last, self._service.clock.now())
        except OverflowError as fault:  # at an end of the calendar
            raise RequestError((400, _no_moment("start_date"))) from fault

    def _account(self, key: str) -> PersonApi:
        if not key:
            raise RequestError((403, tr("Please give your api_key.")))
        person = self._service.signed_in(key)
        if not has_role(person, frozenset({COUNTER, SUPERVISOR})):
            raise SignInError(tr("Please sign in."))
        return self._service.as_(person)

    def _check_jurisdiction(self, told: Mapping[str, str]) -> None:
        said = told.get("jurisdiction_id", "")
        if said and said != self._city.jurisdiction:
            raise RequestError((404, tr("This is the endpoint of {city} alone.", city=self._city.jurisdiction)))


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    response = _errors(shapes.XML if scope["path"].endswith(".xml") else shapes.JSON, (404, tr("Nothing is here.")))
    await response(scope, receive, send)


def _errors(fmt: str, *errors: tuple[int, str]) -> Response:
    told = [{"code": code, "description": words} for code, words in errors]
    return shapes.several(fmt, "errors", "error", told, errors[0][0])


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _number(said: Mapping[str, str], name: str, otherwise: int) -> int:
    text = said.get(name, "")
    if text and not (text.isascii() and text.isdecimal() and int(text[:9]) > 0):
        raise RequestError((400, tr("{name} must be a whole number from 1 on.", name=name)))
    return int(text[:9]) if text else otherwise


def _moment(said: Mapping[str, str], name: str) -> datetime | None:
    text = said.get(name, "").replace(" ", "+")  # a plus sign that was not escaped
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as fault:
        raise RequestError((400, _no_moment(name))) from fault
    return found if found.tzinfo else found.replace(tzinfo=CITY_ZONE)


def _no_moment(name: str) -> str:
    return tr("{name} is no moment, as in 2026-11-23T09:00:00-05:00.", name=name)
