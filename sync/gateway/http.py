"""HTTP's part of the gateway: bounded bodies, compressed answers, errors as problem+json (RFC 9457)."""

from __future__ import annotations

import gzip
import zlib

from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from fieldapp.errors import (
    BusyError,
    EpochError,
    GatewayError,
    ProtocolError,
    RevokedError,
    SignInError,
    StoreError,
    SyncError,
    UpgradeError,
)
from fieldapp.store.sqlcipher import Error
from fieldapp.texts import LANGUAGES, tr
from sync.wire import CHUNK, MAX_BODY, PROTOCOL, Message, Problem, SignedOrder, decoded, encoded

MAX_PIECE = 8 * CHUNK  # of a file
LARGEST_HEAD = 32 << 10  # bytes of a request's line and headers: a token may have 16 KiB
DRAINED = 4  # times the limit: so much of a body that is too large is read and dropped, so that its sender hears why
WORTH_PACKING = 1 << 10
PACKING = 6
GZIP_WINDOW = 31
RETRY_AFTER = 30.0
PROTOCOL_HEADER = "FieldApp-Protocol"
HEADERS = {
    PROTOCOL_HEADER: str(PROTOCOL),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class TooManyError(BusyError):
    """This person, or this address, asks too often."""


STATUS: tuple[tuple[type[Exception], int, str], ...] = (
    (RevokedError, 403, "revoked"),
    (SignInError, 401, "sign-in"),
    (EpochError, 409, "epoch"),
    (UpgradeError, 426, "upgrade"),
    (TooManyError, 429, "too-many"),
    (BusyError, 503, "busy"),
    (ClientDisconnect, 400, "message"),  # nobody is there to hear it
    (ProtocolError, 400, "message"),
    (StoreError, 503, "busy"),
    (Error, 503, "busy"),
)
KINDS = {404: "not-found", 405: "method", 408: "slow", 413: "too-large", 415: "kind", 431: "head"}  # of a GatewayError


async def body_of(request: Request, kind: str = "application/json", limit: int = MAX_BODY) -> bytes:
    """The request's body, unpacked. GatewayError: 413 beyond `limit`, of which no more is ever held in memory; 415
    for a body that says it is of another kind."""
    packing = _packing(request, kind)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size <= limit:
            parts.append(part)
        elif size > limit * DRAINED:
            break
    if size > limit:
        raise too_large()
    data = b"".join(parts)
    return _unpacked(data, limit) if packing == "gzip" else data


def asked(kind: type[Message], data: bytes) -> Message:
    """The message in a request's body; ProtocolError when it is none, also for a number in quotes."""
    return decoded(kind, data, strict=True)


def _packing(request: Request, kind: str) -> str:
    said = request.headers.get("content-type", kind).partition(";")[0].strip().casefold()
    packing = request.headers.get("content-encoding", "identity").strip().casefold()
    if said != kind or packing not in {"gzip", "identity"}:
        raise GatewayError(tr("This kind of message is not taken here: it takes {kind}.", kind=kind), 415)
    return packing


def answer(request: Request, message: object) -> Response:
    """A message as the answer, packed where the other side takes it and it is worth it."""
    return packed(request, encoded(message), "application/json")


def packed(request: Request, data: bytes, media_type: str) -> Response:
    """Bytes as the answer."""
    headers = dict(HEADERS)
    if len(data) > WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        data = gzip.compress(data, PACKING, mtime=0)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(data, media_type=media_type, headers=headers)


def problem(fault: Exception) -> Response:
    """What went wrong with a whole request. Of what is not ours to tell, nothing but that it failed."""
    if isinstance(fault, GatewayError):
        return _problem(fault.status, KINDS.get(fault.status, "request"), str(fault))
    if isinstance(fault, HTTPException):  # the router's: no such path, or no such method there
        said = tr("There is nothing here.") if fault.status_code == 404 else tr("This cannot be done here.")
        return _problem(fault.status_code, KINDS.get(fault.status_code, "request"), said)
    if isinstance(fault, RequestValidationError):
        return _problem(400, "message", _why(fault))
    for kind, status, name in STATUS:
        if isinstance(fault, kind):
            detail = str(fault) if isinstance(fault, SyncError) else tr("The City's records cannot be written now.")
            order = fault.order if isinstance(fault, RevokedError) else None
            return _problem(status, name, detail, getattr(fault, "retry_after", RETRY_AFTER), order)
    return _problem(500, "fault", tr("The City's gateway failed on this request."))


def asked_language(headers: Headers) -> str:
    """The first of our languages that the caller asks for (Accept-Language, RFC 9110), "" for none of them."""
    wishes = []
    for wish in headers.get("accept-language", "").split(","):
        tag, _, parameters = wish.strip().partition(";")
        weight = parameters.replace(" ", "").removeprefix("q=") or "1"
        language = tag.strip().partition("-")[0].casefold()
        if language in LANGUAGES and weight.replace(".", "", 1).isdecimal() and float(weight):
            wishes.append((float(weight), language))
    return max(wishes, key=lambda wish: wish[0])[1] if wishes else ""


def check_protocol(request: Request) -> None:
    """UpgradeError unless the caller speaks this major version of the messages; what follows a dot never matters."""
    said = request.headers.get(PROTOCOL_HEADER, str(PROTOCOL))
    if said.partition(".")[0] != str(PROTOCOL):
        raise UpgradeError(tr("The City no longer takes messages of this version. Please update FieldApp."))


def too_large() -> GatewayError:
    """The answer to a body beyond the limit."""
    return GatewayError(tr("This message is too large."), 413)


def _problem(status: int, name: str, detail: str, retry_after: float = 0.0, order: object = None) -> Response:
    headers = dict(HEADERS)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in {429, 503}:
        headers["Retry-After"] = str(int(retry_after) or 1)
    signed = order if isinstance(order, SignedOrder) else None
    said = Problem(f"urn:fieldapp:problem:{name}", name, status, detail, signed)
    return Response(encoded(said), status, headers, "application/problem+json")


def _why(fault: RequestValidationError) -> str:
    """Which name or number of the request is wrong. What it said instead is not repeated."""
    first = fault.errors()[0]
    return tr("This is no message of a records gateway: {why}", why=f"{first['loc'][-1]}: {first['msg']}")


def _unpacked(data: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj(GZIP_WINDOW)
    try:
        whole = unpacker.decompress(data, limit + 1)
    except zlib.error as fault:
        raise ProtocolError(tr("This is no message of a records gateway: {why}", why=fault)) from fault
    if len(whole) > limit:
        raise too_large()
    if not unpacker.eof or unpacker.unused_data:
        raise ProtocolError(tr("This is no message of a records gateway: {why}", why="cut"))
    return whole
