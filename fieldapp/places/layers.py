"""`Layers`: all questions to the reference layers of this machine, for every part of the program.

Any thread may ask. A layer that is not loaded, or no file at all, gives empty answers: forms and pages work without.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.places import expected, near, search, streets, transit
from fieldapp.places.alerts import Alert
from fieldapp.places.columns import LayerRows, column_value
from fieldapp.places.database import AREA_LAYERS
from fieldapp.places.found import (
    Address,
    Box,
    Departure,
    LayerInfo,
    Marker,
    Outline,
    Parcel,
    Place,
    Stop,
    Street,
    Timetable,
)
from fieldapp.places.reading import Readers
from fieldapp.places.realtime import LiveFeed
from fieldapp.places.streets import StreetNear
from fieldapp.store.sqlcipher import Error

if TYPE_CHECKING:
    from fieldapp.places.areas import Areas

POINT_LAYERS = ("parcels", "addresses", "stops")
COMMUNITY_WITHIN = 300.0  # metres to the address that tells a point's community
NEAR = 250.0


class Layers:
    """The reference layers in one file, which may be missing and may be imported anew at any time."""

    def __init__(self, path: Path) -> None:
        self._readers = Readers(path)
        self._areas: dict[str, tuple[str, Areas]] = {}
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        """The file, for imports."""
        return self._readers.path

    def close(self) -> None:
        """Close the file."""
        self._readers.close()

    def describe(self) -> list[LayerInfo]:
        """The layers that are loaded, by name."""
        rows = self._readers.rows(
            "SELECT name, file, source, as_of, licence, rows, imported_at, sha256, details FROM layers ORDER BY name"
        )
        return [LayerInfo(*row) for row in rows]

    # What a point lies in

    def place_of(self, lat: float, lon: float) -> Place:
        """The ward, rural area and community of a point."""
        near_by = self.addresses_near(lat, lon, limit=1, within=COMMUNITY_WITHIN)
        return Place(self.area_of("wards", lat, lon), *self._rural(lat, lon), near_by[0].community if near_by else "")

    def wards_at(self, lat: float, lon: float) -> tuple[str, bool]:
        """The ward ("08", "" outside all) and whether the point is rural."""
        return self.area_of("wards", lat, lon), *self._rural(lat, lon)

    def area_of(self, layer: str, lat: float, lon: float) -> str:
        """The code of the area of `layer` that holds the point; "" for none."""
        row = self.area_row(layer, lat, lon)
        return row.get("code", "")

    def area_row(self, layer: str, lat: float, lon: float) -> Mapping[str, str]:
        """All columns of the area of `layer` that holds the point; empty for none."""
        if layer not in AREA_LAYERS:
            return {}
        with self._lock:
            areas = self._loaded(layer)
            index = areas.at(lat, lon) if areas else None
            return areas.rows[index] if areas and index is not None else {}

    def _rural(self, lat: float, lon: float) -> tuple[bool]:
        return (bool(self.area_row("rural", lat, lon)),)

    def _loaded(self, layer: str) -> Areas | None:
        """The polygons of a layer, read anew when it was imported anew."""
        stamps = self._readers.rows("SELECT imported_at || sha256 FROM layers WHERE name = ?", layer)
        if not stamps:
            return None
        stamp = stamps[0][0]
        if layer not in self._areas or self._areas[layer][0] != stamp:
            from fieldapp.places.areas import load_areas

            try:
                with self._readers.lent() as connection:
                    self._areas[layer] = (stamp, load_areas(connection, layer))
            except Error:
                return None
        return self._areas[layer][1]

    # Addresses and parcels

    def search_addresses(self, text: str, limit: int = 20) -> list[Address]:
        """Addresses as one types: number and street words in any order, abbreviated or not, accents or not."""
        return search.search_addresses(self._readers, text, limit)

    def addresses_near(self, lat: float, lon: float, *, limit: int = 10, within: float = NEAR) -> list[Address]:
        """The addresses nearest to a point, at most `within` metres off, nearest first."""
        sql = f"SELECT {search.ADDRESS} FROM addresses a JOIN streets s ON s.id = a.street WHERE a.id = ?"
        found = near.nearest(self._readers, "addresses", (lat, lon), limit, within)
        rows = [(metres, row) for metres, number in found for row in self._readers.rows(sql, number)]
        return [search.address_of(row, metres) for metres, row in rows]

    def parcels_near(self, lat: float, lon: float, *, limit: int = 10, within: float = NEAR) -> list[Parcel]:
        """The parcels nearest to a point, at most `within` metres off, nearest first."""
        sql = "SELECT id, parcel, lat, lon, ward, rural, extra FROM parcels WHERE id = ?"
        found = near.nearest(self._readers, "parcels", (lat, lon), limit, within)
        rows = [(metres, row) for metres, number in found for row in self._readers.rows(sql, number)]
        return [
            replace(Parcel(*row), rural=bool(row[5]), values=json.loads(row[6]), metres=metres) for metres, row in rows
        ]

    # The map

    def outlines(self, layer: str, box: Box, degrees_per_pixel: float = 0.0) -> list[Outline]:
        """The areas of `layer` in the box (west, south, east, north), simplified for the scale."""
        if layer == "parcels":
            return near.parcel_outlines(self._readers, box, limit=20_000)
        return near.outlines(self._readers, layer, box, degrees_per_pixel) if layer in AREA_LAYERS else []

    def markers(self, layer: str, box: Box, limit: int = 2000) -> list[Marker]:
        """At most `limit` points of parcels, addresses or stops in the box."""
        return near.markers(self._readers, layer, box, limit) if layer in POINT_LAYERS else []

    def crowded(self, layer: str, box: Box, most: int) -> bool:
        """Whether `most` points of a layer or more are in the box: then `markers` need not be asked for them all."""
        return layer in POINT_LAYERS and near.crowded(self._readers, layer, box, most)

    def streets(self, box: Box, degrees_per_pixel: float = 0.0) -> list[Street]:
        """The streets that may come into the box, those of the classes that the scale shows, least roads first."""
        return streets.lines(self._readers, box, degrees_per_pixel)

    def street_near(self, lat: float, lon: float, *, within: float = NEAR) -> StreetNear | None:
        """The named street nearest to a point, None where there is none within so many metres."""
        return streets.nearest(self._readers, lat, lon, within)

    # Transit

    def search_stops(self, text: str, limit: int = 20) -> list[Stop]:
        """Stops by number or by words of their name."""
        return search.search_stops(self._readers, text, limit)

    def stops_near(self, lat: float, lon: float, *, limit: int = 10, within: float = 600.0) -> list[Stop]:
        """The stops nearest to a point, at most `within` metres off, nearest first."""
        sql = "SELECT id, code, name, lat, lon, ward FROM stops WHERE id = ?"
        found = near.nearest(self._readers, "stops", (lat, lon), limit, within)
        return [
            replace(Stop(*row), metres=metres) for metres, number in found for row in self._readers.rows(sql, number)
        ]

    def departures(self, stop: Stop, when: datetime, *, limit: int = 10, route: str = "") -> list[Departure]:
        """The next planned departures at a stop from `when` on, of one route if given."""
        return transit.departures(self._readers, stop, when, limit, route)

    def expected(
        self, stop: Stop, when: datetime, feed: LiveFeed, *, limit: int = 10, route: str = ""
    ) -> list[Departure]:
        """The same as a live feed has them: late, cancelled and added ones, each with what is known of it."""
        return expected.expected(self._readers, stop, when, feed, limit, route)

    def alerts(self, stop: Stop, when: datetime, feed: LiveFeed) -> list[Alert]:
        """What a live feed tells riders at a stop."""
        return expected.alerts(self._readers, stop, when, feed)

    def fits(self, feed: LiveFeed) -> bool:
        """Whether a live feed is about the timetable that is loaded."""
        return expected.fits(self._readers, feed)

    def accessible(self, stop: Stop) -> bool | None:
        """Whether wheelchairs can board at a stop; None where the timetable does not say so."""
        rows = self._readers.rows("SELECT wheelchair FROM stop_access WHERE stop = ?", stop.id)
        return bool(rows[0][0]) if rows else None

    def routes_at(self, stop: Stop) -> list[str]:
        """The routes that leave from a stop."""
        rows = self._readers.rows(
            """SELECT DISTINCT r.short FROM stop_times st JOIN trips t ON t.id = st.trip
               JOIN routes r ON r.id = t.route WHERE st.stop = ? AND st.sequence < t.last""",
            stop.id,
        )
        return sorted((name for (name,) in rows), key=lambda name: (not name.isdecimal(), name.zfill(6)))

    def timetable(self) -> Timetable | None:
        """From when to when the loaded timetable holds; None without one."""
        return transit.timetable(self._readers)

    # fieldapp.forms.Reference

    def value(self, layer: str, column: str, key_column: str, key: str) -> str:
        """`column` of the row whose `key_column` is `key`; "" without. The key column "geometry" takes a point
        ("lat lon", as forms keep it) and means the area that holds it."""
        if key_column != "geometry":
            return column_value(self._readers, layer, column, key_column, key)
        try:
            lat, lon = (float(part) for part in key.split()[:2])
        except ValueError:
            return ""
        return self.area_row(layer, lat, lon).get(column, "")

    def rows(self, layer: str) -> Sequence[Mapping[str, str]]:
        """All rows of a layer, read page by page as they are looked at."""
        return LayerRows(self._readers, layer)

    def computes(self, layer: str) -> bool:  # noqa: ARG002 - a Protocol's names
        """None: a file beside a form comes before the layer of its name."""
        return False
