"""The gateway's OpenAPI 3.1 description. It is made from the routes and the messages themselves, so it cannot drift:
a route says with `says` what it takes and answers; what all routes share is said here, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from fieldapp.records import Change
from sync import wire
from sync.gateway.http import HEADERS, PROTOCOL_HEADER

JSON, BYTES, PROBLEM = "application/json", "application/octet-stream", "application/problem+json"
CALENDAR = "text/calendar"
SCHEMAS = "#/components/schemas/{model}"
ABOUT = (
    "Laptops of the City's staff push Changes, pull what others changed, and hand files over; PROTOCOL.md tells what"
    " each message means. Keys that the gateway does not know are kept or passed over, never refused. Errors are"
    " problem+json (RFC 9457). Bodies may be packed with gzip; unpacked, a message has at most 4 MiB, a piece of a file"
    " 8 MiB."
)
FREE = {
    400: "A message, a header or a name is none of this protocol's.",
    429: "Too many requests of one person, or too many failed sign-ins from one address.",
    431: "The headers are too large.",
    500: "The gateway failed on this request.",
    503: "The gateway is busy, or its records cannot be read or written now.",
}
SIGNED_IN = FREE | {
    401: "Nobody is signed in, or the sign-in has expired or was revoked.",
    403: "The City has withdrawn this laptop or person; `order` says what to do, and is signed.",
    426: "The gateway no longer speaks this major version of the messages.",
}
WITH_BODY = {
    408: "The body came too slowly.",
    413: "The body is too large.",
    415: "The body is of a kind, or packed in a way, that is not taken here.",
}
NUMBER = {"type": "integer", "minimum": 0}
FILE_HEADERS = {
    "Upload-Offset": {"description": "How many bytes of the file are here.", "required": True, "schema": NUMBER},
    "Upload-Complete": {"description": "Whether it is whole.", "required": True, "schema": {"enum": ["?0", "?1"]}},
}
WAIT = {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer", "minimum": 1}}
BEARER = {"description": "What is asked for.", "required": True, "schema": {"const": "Bearer"}}


@dataclass(frozen=True)
class Says:
    """One answer of a route: in words, and with a message, bytes, the state of a file, or (none of them) a problem."""

    words: str
    message: str = ""  # the name of a message of the wire
    holds: str = ""  # "bytes", "file" (its state, as headers), "json" or "calendar"


def says(answers: dict[int, Says], *, takes: str = "", free: bool = False) -> dict[str, Any]:
    """What a route's decorator is told beside the path: its own answers; the message, or "bytes", that it takes;
    whether nobody need be signed in."""
    told = {"answers": {str(status): asdict(said) for status, said in answers.items()}, "takes": takes, "free": free}
    return {"response_model": None, "openapi_extra": {"x-says": told}}


def described(app: FastAPI) -> dict[str, Any]:
    """The whole document."""
    document = get_openapi(title=app.title, version=app.version, description=ABOUT, routes=app.routes)
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    messages = {("Problem", "serialization"), ("Change", "validation")}
    for operation in operations:
        messages |= _complete(operation)
    document["servers"] = [{"url": "/"}]
    document["components"] = {
        "schemas": _schemas(messages),
        "parameters": _parameters(),
        "headers": {name: _header(value) for name, value in HEADERS.items()},
        "responses": {str(status): _problem(status, words) for status, words in (SIGNED_IN | WITH_BODY).items()},
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }
    return document


def methods_at(app: FastAPI, path: str) -> list[str]:
    """The methods that are answered at a path."""
    found: Iterable[APIRoute] = (route for route in app.routes if isinstance(route, APIRoute))
    return sorted({method for route in found if route.path_regex.match(path) for method in route.methods or ()})


def _complete(operation: dict[str, Any]) -> set[tuple[str, str]]:
    """Turn what the operation's route said into OpenAPI; the messages that it named."""
    told = operation.pop("x-says", {"answers": {}, "takes": "", "free": False})
    takes, free = told["takes"], told["free"]
    shared = (FREE if free else SIGNED_IN) | (WITH_BODY if takes else {})
    answers = {status: _answer(int(status), Says(**said)) for status, said in told["answers"].items()}
    usual = {str(status): {"$ref": f"#/components/responses/{status}"} for status in shared}
    operation["responses"] = dict(sorted((usual | answers).items()))
    operation["security"] = [] if free else [{"token": []}]
    if not free:
        common = [{"$ref": f"#/components/parameters/{name}"} for name in _parameters()]
        operation["parameters"] = operation.get("parameters", []) + common
    if takes:
        operation["requestBody"] = {"required": True, "content": _content(takes)}
    named = {(said["message"], "serialization") for said in told["answers"].values() if said["message"]}
    return named | ({(takes, "validation")} if takes not in {"", "bytes"} else set())


def _content(kind: str) -> dict[str, Any]:
    """A body: a message, bytes, or any JSON."""
    if kind == "bytes":
        return {BYTES: {"schema": {"type": "string", "format": "binary"}}}
    if kind == "calendar":
        return {CALENDAR: {"schema": {"type": "string"}}}
    return {JSON: {"schema": {"type": "object"} if kind == "json" else {"$ref": SCHEMAS.format(model=kind)}}}


def _answer(status: int, said: Says) -> dict[str, Any]:
    kind = said.message or said.holds
    if not kind:
        return _problem(status, said.words)
    always = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    if kind == "file":
        return {"description": said.words, "headers": always | FILE_HEADERS}
    return {"description": said.words, "headers": always, "content": _content(kind)}


def _problem(status: int, words: str) -> dict[str, Any]:
    headers: dict[str, Any] = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    headers |= {"Retry-After": WAIT} if status in {429, 503} else {}
    headers |= {"WWW-Authenticate": BEARER} if status == 401 else {}
    content = {PROBLEM: {"schema": {"$ref": SCHEMAS.format(model="Problem")}}}
    return {"description": words, "headers": headers, "content": content}


def _header(value: str) -> dict[str, Any]:
    return {"description": "The same on every answer.", "required": True, "schema": {"const": value}}


def _parameters() -> dict[str, Any]:
    """What any request of a signed-in person may say."""
    version = {"type": "string", "pattern": rf"^{wire.PROTOCOL}(\..*)?$"}
    about = "The major version of the messages; without it, this one. What follows a dot never matters."
    words = "The language of messages for people: en or fr, as in RFC 9110."
    return {
        PROTOCOL_HEADER: {"name": PROTOCOL_HEADER, "in": "header", "description": about, "schema": version},
        "FieldApp-Device": {
            "name": "FieldApp-Device",
            "in": "header",
            "description": "The laptop's name; one whose store is to be erased is told so.",
            "schema": {"type": "string"},
        },
        "Accept-Language": {
            "name": "Accept-Language",
            "in": "header",
            "description": words,
            "schema": {"type": "string"},
        },
    }


def _schemas(messages: set[tuple[str, str]]) -> dict[str, Any]:
    """The JSON Schemas of these messages, and of all that they hold."""
    kinds = {"Change": Change, **vars(wire)}
    asked = [(name, mode, TypeAdapter(kinds[name])) for name, mode in sorted(messages)]
    _, found = TypeAdapter.json_schemas(asked, ref_template=SCHEMAS)  # type: ignore[arg-type]  # modes are literals
    return dict(found["$defs"])
