"""A layer's rows, page by page: in degrees, in a stable order, and none twice.

Rows are asked for in ArcGIS's own JSON, not as GeoJSON: every server speaks it, old ones nothing else, and it always
says whether there is more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fieldapp.errors import ProtocolError
from fieldapp.texts import tr
from sync.arcgis.layer import Layer
from sync.arcgis.line import Line, strange

WGS84 = 4326  # degrees, as GeoJSON has them; Hamilton's own maps are in metres
ALL = "1=1"

Row = Mapping[str, Any]


def count(line: Line, layer: Layer, where: str = ALL) -> int:
    """How many rows there are."""
    said = line.ask(f"{layer.path}/query", {"where": where, "returnCountOnly": "true"}).get("count")
    if not isinstance(said, int) or said < 0:
        raise strange()
    return said


def pages(line: Line, layer: Layer, where: str = ALL) -> Iterator[list[Row]]:
    """The rows by their numbers, a page each. Raises ProtocolError for an answer that is none."""
    return _by_offset(line, layer, where) if layer.paged else _by_number(line, layer, where)


def in_degrees(said: Mapping[str, Any]) -> bool:
    """Whether an answer's coordinates are in degrees; where it says nothing, who reads them finds out."""
    system = said.get("spatialReference")
    if not isinstance(system, dict) or not {"wkid", "latestWkid"} & system.keys():
        return True
    return WGS84 in {system.get("wkid"), system.get("latestWkid")}


def _by_offset(line: Line, layer: Layer, where: str) -> Iterator[list[Row]]:
    """Only `exceededTransferLimit` tells that there is more: a page may be short because its outlines are large."""
    offset = 0
    while True:
        place = {"resultOffset": str(offset), "resultRecordCount": str(layer.page)}
        said = _asked(line, layer, {"where": where, "orderByFields": layer.key, **place})
        rows = _rows(said, layer)
        yield rows
        offset += len(rows)
        if said.get("exceededTransferLimit") is not True:
            return
        if not rows:
            raise strange()


def _by_number(line: Line, layer: Layer, where: str) -> Iterator[list[Row]]:
    """For servers that know no offset: first all numbers, which no limit cuts, then the rows of so many at a time."""
    said = line.ask(f"{layer.path}/query", {"where": where, "returnIdsOnly": "true"}).get("objectIds") or []
    if not isinstance(said, list) or not all(isinstance(one, int) for one in said):
        raise strange()
    numbers = sorted(said)
    for start in range(0, len(numbers), layer.page):
        some = ",".join(str(one) for one in numbers[start : start + layer.page])
        yield sorted(_rows(_asked(line, layer, {"objectIds": some}), layer), key=lambda row: number_of(row, layer))


def _asked(line: Line, layer: Layer, question: Mapping[str, str]) -> dict[str, Any]:
    what = {"outFields": "*", "outSR": str(WGS84), "returnGeometry": "true"}
    said = line.ask(f"{layer.path}/query", {**question, **what})
    if not in_degrees(said):
        raise ProtocolError(tr("The server gives other coordinates than it was asked for (degrees, EPSG:4326)."))
    return said


def _rows(said: Mapping[str, Any], layer: Layer) -> list[Row]:
    rows = said.get("features")
    if not isinstance(rows, list):
        raise strange()
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("attributes"), dict):
            raise strange()
        number_of(row, layer)
    return rows


def number_of(row: Row, layer: Layer) -> int:
    """The number of a row in its layer."""
    number = row["attributes"].get(layer.key)
    if not isinstance(number, int):
        raise strange()
    return number
