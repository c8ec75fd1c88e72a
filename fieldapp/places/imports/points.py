"""Rows with a point, from CSV or GeoJSON alike, and the table that takes them in with their ward and rural area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

import numpy as np
import shapely

from fieldapp.errors import LayerError
from fieldapp.places.areas import load_areas
from fieldapp.places.imports.areas import outline, ward_code
from fieldapp.places.imports.geojson import Feature, features
from fieldapp.places.imports.job import BATCH, Job
from fieldapp.places.imports.report import SAMPLES, Doubles, Faults, Report
from fieldapp.places.imports.shapes import polygon_of, position_of
from fieldapp.places.imports.tables import Table
from fieldapp.places.words import plain
from fieldapp.store.sqlcipher import Connection
from fieldapp.texts import tr

LON = ("lon", "longitude", "lng", "long", "x", "point_x")
LAT = ("lat", "latitude", "y", "point_y")
_OWN_WARD = ("ward", "ward_no", "ward_number")
_OWN_RURAL = ("rural", "is_rural")
_YES = {"1", "1.0", "yes", "y", "true", "t", "rural"}


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


class PointTable:
    """Takes rows in batches into a table whose columns are `head`, lat, lon, ward, rural, `tail`."""

    def __init__(self, job: Job, table: str, columns: int) -> None:
        self._connection, self._report, self._table = job.connection, job.report, table
        self._insert = f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"
        self._locator = Locator(job.connection)
        self._doubles = Doubles()
        self._batch: list[tuple[Entry, tuple[Any, ...], tuple[Any, ...]]] = []
        self._own: list[tuple[str, int]] = []  # ward and rural by the file itself, a row each
        self._ward_column, self._rural_column = Column(_OWN_WARD), Column(_OWN_RURAL)
        self._own_wards = False
        self._hits = 0

    def add(self, entry: Entry, key: str, head: tuple[Any, ...], tail: tuple[Any, ...]) -> None:
        """Take in a row; `key` is what must not occur twice. Its id is its number in order, from 1."""
        self._report.rows += 1
        if key:
            self._doubles.add(key, entry.row)
        self._batch.append((entry, (self._report.rows, *head), tail))
        if len(self._batch) >= BATCH:
            self._flush()

    def finish(self) -> None:
        """Write what is left, settle where the wards come from, and complete the report."""
        self._flush()
        self._doubles.tell(self._report)
        if self._own_wards and not self._hits:
            self._take_own()
        elif self._locator.wards:
            self._report.wards_from = "polygons"
        outside = f"SELECT count(*) FROM {self._table} WHERE ward = ''"
        self._report.outside_wards = self._connection.execute(outside).fetchone()[0]

    def _flush(self) -> None:
        if not self._batch:
            return
        lons = np.array([entry.lon for entry, _, _ in self._batch])
        lats = np.array([entry.lat for entry, _, _ in self._batch])
        own = self._read_own()
        wards = self._locator.wards_of(lons, lats)
        rural = self._locator.rural_of(lons, lats)
        if rural is None:
            rural = [value for _, value in own]
        self._compare(wards, own)
        self._connection.executemany(
            self._insert,
            [
                (*head, entry.lat, entry.lon, ward, outside_town, *tail)
                for (entry, head, tail), ward, outside_town in zip(self._batch, wards, rural, strict=True)
            ],
        )
        self._batch = []

    def _read_own(self) -> list[tuple[str, int]]:
        """The file's own ward and rural columns, which count where no polygons are loaded."""
        ward, rural = self._ward_column, self._rural_column
        self._own_wards = self._own_wards or ward.name_in(self._batch[0][0].columns) is not None
        own = [(ward_code(ward.of(entry)), int(rural.of(entry).lower() in _YES)) for entry, _, _ in self._batch]
        self._own += own
        return own

    def _compare(self, wards: Sequence[str], own: Sequence[tuple[str, int]]) -> None:
        self._hits += sum(1 for ward in wards if ward)
        if not self._own_wards:
            return
        for (entry, _, _), ward, (other, _) in zip(self._batch, wards, own, strict=True):
            if ward != other:
                self._report.wards_differ += 1
                if len(self._report.differ_samples) < SAMPLES:
                    message = tr(
                        "row {row}: “{own}” in the file, “{ward}” by the polygons", row=entry.row, own=other, ward=ward
                    )
                    self._report.differ_samples.append(message)

    def _take_own(self) -> None:
        """No row lies in any ward that is loaded, or none is loaded: the file's own column is the better answer."""
        if self._locator.wards:
            note = tr("No row lies in the wards that are loaded; the file's own ward column was used.")
            self._report.notes.append(note)
        self._report.wards_from, self._report.wards_differ, self._report.differ_samples = "column", 0, []
        rows = [(ward, number) for number, (ward, _) in enumerate(self._own, 1) if ward]
        self._connection.executemany(f"UPDATE {self._table} SET ward = ? WHERE id = ?", rows)


class Locator:
    """The wards and the rural area that are loaded, for many points at once."""

    def __init__(self, connection: Connection) -> None:
        self.wards = load_areas(connection, "wards")
        self.rural = load_areas(connection, "rural")
        self._codes = np.array([*self.wards.codes, ""], dtype=object)

    def wards_of(self, lons: Any, lats: Any) -> list[str]:
        """The ward of each point, "" outside all (index -1 is the last)."""
        codes: list[str] = self._codes[self.wards.locate(lons, lats)].tolist()
        return codes

    def rural_of(self, lons: Any, lats: Any) -> list[int] | None:
        """1 for each point in the rural area, else 0; None without that layer."""
        if not self.rural:
            return None
        flags: list[int] = (self.rural.locate(lons, lats) >= 0).astype(int).tolist()
        return flags


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


def relocate(connection: Connection, report: Report) -> None:
    """Compute ward and rural anew for all points, after the wards or the rural area have changed."""
    locator = Locator(connection)
    for table in ("parcels", "addresses", "stops"):
        rows = connection.execute(f"SELECT id, lon, lat FROM {table}").fetchall()
        if not rows:
            continue
        ids, lons, lats = (np.array(column) for column in zip(*rows, strict=True))
        if report.kind == "wards":
            found: Sequence[str | int] = locator.wards_of(lons, lats)
        else:
            found = locator.rural_of(lons, lats) or []
        if any(found):
            column = "ward" if report.kind == "wards" else "rural"
            pairs = list(zip(found, ids.tolist(), strict=True))
            connection.executemany(f"UPDATE {table} SET {column} = ? WHERE id = ?", pairs)
            report.counts["stops placed anew" if table == "stops" else table] = len(rows)
        else:
            report.notes.append(
                tr("None of the {table} loaded lies in this layer; they stay as they were.", table=table)
            )
