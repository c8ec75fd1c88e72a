"""Who asks: the gateway as the person sees it whose token a request bears."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from fieldapp.errors import SignInError
from fieldapp.texts import tr
from sync.gateway.http import check_protocol
from sync.gateway.limits import Gate
from sync.gateway.person import PersonApi

BEARER = "Bearer "
DEVICE = "FieldApp-Device"
Result = TypeVar("Result")


async def as_caller(gate: Gate, request: Request, act: Callable[[PersonApi], Result]) -> Result:
    """Do something as the person whose token the request bears, off the event loop."""
    return await run_in_threadpool(lambda: act(_let_in(gate, request)))


async def caller(gate: Gate, request: Request) -> PersonApi:
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
