"""A map server with wards and addresses, on a real port."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sync.arcgis.layer import POINT, POLYGON
from sync.arcgis.line import Line
from tests.support.arcgis import MapLayer, MapServer, clockwise, columns, serving
from tests.support.places import square

WARDS, ADDRESSES = 15, 19


def wards(count: int = 3) -> MapLayer:
    """Square wards side by side."""
    rows = [(n, {"WRD_NO": f"Ward {n}"}, {"rings": [clockwise(square(n - 1))]}) for n in range(1, count + 1)]
    return MapLayer("Wards", POLYGON, columns("WRD_NO"), list(rows))


def addresses(count: int = 25, limit: int = 10) -> MapLayer:
    """Addresses on one street, in an order that is not that of their numbers."""
    rows = [
        (n, {"NUMBER": str(n), "STREET": "Main St W", "USE": n % 2, "BUILT": None}, {"x": -79.89 + n / 1e4, "y": 43.25})
        for n in range(count, 0, -1)
    ]
    use = {"codedValues": [{"code": 0, "name": "Commercial"}, {"code": 1, "name": "Residential"}]}
    more: dict[str, dict[str, Any]] = {
        "USE": {"type": "esriFieldTypeInteger", "domain": use},
        "BUILT": {"type": "esriFieldTypeDate"},
    }
    return MapLayer("Addresses", POINT, columns("NUMBER", "STREET", **more), list(rows), limit)


@pytest.fixture
def server() -> Iterator[MapServer]:
    with serving(MapServer({WARDS: wards(), ADDRESSES: addresses()})) as running:
        yield running


@pytest.fixture
def line(server: MapServer) -> Iterator[Line]:
    """A line to the service that does not wait between its tries."""
    opened = Line(server.url, sleep=lambda _seconds: None)
    yield opened
    opened.close()
