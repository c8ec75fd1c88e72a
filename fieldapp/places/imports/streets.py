"""Streets: centrelines from GeoJSON with their names and classes, under the column names that cities use.

Files cut a street at every crossing. For the map its stretches are put together again, and made simpler level by level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from fieldapp.errors import LayerError
from fieldapp.places.imports.entries import Column, Entry, Extra
from fieldapp.places.imports.geojson import Feature, features
from fieldapp.places.imports.job import Job
from fieldapp.places.imports.report import Doubles, Faults
from fieldapp.places.imports.shapes import lines_of
from fieldapp.places.outlines import TOLERANCES
from fieldapp.places.streets import ARTERIAL, COARSEST, COLLECTOR, LOCAL, pack
from fieldapp.places.words import plain
from fieldapp.texts import tr

KEYS = ("street_id", "segment_id", "centreline_id", "centerline_id", "globalid", "nid", "objectid", "id", "fid")
NAME = (
    "full_street_name",
    "street_name",
    "streetname",
    "full_name",
    "fullname",
    "linear_name_full",
    "road_name",
    "roadname",
    "l_stname_c",
    "stname",
    "street",
    "name",
)
ROAD = (
    "road_class",
    "roadclass",
    "street_class",
    "functional_class",
    "feature_code_desc",
    "classification",
    "highway",
    "class",
    "road_type",  # last: with many it is the "Ave" of a name
)
LONGEST = 24  # corners of one line: what is drawn of a street is then never much longer than what is seen of it

# The first that a column's words hold decides. English and French, and the words of OpenStreetMap.
_CLASSES = (
    (LOCAL, re.compile(r"\b(ramp|bretelle|lane|laneway|alley|ruelle)|_link\b")),
    (COLLECTOR, re.compile(r"collect|\btertiary\b")),
    (
        ARTERIAL,
        re.compile(r"arter|freeway|expressway|highway|autoroute|voie rapide|motorway|\b(trunk|primary|secondary)"),
    ),
)


@dataclass(frozen=True)
class _Stretch:
    name: str
    road: str
    lines: list[shapely.LineString]


def import_streets(job: Job) -> None:
    """Read all streets of the file; lines that cannot be used are passed over and counted."""
    faults, doubles = Faults(job.report), Doubles()
    rows = _Rows(job, doubles)
    stretches: list[_Stretch] = []
    with job.text("json") as text:
        for feature in features(text, job.place):
            try:
                lines = lines_of(feature.geometry, feature.place)
            except LayerError as error:
                faults.add(str(error.args[0]), error.place)
                continue
            stretches.append(rows.add(feature, lines))
    faults.judge(job.report.rows)
    rows.finish()
    doubles.tell(job.report)
    _tell(job, stretches, classes_known=rows.classes_known)
    _keep_lines(job, stretches)


def road_class(text: str) -> str:
    """A class as the map knows it: "Major Arterial" and "Autoroute" are both "arterial"; "" for nothing said."""
    said = plain(text.strip())
    return next((road for road, words in _CLASSES if words.search(said)), LOCAL) if said else ""


class _Rows:
    """Takes the features of the file into the table that forms read."""

    def __init__(self, job: Job, doubles: Doubles) -> None:
        self._job, self._doubles = job, doubles
        self._key, self._name, self._road, self._extra = Column(KEYS), Column(NAME), Column(ROAD), Extra()
        self._rows: list[tuple[Any, ...]] = []
        self.classes_known = False

    def add(self, feature: Feature, lines: list[shapely.LineString]) -> _Stretch:
        """Take in one. A street without a name is one all the same: it is drawn, and no more."""
        values = {name: "" if value is None else str(value) for name, value in feature.properties.items()}
        entry = Entry(feature.number, 0.0, 0.0, tuple(values), values)
        key, name = self._key.of(entry), " ".join(self._name.of(entry).split())
        road = road_class(self._road.of(entry))
        self.classes_known = self.classes_known or road in {ARTERIAL, COLLECTOR}
        self._job.report.rows += 1
        if key:
            self._doubles.add(key, feature.number)
        self._rows.append((self._job.report.rows, key, name, road or LOCAL, self._extra.of(entry)))
        return _Stretch(name, road or LOCAL, lines)

    def finish(self) -> None:
        """Write them."""
        self._job.connection.executemany("INSERT INTO centrelines VALUES (?, ?, ?, ?, ?)", self._rows)


def _tell(job: Job, stretches: Sequence[_Stretch], *, classes_known: bool) -> None:
    job.report.counts["streets"] = len({one.name for one in stretches if one.name})
    roads = Counter(one.road for one in stretches)
    if classes_known:
        job.report.counts |= {road: roads[road] for road in (ARTERIAL, COLLECTOR, LOCAL) if roads[road]}
    else:
        job.report.notes.append(tr("No column says which streets are main roads: from afar the map shows none."))
    if not job.report.counts["streets"]:
        job.report.notes.append(tr("No column says what the streets are called: {names}.", names=" / ".join(NAME)))


def _keep_lines(job: Job, stretches: Sequence[_Stretch]) -> None:
    rows, boxes = [], []
    for number, (name, road, level, line) in enumerate(_drawn(stretches), 1):
        west, south, east, north = line.bounds
        rows.append((number, name, road, pack(shapely.get_coordinates(line).ravel().tolist())))
        boxes.append((number, west, east, south, north, *level))
    job.connection.executemany("INSERT INTO street_lines VALUES (?, ?, ?, ?)", rows)
    job.connection.executemany("INSERT INTO street_lines_box VALUES (?, ?, ?, ?, ?, ?, ?)", boxes)


def _drawn(stretches: Sequence[_Stretch]) -> Iterator[tuple[str, str, tuple[int, int], shapely.LineString]]:
    """Name, class, levels (the finest and the coarsest that it is for) and line of all that is drawn; the least roads
    first, so that the greater ones come to lie above them."""
    streets: dict[tuple[str, str], list[shapely.LineString]] = {}
    for one in stretches:
        streets.setdefault((one.name, one.road), []).extend(one.lines)
    for road in (LOCAL, COLLECTOR, ARTERIAL):
        for (name, own), lines in streets.items():
            if own == road:
                whole = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines)))
                yield from ((name, road, level, line) for one in whole for level, line in _levels(one, COARSEST[road]))


def _levels(whole: shapely.LineString, coarsest: int) -> Iterator[tuple[tuple[int, int], shapely.LineString]]:
    """A line for each level; levels that would have the same one share it."""
    simpler = [shapely.simplify(whole, tolerance) if tolerance else whole for tolerance in TOLERANCES[: coarsest + 1]]
    finest = 0
    for level, line in enumerate(simpler):
        if level == coarsest or not shapely.equals_exact(line, simpler[level + 1]):
            yield from (((finest, level), piece) for piece in _pieces(line))
            finest = level + 1


def _pieces(line: shapely.LineString) -> Iterator[shapely.LineString]:
    """A long line in pieces; neighbours share a corner."""
    corners = np.asarray(shapely.get_coordinates(line))
    for start in range(0, len(corners) - 1, LONGEST - 1):
        yield shapely.LineString(corners[start : start + LONGEST])
