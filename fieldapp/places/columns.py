"""The layers as tables of text, as forms see them through `pulldata()` and `instance()`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import overload

from fieldapp.places.reading import Readers

PAGE = 500

# For each layer: its columns under the names that forms use. Points add all columns of the City's own file.
_AREA = {"code": "t.code", "name": "t.name"}
_POINT = {"ward": "t.ward", "rural": "CASE t.rural WHEN 1 THEN 'yes' ELSE 'no' END", "lat": "t.lat", "lon": "t.lon"}
COLUMNS: dict[str, dict[str, str]] = {
    "wards": {**_AREA, "ward": "t.code"},
    "rural": {**_AREA, "rural": "'yes'"},
    "collection": {**_AREA, "day": "t.code"},
    "parcels": {"id": "t.id", "parcel": "t.parcel", "parcel_id": "t.parcel", **_POINT},
    "addresses": {
        "id": "t.id",
        "address": "t.address",
        "number": "t.number",
        "unit": "t.unit",
        "street": "s.name",
        "community": "s.community",
        **_POINT,
    },
    "streets": {"id": "t.id", "street": "t.street", "name": "t.name", "class": "t.road"},
    "stops": {"id": "t.id", "stop": "t.stop", "code": "t.code", "name": "t.name", **_POINT},
    "routes": {"id": "t.id", "route": "t.short", "name": "t.long", "label": "trim(t.short || ' ' || t.long)"},
}
_FEED = frozenset({"stops", "routes"})  # of the timetable: a feed has no columns of the City's own
_FROM = {
    **{layer: f"{layer} t" for layer in COLUMNS},
    "addresses": "addresses t JOIN streets s ON s.id = t.street",
    "streets": "centrelines t",
}


def column_value(readers: Readers, layer: str, column: str, key_column: str, key: str) -> str:
    """`column` of the first row of `layer` whose `key_column` is `key`; "" without layer, column or row."""
    if layer not in COLUMNS or not key:
        return ""
    wanted, by = _expression(layer, column), _expression(layer, key_column)
    rows = readers.rows(
        f"SELECT CAST({wanted[0]} AS TEXT) FROM {_FROM[layer]} WHERE {by[0]} = ? LIMIT 1",
        *wanted[1],
        *by[1],
        key,
    )
    return rows[0][0] or "" if rows else ""


def _expression(layer: str, column: str) -> tuple[str, list[str]]:
    """A column as SQL with its values: one of ours, else one of the City's file."""
    known = COLUMNS[layer].get(column)
    if known:
        return known, []
    if layer in _FEED:
        return "''", []
    return "json_extract(t.extra, ?)", [f'$."{column}"']


class LayerRows(Sequence[Mapping[str, str]]):
    """All rows of a layer as texts; only the page that was looked at last is in memory."""

    def __init__(self, readers: Readers, layer: str) -> None:
        self._readers = readers
        self._layer = layer if layer in COLUMNS else ""
        self._length: int | None = None
        self._page: tuple[int, list[Mapping[str, str]]] = (-1, [])

    def __len__(self) -> int:
        if self._length is None:
            rows = self._readers.rows(f"SELECT count(*) FROM {_FROM[self._layer]}") if self._layer else []
            self._length = rows[0][0] if rows else 0
        return self._length

    @overload
    def __getitem__(self, index: int) -> Mapping[str, str]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Mapping[str, str]]: ...

    def __getitem__(self, index: int | slice) -> Mapping[str, str] | Sequence[Mapping[str, str]]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        number = at // PAGE
        if self._page[0] != number:
            self._page = (number, self._read(number))
        return self._page[1][at % PAGE]

    def _read(self, number: int) -> list[Mapping[str, str]]:
        columns = COLUMNS[self._layer]
        extra = "'{}'" if self._layer in _FEED else "t.extra"
        selected = ", ".join(f"CAST({expression} AS TEXT)" for expression in columns.values())
        # Ids run from 1 without gaps: an import numbers its rows.
        rows = self._readers.rows(
            f"SELECT {extra}, {selected} FROM {_FROM[self._layer]} WHERE t.id > ? ORDER BY t.id LIMIT ?",
            number * PAGE,
            PAGE,
        )
        return [{**json.loads(row[0]), **dict(zip(columns, row[1:], strict=True))} for row in rows]
