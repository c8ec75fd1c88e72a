"""GeoJSON as ODK shows it in expressions: an item a feature, its properties as columns, its shape as `geometry`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fieldapp.texts import tr

Point = Sequence[float]


def features_of(path: Path) -> list[dict[str, str]]:
    """A row a feature. ValueError when it is no FeatureCollection, or a shape is none that ODK knows."""
    content = json.loads(path.read_text("utf-8-sig"))
    features = content.get("features") if isinstance(content, dict) else None
    if features is None:
        raise ValueError(tr("this GeoJSON is no FeatureCollection"))
    return [_row(feature) for feature in features]


def _row(feature: Mapping[str, Any]) -> dict[str, str]:
    row = {"geometry": _geometry(feature.get("geometry"))}
    properties: Mapping[str, Any] = feature.get("properties") or {}
    row |= {name: _text(value) for name, value in properties.items() if value is not None}
    if "id" in feature:
        row["id"] = _text(feature["id"])
    return row


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _geometry(geometry: Mapping[str, Any] | None) -> str:
    """geopoint, geotrace or geoshape: `latitude longitude altitude accuracy`, points apart by semicolons."""
    if geometry is None:
        return ""
    kind, points = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Point", "LineString", "Polygon"} or not isinstance(points, list):
        raise ValueError(tr("only Point, LineString and Polygon can be used, not {kind}", kind=str(kind)))
    if kind == "Point":
        points = [points]
    elif kind == "Polygon":
        points = points[0] if points else []
    return "; ".join(_point(point) for point in points)


def _point(point: Point) -> str:
    altitude = point[2] if len(point) > 2 else 0
    return f"{point[1]} {point[0]} {altitude} 0"
