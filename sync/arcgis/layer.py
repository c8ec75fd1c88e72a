"""What a layer says of itself: its columns, how it pages, when it was last edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fieldapp.clock import CITY_ZONE
from fieldapp.errors import RefusedError
from fieldapp.texts import tr
from sync.arcgis.line import Line, strange

POINT, LINE, POLYGON = "esriGeometryPoint", "esriGeometryPolyline", "esriGeometryPolygon"
PAGE = 1000  # rows of a page, where the layer says nothing
LARGEST_PAGE = 2000  # of parcels: some megabytes


@dataclass(frozen=True)
class Field:
    """A column. `names` gives the words of coded values ("RES" is "Residential"), empty where none are coded."""

    name: str
    alias: str
    type: str
    names: Mapping[object, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Layer:
    """A layer as it is now. `path` leads to it from the line's address; `key` is the column that numbers its rows.

    `paged`: whether it gives rows from an offset on; `edited` is the City's day (YYYY-MM-DD), "" where it tells none.
    """

    path: str
    name: str
    attribution: str
    geometry: str
    key: str
    page: int
    paged: bool
    edited: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Entry:
    """A layer or table of a service's list."""

    id: int
    name: str
    type: str


def entries(line: Line) -> list[Entry]:
    """The layers and tables of the service at the line's address; none where a layer is there."""
    return list(_entries(line.ask()))


def layer_at(line: Line, name: str = "") -> Layer:
    """The layer at the line's address, or the one called `name` in the service there: numbers change when a map is
    published anew, names seldom. RefusedError where there is none, or none with rows that can be asked for."""
    said = line.ask()
    if "fields" in said and not name:
        return _layer("", said)
    listed = list(_entries(said))
    found = [one for one in listed if one.name.casefold() == name.casefold()]
    if len(found) != 1:
        names = ", ".join(f"“{one.name}” ({one.id})" for one in listed) or "–"
        raise RefusedError(tr("Name one layer of this service; it has: {names}.", names=names))
    return _layer(f"/{found[0].id}", line.ask(f"/{found[0].id}"))


def _entries(said: Mapping[str, Any]) -> Iterator[Entry]:
    for kind, type_ in (("layers", "Feature Layer"), ("tables", "Table")):
        listed = said.get(kind)
        for one in listed if isinstance(listed, list) else []:
            if not isinstance(one, dict) or not isinstance(one.get("id"), int):
                raise strange()
            yield Entry(one["id"], str(one.get("name", "")), str(one.get("type", type_)))


def _layer(path: str, said: Mapping[str, Any]) -> Layer:
    fields = tuple(_fields(said.get("fields")))
    geometry, name = str(said.get("geometryType", "")), str(said.get("name", ""))
    may = str(said.get("capabilities", "Query"))
    key = str(said.get("objectIdField") or next((one.name for one in fields if one.type == "esriFieldTypeOID"), ""))
    if geometry not in {POINT, LINE, POLYGON} or not key or "Query" not in may:
        raise RefusedError(tr("The layer “{name}” has no points, lines or areas that can be asked for.", name=name))
    return Layer(
        path=path,
        name=name,
        attribution=" ".join(str(said.get("copyrightText") or "").split()),
        geometry=geometry,
        key=key,
        page=_page(said.get("maxRecordCount")),
        paged=_paged(said),
        edited=_edited(said),
        fields=fields,
    )


def _fields(said: object) -> Iterator[Field]:
    for one in said if isinstance(said, list) else []:
        if not isinstance(one, dict) or not one.get("name"):
            raise strange()
        name = str(one["name"])
        yield Field(name, str(one.get("alias") or name), str(one.get("type", "")), _coded(one.get("domain")))


def _coded(domain: object) -> dict[object, str]:
    values = domain.get("codedValues") if isinstance(domain, dict) else None
    return {
        one["code"]: str(one["name"])
        for one in (values if isinstance(values, list) else [])
        if isinstance(one, dict) and isinstance(one.get("code"), int | float | str) and one.get("name")
    }


def _page(said: object) -> int:
    return min(said, LARGEST_PAGE) if isinstance(said, int) and said > 0 else PAGE


def _paged(said: Mapping[str, Any]) -> bool:
    """Whether the layer gives rows from an offset on, in an order: without one, pages may overlap."""
    able = said.get("advancedQueryCapabilities")
    return isinstance(able, dict) and able.get("supportsPagination") is True and able.get("supportsOrderBy", True)


def _edited(said: Mapping[str, Any]) -> str:
    info = said.get("editingInfo")
    moment = (info.get("dataLastEditDate") or info.get("lastEditDate")) if isinstance(info, dict) else None
    if not isinstance(moment, int | float) or not 0 < moment < 4e12:
        return ""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(CITY_ZONE).date().isoformat()
