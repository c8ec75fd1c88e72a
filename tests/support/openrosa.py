"""An OpenRosa server with behaviour, on a real port: forms, files, sign-in, submissions, and a bad line when wished.

Built from the OpenRosa APIs 1.0 (form list, form submission, authentication) and what ODK Central's documentation adds:
the same id with the same XML is the same submission, with other XML a conflict; a correction names what it replaces.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from xml.sax.saxutils import escape

import uvicorn
from lxml import etree
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.support.openrosa_faults import Fault
from tests.support.openrosa_gate import Gate

ORX = "{http://openrosa.org/xforms}"
XML = "text/xml; charset=utf-8"


@dataclass
class Hosted:
    """A form of the server's."""

    xml: bytes
    name: str
    version: str
    media: dict[str, bytes] = field(default_factory=dict)
    entities: frozenset[str] = frozenset()  # media that are lists of entities, marked by their time
    open: bool = True


@dataclass
class Held:
    """A submission that the server has."""

    xml: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    replaced_by: str = ""


@dataclass
class OpenRosaDouble:
    """The server's state, and how it behaves. `faults` are used up one a request, `None` lets one through."""

    forms: dict[str, Hosted] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    sign_in: str = ""  # basic, unchallenged, digest, bearer or key
    user: str = "anna"
    secret: str = "s3cret"  # noqa: S105 - of a server that exists for a test only
    room: int = 10_000_000
    strict_room: bool = False  # whether larger bodies are refused
    taken_status: int = 201
    lies: dict[str, bytes] = field(default_factory=dict)  # other content than the hash says, by path
    faults: list[Fault | None] = field(default_factory=list)
    fault_on: str = "POST"
    requests: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)  # asked for, of forms and files; "" for the whole
    bodies: list[int] = field(default_factory=list)
    incomplete: list[bool] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    nonce: str = field(default_factory=lambda: secrets.token_hex(16))
    url: str = ""

    def app(self) -> Starlette:
        """The server as an application."""
        paths = {
            "/formList": self._form_list,
            "/group": self._group,
            "/manifest/{form}": self._manifest,
            "/form/{form}": self._form,
            "/media/{form}/{name:path}": self._media,
            "/submission": self._submission,
        }
        prefixes = ("/v1/projects/1", "/v1/key/{key}/projects/1")
        methods = ["GET", "HEAD", "POST"]
        return Starlette(
            routes=[
                Route(prefix + path, self._guarded(act), methods=methods)
                for path, act in paths.items()
                for prefix in prefixes
            ]
        )

    @property
    def address(self) -> str:
        """Where a client finds it."""
        return f"{self.url}/v1/projects/1"

    @property
    def current(self) -> dict[str, Held]:
        """The submissions that nothing replaced."""
        return {name: held for name, held in self.held.items() if not held.replaced_by}

    def count(self, method: str) -> int:
        """How many requests of that method came."""
        return sum(line.startswith(method) for line in self.requests)

    # Around every request

    def _guarded(self, act: Callable[[Request, bytes], Response]) -> Callable[[Request], object]:
        async def serve(request: Request) -> Response:
            body = await request.body()
            self.requests.append(f"{request.method} {request.url.path.rpartition('/')[2]}")
            self.languages.add(request.headers.get("accept-language", ""))

            def do() -> Response:
                if request.headers.get("x-openrosa-version") != "1.0":
                    return self._say(400, "This header is missing: X-OpenRosa-Version.")
                return self._refused(request) or act(request, body)

            fault = self.faults.pop(0) if self.faults and request.method == self.fault_on else None
            return fault(request, do) if fault else do()

        return serve

    def _refused(self, request: Request) -> Response | None:
        gate = Gate(self.sign_in, self.user, self.secret, self.nonce)
        return None if gate.lets_in(request) else self._say(401, "Who are you?", gate.challenge)

    def _say(self, status: int, message: str, headers: dict[str, str] | None = None, nature: str = "") -> Response:
        text = (
            '<OpenRosaResponse xmlns="http://openrosa.org/http/response">'
            f'<message nature="{nature}">{escape(message)}</message></OpenRosaResponse>'
        )
        return self._give(text.encode(), status, headers)

    def _give(self, body: bytes, status: int = 200, headers: dict[str, str] | None = None, kind: str = XML) -> Response:
        standard = {"X-OpenRosa-Version": "1.0", "X-OpenRosa-Accept-Content-Length": str(self.room)}
        standard["Date"] = formatdate(usegmt=True)
        return Response(body if status != 204 else b"", status, {**standard, **(headers or {})}, media_type=kind)

    # Forms

    def _form_list(self, request: Request, _body: bytes) -> Response:
        base = str(request.url).partition("/formList")[0]
        items = "".join(self._entry(base, name, form) for name, form in self.forms.items() if form.open)
        group = f"<xforms-group><groupID>g</groupID><name>g</name><listUrl>{base}/group</listUrl></xforms-group>"
        return self._give(f'<xforms xmlns="http://openrosa.org/xforms/xformsList">{items}{group}</xforms>'.encode())

    def _group(self, _request: Request, _body: bytes) -> Response:
        return self._give(b'<xforms xmlns="http://openrosa.org/xforms/xformsList"/>')

    def _entry(self, base: str, name: str, form: Hosted) -> str:
        manifest = f"<manifestUrl>{base}/manifest/{name}</manifestUrl>" if form.media else ""
        return (
            f"<xform><formID>{name}</formID><name>{escape(form.name)}</name><version>{form.version}</version>"
            f"<hash>md5:{_md5(form.xml)}</hash><downloadUrl>{base}/form/{name}</downloadUrl>{manifest}"
            "<unheard-of/></xform>"
        )

    def _manifest(self, request: Request, _body: bytes) -> Response:
        base = str(request.url).partition("/manifest")[0]
        name = request.path_params["form"]
        items = ""
        for file, content in self.forms[name].media.items():
            entity = file in self.forms[name].entities
            mark = _md5(b"a moment of " + content) if entity else _md5(content)
            kind = ' type="entityList"' if entity else ""
            items += (
                f"<mediaFile{kind}><filename>{escape(file)}</filename><hash>md5:{mark}</hash>"
                f"<downloadUrl>{base}/media/{name}/{file.rpartition('/')[2]}</downloadUrl></mediaFile>"
            )
        return self._give(f'<manifest xmlns="http://openrosa.org/xforms/xformsManifest">{items}</manifest>'.encode())

    def _form(self, request: Request, _body: bytes) -> Response:
        return self._file(request, self.forms[request.path_params["form"]].xml)

    def _media(self, request: Request, _body: bytes) -> Response:
        media = self.forms[request.path_params["form"]].media
        found = next(content for name, content in media.items() if name.endswith(request.path_params["name"]))
        return self._file(request, found)

    def _file(self, request: Request, content: bytes) -> Response:
        content = self.lies.get(request.url.path.rpartition("/")[2], content)
        self.ranges.append(request.headers.get("range", ""))
        asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", ""))
        if asked is None:
            return self._give(content, kind="application/octet-stream")
        start = int(asked[1])
        if start >= len(content):
            return self._give(b"", 416)
        span = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
        return self._give(content[start:], 206, span, "application/octet-stream")

    # Submissions

    def _submission(self, request: Request, body: bytes) -> Response:
        if request.method == "HEAD":
            return self._give(b"", 204)
        self.bodies.append(len(body))
        if self.strict_room and len(body) > self.room:
            return self._say(413, "Too large.")
        parts = parts_of(body, request.headers["content-type"])
        self.incomplete.append("*isIncomplete*" in parts)
        if "xml_submission_file" not in parts:
            return self._say(400, "Required multipart field missing: xml_submission_file.")
        xml = parts.pop("xml_submission_file")
        parts.pop("*isIncomplete*", None)
        return self._take(xml, parts)

    def _take(self, xml: bytes, files: dict[str, bytes]) -> Response:
        root = etree.fromstring(xml)
        form = self.forms.get(root.get("id", ""))
        if form is None:
            return self._say(404, "Could not find the resource you were looking for.")
        if not form.open:
            return self._say(409, "This form is not currently accepting submissions.", nature="error")
        instance = root.findtext(f"{ORX}meta/{ORX}instanceID") or root.findtext("meta/instanceID") or ""
        deprecated = root.findtext(f"{ORX}meta/{ORX}deprecatedID") or root.findtext("meta/deprecatedID") or ""
        if not instance.startswith("uuid:"):
            return self._say(400, "The submission has no instanceID.")
        known = self.held.get(instance)
        if known is not None and known.xml != xml:
            return self._say(409, "A submission already exists with this ID, but with different XML.", nature="error")
        if known is None:
            if trouble := self._replace(deprecated, instance):
                return trouble
            known = self.held[instance] = Held(xml)
        known.files |= files
        return self._say(self.taken_status, "full submission upload was successful!", nature="submit_success")

    def _replace(self, deprecated: str, instance: str) -> Response | None:
        if not deprecated:
            return None
        before = self.held.get(deprecated)
        if before is None:
            return self._say(404, "The submission that this one corrects is not here.")
        if before.replaced_by:
            return self._say(409, "This submission has been edited already.", nature="error")
        before.replaced_by = instance
        return None


# Running


@contextmanager
def running(double: OpenRosaDouble) -> Iterator[OpenRosaDouble]:
    """The double at a port of this machine, for the block."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    double.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(double.app(), http="h11", ws="none", lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        yield double
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def parts_of(body: bytes, content_type: str) -> dict[str, bytes]:
    """The parts of a multipart/form-data body by name."""
    boundary = content_type.partition("boundary=")[2].encode()
    parts = {}
    for piece in body.split(b"--" + boundary)[1:-1]:
        head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]+)"', head)
        assert name is not None, head
        assert content.endswith(b"\r\n")
        parts[name[1].decode()] = content[:-2]
    return parts


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
