"""A layer into a GeoJSON file, whole or not at all.

The same rows make the same bytes: laptops that each fetch a layer have, by its hash, the very layer of the City.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from fieldapp.errors import RefusedError, SyncError
from fieldapp.texts import tr
from sync.arcgis.layer import LINE, POINT, Field, Layer
from sync.arcgis.line import Line
from sync.arcgis.query import ALL, Row, count, number_of, pages
from sync.arcgis.shapes import area_of, line_of, point_of

MOST = 5_000_000  # rows: no city has a layer of more
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WHOLE = 1 << 53  # up to here a float tells whole numbers apart

Progress = Callable[[int, int], None]  # rows that came, rows in all


class ChangedError(SyncError):
    """The layer changed while it was read, so what came is no layer that ever was; reading again helps."""


@dataclass(frozen=True)
class Wanted:
    """Which rows, and the names that columns shall have: ours → the layer's."""

    where: str = ALL
    columns: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Fetched:
    """How many rows came, and how many of their outlines touched themselves and were set right."""

    rows: int
    mended: int


def download(
    line: Line,
    layer: Layer,
    file: Path,
    wanted: Wanted | None = None,
    *,
    progress: Progress = lambda _done, _all: None,
) -> Fetched:
    """Write the layer into `file`. Raises SyncError where anything is missing: then `file` is worth nothing."""
    wanted = wanted or Wanted()
    before = count(line, layer, wanted.where)
    if not 0 < before <= MOST:
        raise RefusedError(tr("The layer has {n} rows; nothing was taken.", n=f"{before:,}"))
    with file.open("wb") as stream:
        fetched = _written(stream, _rows(line, layer, wanted.where, before), layer, wanted, before, progress)
    if fetched.rows != before or count(line, layer, wanted.where) != before:
        raise _changed()
    return fetched


def _changed() -> ChangedError:
    return ChangedError(tr("The layer changed while it was being read; nothing was taken. Try again."))


def _rows(line: Line, layer: Layer, where: str, most: int) -> Iterator[Row]:
    """The rows, none twice and never without end. A row that is edited meanwhile may move to another page."""
    seen: set[int] = set()
    for page in pages(line, layer, where):
        for row in page:
            number = number_of(row, layer)
            if number in seen or len(seen) == most:
                raise _changed()
            seen.add(number)
            yield row


def _written(
    stream: BinaryIO, rows: Iterator[Row], layer: Layer, wanted: Wanted, total: int, progress: Progress
) -> Fetched:
    writer = _Writer(layer, wanted.columns or {})
    done = 0
    stream.write(b'{"type":"FeatureCollection","features":[\n')
    for row in rows:
        stream.write(b",\n" * bool(done) + writer.feature(row))
        done += 1
        progress(done, total)
    stream.write(b"\n]}\n")
    return Fetched(done, writer.mended)


class _Writer:
    """Turns rows into features of GeoJSON."""

    def __init__(self, layer: Layer, columns: Mapping[str, str]) -> None:
        self._geometry = layer.geometry
        self._fields = {one.name: one for one in layer.fields}
        self._names = {theirs: ours for ours, theirs in columns.items()}
        self._renamed = set(columns) - set(columns.values())
        self.mended = 0

    def feature(self, row: Row) -> bytes:
        geometry = self._shape(row.get("geometry"))
        properties = {
            self._names.get(name, name): self._value(name, value)
            for name, value in row["attributes"].items()
            if name not in self._renamed  # a column of the layer gives way to the one that was named for it
        }
        written = {"type": "Feature", "properties": properties, "geometry": geometry}
        return orjson.dumps(written, option=orjson.OPT_SORT_KEYS)

    def _shape(self, said: object) -> dict[str, Any] | None:
        if self._geometry == POINT:
            return point_of(said)
        if self._geometry == LINE:
            return line_of(said)
        geometry, mended = area_of(said)
        self.mended += mended
        return geometry

    def _value(self, name: str, value: Any) -> Any:
        return said_plainly(self._fields.get(name), value)


def said_plainly(field: Field | None, value: Any) -> Any:
    """A value as a person reads it: words for coded values, ISO for times, whole numbers without a decimal point."""
    if value is None or field is None:
        return value
    if isinstance(value, str | int | float) and value in field.names:
        return field.names[value]
    if field.type == "esriFieldTypeDate" and isinstance(value, int | float) and abs(value) < 6e13:
        return (_EPOCH + timedelta(milliseconds=value)).isoformat().replace("+00:00", "Z")
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return int(value)
    return value
