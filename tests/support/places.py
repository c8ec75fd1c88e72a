"""Small files of open data, written by the tests, and layers made from them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fieldapp.places import Layers, Report, import_layer

WEST, SOUTH, SIDE = -79.9, 43.2, 0.1


def square(column: int, row: int = 0, *, side: float = SIDE) -> list[list[float]]:
    """The ring of one square of a grid of wards."""
    west, east = (round(WEST + at * side, 6) for at in (column, column + 1))
    south, north = (round(SOUTH + at * side, 6) for at in (row, row + 1))
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(properties: Mapping[str, Any], coordinates: Any, kind: str = "Polygon") -> dict[str, Any]:
    """One GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def geojson(path: Path, features: Sequence[Mapping[str, Any]], **members: Any) -> Path:
    """A FeatureCollection in a file."""
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": list(features)}), "utf-8")
    return path


def wards_file(folder: Path, count: int = 3) -> Path:
    """`count` square wards side by side."""
    return geojson(folder / f"wards{count}.geojson", [feature({"ward": n + 1}, [square(n)]) for n in range(count)])


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A text file, with its line ends as given."""
    path.write_bytes(text.encode(encoding))
    return path


def feed_file(path: Path, **tables: str) -> Path:
    """A GTFS zip of the given tables (name without .txt), completed by a small default feed."""
    default = {
        "stops": "stop_id,stop_code,stop_name,stop_lat,stop_lon\n"
        "A,1001,Main @ King,43.25,-79.85\nB,1002,Mill,43.26,-79.85\n",
        "routes": "route_id,route_short_name,route_long_name,route_color\nr1,1,King,0093DD\n",
        "trips": "route_id,service_id,trip_id,trip_headsign\nr1,week,t1,Mill\nr1,week,t2,Mill\n",
        "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,08:00:00,08:00:00,A,1\nt1,08:10:00,08:10:00,B,2\n"
        "t2,25:10:00,25:10:00,A,1\nt2,25:20:00,25:20:00,B,2\n",
        "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "week,1,1,1,1,1,0,0,20260601,20261231\n",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**default, **tables}.items():
            archive.writestr(f"{name}.txt", text)
    return path


def loaded(folder: Path, **files: Path) -> tuple[Layers, dict[str, Report]]:
    """Layers with `files` imported (kind = file), and their reports."""
    path = folder / "layers.db"
    reports = {kind: import_layer(path, kind, file) for kind, file in files.items()}
    return Layers(path), reports
