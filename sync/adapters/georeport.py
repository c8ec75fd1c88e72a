"""What an Open311 server answers, read as leniently as the world writes it (GeoReport v2 in XML or JSON).

Servers wrap lists or not, collapse a list of one into its item, write ids as numbers, `true` as a text, null as an
empty element, and JSON under the name of XML. What is a web page is no answer at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from fieldapp.errors import ProtocolError
from fieldapp.texts import tr

WRAPPERS = {
    "requests": ("service_requests", "request"),
    "updates": ("service_request_updates", "request_update"),
    "errors": ("errors", "error"),
    "services": ("services", "service"),
}
ERROR = {"code", "description"}
MOST_SAID = 500  # letters of a server's own words

Item = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """What a request or an update was given: an id, or a token for one that comes later, or neither."""

    id: str = ""
    token: str = ""
    notice: str = ""


@dataclass(frozen=True)
class Fault:
    """One error of a list of errors."""

    code: int
    words: str


def items(body: bytes, kind: str) -> list[Item]:
    """The items of a list: of `kind` requests, updates or errors. ProtocolError for what is no such answer."""
    root, item = WRAPPERS[kind]
    said = _read(body)
    if isinstance(said, dict):
        said = _inside(said, root)
    if isinstance(said, dict):
        said = _inside(said, item)
    if said in (None, ""):
        return []
    found = said if isinstance(said, list) else [said]
    if not all(isinstance(one, dict) for one in found):
        raise strange()
    return [_inside(one, item) if set(one) == {item} else one for one in found]


def given(body: bytes, kind: str = "requests") -> Given:
    """What the server gave a request or an update. An id that is 0 is one."""
    found = items(body, kind)
    if not found:
        return Given()
    name = "update_id" if kind == "updates" else "service_request_id"
    return Given(*(text(found[0].get(key)) for key in (name, "token", "service_notice")))


def faults(body: bytes, *, failed: bool) -> list[Fault]:
    """The errors that a server names; none where the body is no list of errors. Where it did not say by its status that
    it `failed`, only what can be nothing else is an error: a request has a description too."""
    try:
        found = items(body, "errors")
    except ProtocolError:
        return []
    told = [one for one in found if one.keys() & ERROR and (failed or one.keys() <= ERROR)]
    return [Fault(_number(text(one.get("code"))), text(one.get("description"))[:MOST_SAID]) for one in told]


def definition(body: bytes) -> list[Item]:
    """The attributes of a service's definition."""
    said = _read(body)
    whole = _inside(said, "service_definition") if isinstance(said, dict) else said
    whole = whole[0] if isinstance(whole, list) and len(whole) == 1 else whole
    if not isinstance(whole, dict):
        raise strange()
    inner = whole.get("attributes")
    inner = _inside(inner, "attribute") if isinstance(inner, dict) else inner
    found = inner if isinstance(inner, list) else [inner] if inner else []
    return [one for one in found if isinstance(one, dict)]


def text(value: object) -> str:
    """A value as text, whatever it was written as; "" for null, and for what is no single value. Halves of letters and
    NUL, which JSON can write and no database keeps, do not stand in it."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\0", "").encode(errors="replace").decode().strip()


def texts(value: object) -> Iterator[str]:
    """All texts inside a value, however deep."""
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    if not isinstance(value, (Mapping, list)):
        yield text(value)
    for one in inner:
        yield from texts(one)


def strange() -> ProtocolError:
    """An answer that no Open311 server gives."""
    return ProtocolError(tr("This is no answer of an Open311 server (a sign-in page?)."))


def _read(body: bytes) -> Any:
    """JSON or XML, whichever it is, in JSON's values."""
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if not start or start.startswith((b"<!doctype html", b"<html")):
        raise strange()
    try:
        return _of_xml(body) if start.startswith(b"<") else json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError, etree.LxmlError) as fault:
        raise strange() from fault


def _of_xml(body: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    root = etree.fromstring(body.removeprefix(b"\xef\xbb\xbf").lstrip(), parser)
    return {_name(root): _value(root)}


def _value(element: etree._Element) -> Any:
    """An element's text, or what is inside; several of the same name are a list."""
    children = list(element.iterchildren("*"))
    if not children:
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in children:
        name, value = _name(child), _value(child)
        if name in found:
            before = found[name] if isinstance(found[name], list) else [found[name]]
            found[name] = [*before, value]
        else:
            found[name] = value
    return found


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _inside(said: Item, name: str) -> Any:
    """What is wrapped under a name, else the thing itself."""
    return said.get(name) if name in said and len(said) == 1 else said


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0
