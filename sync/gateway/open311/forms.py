"""The body of a request: a form in either of HTML's two spellings, with pictures under any name."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request as HttpRequest

from fieldapp.outside import LONGEST, Word
from fieldapp.sniffing import mime_of
from fieldapp.texts import tr
from sync.gateway.http import MAX_PIECE, body_of
from sync.gateway.open311.intake import Photo, Request, RequestError
from sync.gateway.open311.updating import Update, said_at

PLAIN, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
LARGEST = MAX_PIECE  # bytes in all
PICTURES, FIELDS = 5, 200
NAME = 200  # characters of an id, a status, a name
ATTRIBUTE = re.compile(r"attribute\[([^\]]{1,100})\](\[\])?")
SHOWN = ("image/jpeg", "image/png", "image/webp")


async def request_in(http: HttpRequest) -> tuple[Request, dict[str, str]]:
    """What is asked for, and GeoReport's own parts by name. RequestError for what cannot be read."""
    form = await _read(http)
    try:
        return await _asked(http, form)
    finally:
        await form.close()


async def update_in(http: HttpRequest) -> tuple[Update, dict[str, str]]:
    """The update that is posted, and GeoReport's own parts by name. RequestError for what cannot be read."""
    form = await _read(http)
    try:
        return await _told(form)
    finally:
        await form.close()


async def _told(form: FormData) -> tuple[Update, dict[str, str]]:
    parts = _texts(form)
    if await _photos(form):
        raise RequestError((400, tr("An update takes no pictures: give their addresses as media_url.")))
    wanted = [name for name in ("update_id", "service_request_id") if name not in parts]
    if wanted:
        raise RequestError(*((400, tr("{name} is missing.", name=name)) for name in wanted))
    status, text = parts.get("status", "").casefold(), _described(parts, form)
    if not status and not text:
        raise RequestError((400, tr("{name} is missing.", name="status")))
    by = " ".join(parts[name] for name in ("first_name", "last_name") if name in parts)
    word = Word(by[:NAME], said_at(parts.get("updated_datetime", "")), status[:NAME], text)
    return Update(parts["update_id"][:NAME], parts["service_request_id"], word), parts


async def _asked(http: HttpRequest, form: FormData) -> tuple[Request, dict[str, str]]:
    parts = _texts(form)
    attributes: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str) and value.strip() and (found := ATTRIBUTE.fullmatch(name)):
            attributes.setdefault(found[1], []).append(value.strip())
    told = {
        "description": _described(parts, form),
        "address": parts.get("address_string") or _words(_place(parts)),
        "location": _place(parts),
        **{name: parts.get(name, "") for name in ("first_name", "last_name", "phone", "email")},
    }
    key = http.headers.get("idempotency-key", "")[:200]
    return Request(told, attributes, await _photos(form), key), parts


def _texts(form: FormData) -> dict[str, str]:
    """The parts that are not empty."""
    parts = {name: value.strip() for name, value in form.multi_items() if isinstance(value, str) and value.strip()}
    if len(parts.get("description", "")) > LONGEST:
        raise RequestError((400, tr("description may have {n} characters.", n=LONGEST)))
    return parts


def _described(parts: dict[str, str], form: FormData) -> str:
    """The description, with the addresses of pictures that lie elsewhere."""
    links = [str(link).strip() for link in form.getlist("media_url") if isinstance(link, str) and link.strip()]
    return "\n".join([parts.get("description", ""), *links]).strip()


def _place(parts: dict[str, str]) -> str:
    """A point as forms have it, from lat and long."""
    if "lat" not in parts and "long" not in parts:
        return ""
    try:
        lat, lon = float(parts["lat"]), float(parts["long"])
    except (KeyError, ValueError) as fault:
        raise RequestError((400, tr("lat and long must both be numbers, in degrees."))) from fault
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise RequestError((400, tr("lat and long must both be numbers, in degrees.")))
    return f"{lat:.7f} {lon:.7f} 0 0"


def _words(point: str) -> str:
    """A place without an address, as an address: "43.25610, -79.86920"."""
    lat, lon, *_ = [*point.split(), "", ""]
    return f"{float(lat):.5f}, {float(lon):.5f}" if point else ""


async def _photos(form: FormData) -> tuple[Photo, ...]:
    found = []
    for _, value in form.multi_items():
        if not isinstance(value, UploadFile):
            continue
        data = await value.read()
        if not data:
            continue
        mime = mime_of(data)
        if mime not in SHOWN:
            raise RequestError((400, tr("A file is no picture: JPEG, PNG and WebP are taken.")))
        found.append(Photo(data, mime, (value.filename or "")[:100]))
    return tuple(found)


async def _read(http: HttpRequest) -> FormData:
    kind = http.headers.get("content-type", PLAIN).partition(";")[0].strip().casefold()
    if kind not in (PLAIN, PARTS):
        raise RequestError((400, tr("A request comes as a form ({plain} or {parts}).", plain=PLAIN, parts=PARTS)))
    data = await body_of(http, kind, LARGEST)

    async def stream() -> AsyncGenerator[bytes, None]:
        yield data
        yield b""

    try:
        if kind == PLAIN:
            return await FormParser(http.headers, stream()).parse()
        form = await MultiPartParser(
            http.headers, stream(), max_files=PICTURES, max_fields=FIELDS, max_part_size=LARGEST
        ).parse()
        _require_letters(form)
    except (MultiPartException, KeyError, UnicodeError) as fault:
        raise RequestError((400, tr("This form cannot be read."))) from fault
    return form


def _require_letters(form: FormData) -> None:
    """UnicodeError where a charset of the caller's choice has made halves of letters, which nothing here can keep."""
    for name, value in form.multi_items():
        said = value if isinstance(value, str) else value.filename or ""
        f"{name}{said}".encode()
