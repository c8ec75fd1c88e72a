"""A map server that behaves as ArcGIS does: errors with HTTP 200, pages cut at its own limit, metres unless asked for
degrees, rows in any order unless asked for one. Its rows are lists of (number, properties, geometry in degrees)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.serving import Quiet, served

METRES = 100_000.0  # of a degree, nearly: what comes in metres is surely no degrees
LONGEST = 2048  # letters of an address
Geometry = Mapping[str, Any]


@dataclass
class MapLayer:
    """One layer. `limit` is its maxRecordCount; `paged` whether it knows resultOffset; `heavy` rows fill a page."""

    name: str
    geometry: str
    fields: list[dict[str, Any]]
    rows: list[tuple[int, dict[str, Any], Geometry | None]]
    limit: int = 1000
    paged: bool = True
    heavy: int = 0
    edited: int = 0
    type: str = "Feature Layer"


@dataclass
class MapServer:
    """Layers by number, and what is to go wrong: an answer by the number of the request, from 1."""

    layers: dict[int, MapLayer]
    token: str = ""
    candidates: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[int, tuple[int, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)  # method, path, question
    url: str = ""

    def answer(self, method: str, path: str, question: dict[str, str], headers: Mapping[str, str]) -> tuple[int, Any]:
        """Status and body: an object as JSON, a text as a page."""
        self.asked.append((method, path, question))
        if fault := self.faults.pop(len(self.asked), None):
            return fault
        if self.token and headers.get("X-Esri-Authorization") != f"Bearer {self.token}":
            return 200, _error(499, "Token Required")
        parts = path.strip("/").split("/")[1:]
        if parts == ["findAddressCandidates"]:
            return 200, {"spatialReference": {"wkid": 4326}, "candidates": self._places(question)}
        if not parts:
            listed = [{"id": n, "name": one.name, "type": one.type} for n, one in self.layers.items()]
            return 200, {"currentVersion": 10.91, "layers": listed, "tables": []}
        layer = self.layers.get(int(parts[0]))
        if layer is None:
            return 200, _error(400, "Invalid or missing input parameters.")
        return 200, _query(layer, question) if parts[1:] == ["query"] else _about(int(parts[0]), layer)

    def _places(self, question: Mapping[str, str]) -> list[dict[str, Any]]:
        found = [one for one in self.candidates if question["SingleLine"].casefold() in str(one["address"]).casefold()]
        return found[: int(question["maxLocations"])]


def _about(number: int, layer: MapLayer) -> dict[str, Any]:
    said = {
        "id": number,
        "name": layer.name,
        "type": layer.type,
        "geometryType": layer.geometry,
        "fields": layer.fields,
        "maxRecordCount": layer.limit,
        "capabilities": "Map,Query,Data",
        "copyrightText": "City of Hamilton",
        "advancedQueryCapabilities": {"supportsPagination": layer.paged, "supportsOrderBy": layer.paged},
    }
    return {**said, "editingInfo": {"lastEditDate": layer.edited}} if layer.edited else said


def _query(layer: MapLayer, question: Mapping[str, str]) -> dict[str, Any]:
    if "objectIds" in question:
        wanted = {int(one) for one in question["objectIds"].split(",")}
        rows = [row for row in layer.rows if row[0] in wanted]
    elif question.get("where") != "1=1":
        return _error(400, "Unable to complete operation.", "'Invalid where clause' parameter is invalid")
    else:
        rows = list(layer.rows)
    if question.get("returnCountOnly") == "true":
        return {"count": len(rows)}
    if question.get("returnIdsOnly") == "true":
        return {"objectIdFieldName": "OBJECTID", "objectIds": [number for number, _, _ in rows] or None}
    if "resultOffset" in question and not layer.paged:
        return _error(400, "Unable to complete operation.", "Pagination is not supported.")
    return _page(layer, rows, question)


def _page(layer: MapLayer, rows: list[Any], question: Mapping[str, str]) -> dict[str, Any]:
    if question.get("orderByFields"):
        rows.sort(key=lambda row: row[0])
    else:
        random.shuffle(rows)
    start = int(question.get("resultOffset", 0))
    most = min(int(question.get("resultRecordCount", layer.limit)), layer.limit, layer.heavy or layer.limit)
    degrees = question.get("outSR") == "4326"
    said = {
        "geometryType": layer.geometry,
        "spatialReference": {"wkid": 4326} if degrees else {"wkid": 26917},
        "features": [
            {"attributes": {"OBJECTID": number, **properties}, **({"geometry": _in(shape, degrees)} if shape else {})}
            for number, properties, shape in rows[start : start + most]
        ],
    }
    # Real servers leave the flag out where nothing is left.
    return {**said, "exceededTransferLimit": True} if start + most < len(rows) else said


def _in(shape: Any, degrees: bool) -> Any:
    if degrees or isinstance(shape, str):
        return shape
    if isinstance(shape, Mapping):
        return {name: _in(value, degrees) for name, value in shape.items()}
    return [_in(one, degrees) for one in shape] if isinstance(shape, list) else shape * METRES


def _error(code: int, message: str, *details: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "details": list(details)}}


@contextmanager
def serving(server: MapServer) -> Iterator[MapServer]:
    """The server on a real port, at `server.url` (…/MapServer)."""

    class Handler(Quiet, BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # an answer in one piece: two would wait for each other

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if len(self.path) > LONGEST:
                self._send(404, "<html>404 - File or directory not found.</html>")
            else:
                self._answer("GET", parts.path, parts.query)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer("POST", urlsplit(self.path).path, body)

        def _answer(self, method: str, path: str, query: str) -> None:
            question = {name: values[0] for name, values in parse_qs(query).items()}
            self._send(*server.answer(method, path, question, dict(self.headers.items())))

        def _send(self, status: int, body: Any) -> None:
            page = isinstance(body, str)
            content = (body if page else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if page else "application/json;charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with served(Handler) as url:
        server.url = f"{url}/MapServer"
        yield server


def columns(*names: str, **more: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Fields of text with the row's number before them; `more` says of a field what else it is."""
    number = {"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID"}
    texts = [{"name": name, "type": "esriFieldTypeString", "alias": name} for name in names]
    return [number, *texts, *({"name": name, "alias": name, **said} for name, said in more.items())]


def clockwise(ring: Sequence[Sequence[float]]) -> list[list[float]]:
    """A ring of GeoJSON's outlines the way round that ArcGIS's outlines have."""
    return [list(position) for position in reversed(ring)]
