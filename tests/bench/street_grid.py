"""As many streets as a city of half a million has, in blocks, turned and bent a little: 224, of 24,864 stretches."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

from ui.map.projection import METRES_A_DEGREE, Point

SIDE = 112  # streets each way
BLOCK = 90.0  # metres
TURNED = math.radians(12)
BEND = 25.0  # metres that a street winds


def written(path: Path, middle: Point, side: int = SIDE) -> Path:
    """The streets around `middle` as a file: `side` each way."""
    features = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "LineString", "coordinates": line}}
        for properties, line in _stretches(middle, side)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def _stretches(middle: Point, side: int) -> Iterator[tuple[dict[str, str], list[list[float]]]]:
    """From crossing to crossing, with two corners between."""
    for along in range(2):
        for number in range(side):
            road = "Arterial" if number % 12 == 6 else "Collector" if number % 4 == 2 else "Local"
            said = {"STREET_NAME": f"{('Street', 'Avenue')[along]} number {number}", "ROAD_CLASS": road}
            for block in range(side - 1):
                ways = [(number, block + third / 3) for third in range(4)]
                yield said, [_place(middle, *(at - side / 2 for at in (way if along else way[::-1]))) for way in ways]


def _place(middle: Point, across: float, down: float) -> list[float]:
    x = across * BLOCK + BEND * math.sin(down / 3)
    y = down * BLOCK + BEND * math.sin(across / 4)
    east, north = x * math.cos(TURNED) - y * math.sin(TURNED), x * math.sin(TURNED) + y * math.cos(TURNED)
    wide = METRES_A_DEGREE * math.cos(math.radians(middle.lat))
    return [round(middle.lon + east / wide, 7), round(middle.lat + north / METRES_A_DEGREE, 7)]
