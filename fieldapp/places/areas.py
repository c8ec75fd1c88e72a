"""Areas (wards, the rural area, collection zones) in memory: which of them holds a point.

On a shared border the area with the lowest code wins, so that every point has one answer, the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from fieldapp.store.sqlcipher import Connection

Numbers = NDArray[np.float64]


class Areas:
    """The polygons of one layer, in the order of their codes."""

    def __init__(self, codes: Sequence[str], rows: Sequence[Mapping[str, str]], shapes: Sequence[object]) -> None:
        self.codes = list(codes)
        self.rows = list(rows)
        self._shapes = np.array(shapes, dtype=object)
        shapely.prepare(self._shapes)
        self._bounds = shapely.bounds(self._shapes) if self.codes else np.empty((0, 4))

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, lat: float, lon: float) -> int | None:
        """The index of the area that holds the point, None outside all of them."""
        index = int(self.locate(np.array([lon]), np.array([lat]))[0])
        return None if index < 0 else index

    def locate(self, lons: Numbers, lats: Numbers) -> NDArray[np.int64]:
        """For each point the index of its area, -1 outside all of them."""
        found = np.full(len(lons), -1, dtype=np.int64)
        for index in range(len(self.codes) - 1, -1, -1):
            west, south, east, north = self._bounds[index]
            near = np.flatnonzero((lons >= west) & (lons <= east) & (lats >= south) & (lats <= north))
            if near.size:
                inside = shapely.intersects_xy(self._shapes[index], lons[near], lats[near])
                found[near[inside]] = index
        return found


def load_areas(connection: Connection, layer: str) -> Areas:
    """The areas of `layer`; without any where the layer is empty."""
    rows = connection.execute(f"SELECT code, name, extra, wkb FROM {layer} ORDER BY code, id").fetchall()
    columns = [{**json.loads(extra), **_own(layer, code), "code": code, "name": name} for code, name, extra, _ in rows]
    return Areas([row[0] for row in rows], columns, [shapely.from_wkb(row[3]) for row in rows])


def _own(layer: str, code: str) -> dict[str, str]:
    """The code under the name that forms ask for."""
    return {"wards": {"ward": code}, "rural": {"rural": "yes"}, "collection": {"day": code}}.get(layer, {})
