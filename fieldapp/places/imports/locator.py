"""The ward and rural area of many points at once, by the polygons that are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from fieldapp.places.areas import load_areas
from fieldapp.places.imports.report import Report
from fieldapp.store.sqlcipher import Connection
from fieldapp.texts import tr


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
