"""Wards, the rural area, collection zones: GeoJSON polygons, refused as a whole when one of them is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from fieldapp.errors import LayerError
from fieldapp.places.imports.geojson import Feature, features
from fieldapp.places.imports.job import Job
from fieldapp.places.imports.report import Doubles
from fieldapp.places.imports.shapes import Shape, polygon_of
from fieldapp.places.outlines import TOLERANCES, pack
from fieldapp.places.words import plain
from fieldapp.texts import tr

# The properties that tell an area's code, in the order of preference.
CODES = {
    "wards": ("ward", "ward_no", "ward_num", "ward_number", "wardnum", "name"),
    "rural": ("name", "objectid", "id"),
    "collection": ("day", "collection_day", "garbage_day", "pickup_day", "day_of_week"),
}
_DAYS = {"mon": "lun", "tue": "mar", "wed": "mer", "thu": "jeu", "fri": "ven", "sat": "sam", "sun": "dim"}
_NAMES = ("name", "ward_name", "description", "label")


@dataclass(frozen=True)
class _Area:
    code: str
    name: str
    extra: str
    shape: Shape


def import_areas(job: Job) -> None:
    """Read all areas of the file into the layer of the job's kind."""
    doubles = Doubles()
    areas: list[_Area] = []
    with job.text("json") as text:
        for feature in features(text, job.place):
            area = _area(feature, job.report.kind)
            areas.append(area)
            if job.report.kind == "wards":  # zones and parts of the rural area share their codes by nature
                doubles.add(area.code, feature.number)
    doubles.tell(job.report)
    job.report.rows = len(areas)
    _keep(job, areas)


@lru_cache(maxsize=1024)
def ward_code(text: str) -> str:
    """A ward as records keep it, two digits: "8", "8.0" and "Ward 8" are all "08"; "" for nothing."""
    number = re.fullmatch(r"(?:ward\s*)?0*(\d{1,3})(?:\.0*)?", text.strip(), re.IGNORECASE)
    return f"{int(number[1]):02d}" if number else text.strip()


def _code(kind: str, text: str) -> str:
    if kind == "wards":
        return ward_code(text)
    return day_code(text) if kind == "collection" else text.strip()


def day_code(text: str) -> str:
    """A weekday as forms keep it: "Monday", "MON" and "lundi" are all "mon"; anything else stays as it is."""
    start = plain(text.strip())[:3]
    return next((english for english, french in _DAYS.items() if start in {english, french}), text.strip())


def _area(feature: Feature, kind: str) -> _Area:
    values = {plain(name): value for name, value in feature.properties.items()}
    found = next((values[name] for name in CODES[kind] if values.get(name) not in (None, "")), None)
    if found is None and kind != "rural":
        names = " / ".join(CODES[kind])
        raise LayerError(tr("The feature has no property {names}.", names=names), feature.place)
    code = _code(kind, str(found or kind))
    name = next((str(values[name]) for name in _NAMES if values.get(name)), code)
    extra = {name: "" if value is None else str(value) for name, value in feature.properties.items()}
    return _Area(code, name, json.dumps(extra, ensure_ascii=False), polygon_of(feature.geometry, feature.place))


def _keep(job: Job, areas: Sequence[_Area]) -> None:
    layer = job.report.kind
    areas = sorted(areas, key=lambda area: area.code)
    shapes = np.array([area.shape for area in areas], dtype=object)
    rows = [(n, a.code, a.name, a.extra, shapely.to_wkb(a.shape)) for n, a in enumerate(areas, 1)]
    job.connection.executemany(f"INSERT INTO {layer} VALUES (?, ?, ?, ?, ?)", rows)
    bounds = [(n, west, east, south, north) for n, (west, south, east, north) in enumerate(_bounds(shapes), 1)]
    job.connection.executemany(f"INSERT INTO {layer}_box VALUES (?, ?, ?, ?, ?)", bounds)
    for level, tolerance in enumerate(TOLERANCES):
        # Neighbours are simplified together, so that no gap opens between them.
        simpler = shapely.coverage_simplify(shapes, tolerance) if tolerance else shapes
        packed = [(n, level, outline(shape)) for n, shape in enumerate(simpler, 1)]
        job.connection.executemany(f"INSERT INTO {layer}_outlines VALUES (?, ?, ?)", packed)


def _bounds(shapes: Any) -> list[list[float]]:
    bounds: list[list[float]] = shapely.bounds(shapes).tolist()
    return bounds


def outline(shape: Shape) -> bytes:
    """The rings of a shape, packed for the map."""
    rings = []
    for polygon in shapely.get_parts(shape):
        rings += [polygon.exterior, *polygon.interiors]
    return pack(shapely.get_coordinates(ring).ravel().tolist() for ring in rings)
