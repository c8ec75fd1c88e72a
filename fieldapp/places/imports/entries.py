"""Rows with a point, from CSV or GeoJSON alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from json.encoder import encode_basestring

import shapely

from fieldapp.errors import LayerError
from fieldapp.places.imports.areas import outline
from fieldapp.places.imports.geojson import Feature, features
from fieldapp.places.imports.job import Job
from fieldapp.places.imports.report import Faults
from fieldapp.places.imports.shapes import polygon_of, position_of
from fieldapp.places.imports.tables import Table
from fieldapp.places.words import plain
from fieldapp.texts import tr

LON = ("lon", "longitude", "lng", "long", "x", "point_x")
LAT = ("lat", "latitude", "y", "point_y")


@dataclass(slots=True)
class Entry:
    """One row: where it stands, its position, its values by column, and the outline of a polygon."""

    row: int
    lon: float
    lat: float
    columns: tuple[str, ...]
    values: Mapping[str, str]
    outline: bytes | None = None


class Column:
    """A column known under several names: the first that a row has is taken."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._columns: tuple[str, ...] = ()
        self._found: str | None = None

    def of(self, entry: Entry) -> str:
        """The row's value, "" where it has no such column."""
        column = self.name_in(entry.columns)
        return entry.values[column].strip() if column else ""

    def name_in(self, columns: tuple[str, ...]) -> str | None:
        """What the column is called among `columns`; None where it is not there."""
        if columns is not self._columns:  # the rows of a table share one header
            self._columns, self._found = columns, _resolved(columns, self.names)
        return self._found


@lru_cache(maxsize=256)
def _resolved(columns: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    found = {plain(column): column for column in reversed(columns)}
    return next((found[name] for name in names if name in found), None)


def entries(job: Job, faults: Faults, *needed: tuple[str, ...]) -> Iterator[Entry]:
    """The usable rows of a CSV or GeoJSON file; the others go to `faults`. Each of `needed` must be a column."""
    with job.text("csv", "json") as text:
        if job.file.kind == "csv":
            yield from _from_table(Table(text, job.place, whole=job.file.ends_with_newline), faults, needed)
            return
        for feature in features(text, job.place):
            try:
                yield _from_feature(feature, needed)
            except LayerError as error:
                faults.add(str(error.args[0]), error.place)


def _from_table(table: Table, faults: Faults, needed: Sequence[tuple[str, ...]]) -> Iterator[Entry]:
    lon, lat = table.need(LON), table.need(LAT)
    for names in needed:
        table.need(names)
    header, width = tuple(table.header), len(table.header)
    for row, cells in table.rows():
        if len(cells) != width:
            faults.add(tr("{n} columns instead of {width}", n=len(cells), width=width), replace(table.place, row=row))
            continue
        try:
            x, y = position_of(cells[lon], cells[lat], table.place)
        except LayerError as error:
            faults.add(str(error.args[0]), replace(table.place, row=row))
        else:
            yield Entry(row, x, y, header, dict(zip(header, cells, strict=True)))


def _from_feature(feature: Feature, needed: Sequence[tuple[str, ...]]) -> Entry:
    values = {name: "" if value is None else str(value) for name, value in feature.properties.items()}
    columns = tuple(values)
    for names in needed:
        if _resolved(columns, names) is None:
            raise LayerError(tr("The feature has no property {names}.", names=" / ".join(names)), feature.place)
    kind, coordinates = feature.geometry.get("type"), feature.geometry.get("coordinates")
    if kind != "Point":
        shape = polygon_of(feature.geometry, feature.place)
        point = shapely.point_on_surface(shape)
        return Entry(feature.number, point.x, point.y, columns, values, outline(shape))
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        raise LayerError(tr("The point has no coordinates."), feature.place)
    lon, lat = position_of(coordinates[0], coordinates[1], feature.place)
    return Entry(feature.number, lon, lat, columns, values)


class Extra:
    """A row's values as JSON, so that a form may ask for any column of the file."""

    def __init__(self) -> None:
        self._columns: tuple[str, ...] = ()
        self._starts: list[str] = []

    def of(self, entry: Entry) -> str:
        """The JSON object of a row; its keys are encoded once for all rows of a table, which halves the time."""
        if entry.columns is not self._columns:
            self._columns = entry.columns
            self._starts = [f"{encode_basestring(name)}:" for name in dict.fromkeys(entry.columns)]
        pairs = zip(self._starts, entry.values.values(), strict=True)
        return "{" + ",".join([start + encode_basestring(value) for start, value in pairs]) + "}"
