"""A city that does not exist, for practice: wards, a rural ring, addresses, parcels, streets and buses, from a seed.

It lies out on Lake Ontario, so nobody takes it for a real place and real layers never overlap it. The files are what
a city would publish (GeoJSON, CSV, GTFS) and go through the same importers as real ones.
"""

from __future__ import annotations

import csv
import json
import random
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldapp.clock import Clock, SystemClock, today
from fieldapp.places.importing import import_layer
from fieldapp.places.imports.report import Report
from fieldapp.places.made_up_streets import (
    COLUMNS,
    EAST_METRE,
    HIGH,
    METRE,
    ROWS,
    SOUTH,
    WEST,
    WIDE,
    MadeUpStreet,
    Point,
    bus_road,
    street_with_houses,
    through_roads,
)

MADE_UP = "Practice city (made up)"  # kept as the source of its layers; screens say it in their language
STOPS = 2 * COLUMNS  # of each bus line


def _names(text: str) -> list[str]:
    return text.split()


_FIRST = _names("""Alder Amber Anchor Aspen Barley Basket Beacon Bell Birch Bramble Bridle Bronze Cabin Candle Canoe
    Cedar Chestnut Clover Cobble Copper Coral Crane Currant Dapple Dawn Drum Elder Ember Fable Feather Fern Fiddle Flint
    Foxglove Garnet Ginger Granite Harvest Hazel Heron Hollow Ivory Juniper Kettle Kindle Lantern Larch Lark Linden
    Lupin Maple Marble Marigold Meadow Mill Mint Moss Nutmeg Oak Orchard Otter Pebble Pepper Plum Poplar Quarry Quill
    Raven Reed River Robin Rowan Saffron Sable Sorrel Sparrow Spruce Sumac Swallow Tamarack Thimble Thistle Timber
    Trillium Tulip Velvet Walnut Wheat Willow Winter Wren Yarrow""")
_SECOND = _names("brook crest dale field ford gate glen haven hill hurst lea mere mont ridge side stone vale view wood")
_KINDS = ("Street", "Street", "Avenue", "Avenue", "Road", "Drive", "Crescent", "Court", "Lane", "Boulevard", "Place")
_FRENCH = ("Chemin de la Fougère", "Rue des Érables", "Rue du Ruisseau", "Avenue de l’Étang", "Chemin du Héron")
_COMMUNITIES = ("Lakemere", "Northgate", "Old Harbour", "Fernhill", "Saint-Aubin", "Eastwold")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_HEADSIGNS = ("Old Harbour Loop", "Northgate Terminal")


@dataclass(frozen=True)
class _Home:
    """One made-up address."""

    number: int
    unit: str
    street: str
    community: str
    point: Point


class MadeUpCity:
    """The city of one seed; the same seed gives the same city, in every file, on every machine."""

    def __init__(self, addresses: int = 2000, seed: int = 1) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - nothing secret: the same city again is the point
        self._corners = self._grid()
        self.streets: list[MadeUpStreet] = list(through_roads())
        self.homes = self._homes(addresses)

    def write(self, folder: Path, day: date) -> dict[str, Path]:
        """Write a file a layer into `folder`; the buses run for a year around `day`. Gives kind -> file."""
        files = {
            "wards": folder / "wards.geojson",
            "rural": folder / "rural.geojson",
            "collection": folder / "collection.geojson",
            "parcels": folder / "parcels.csv",
            "addresses": folder / "addresses.csv",
            "streets": folder / "streets.geojson",
            "gtfs": folder / "timetable.zip",
        }
        _write_areas(files["wards"], list(self._wards()))
        _write_areas(files["rural"], [({"name": "Rural ring"}, self._rural_rings())])
        _write_areas(files["collection"], list(self._collection()))
        self._write_parcels(files["parcels"])
        self._write_addresses(files["addresses"])
        _write_features(files["streets"], [street.feature for street in self.streets])
        self._write_timetable(files["gtfs"], day)
        return files

    def _grid(self) -> list[list[Point]]:
        """The corners of the wards: a grid whose inner corners are moved a little, so that no two wards are alike."""

        def moved(size: float, *, inner: bool) -> float:
            return self._chance.uniform(-0.22, 0.22) * size if inner else 0.0

        return [
            [
                (
                    round(WEST + column * WIDE + moved(WIDE, inner=0 < column < COLUMNS), 6),
                    round(SOUTH + row * HIGH + moved(HIGH, inner=0 < row < ROWS), 6),
                )
                for column in range(COLUMNS + 1)
            ]
            for row in range(ROWS + 1)
        ]

    def _ward_ring(self, number: int) -> list[Point]:
        row, column = divmod(number, COLUMNS)
        low, high = self._corners[row], self._corners[row + 1]
        return [low[column], low[column + 1], high[column + 1], high[column], low[column]]

    def _wards(self) -> Iterator[tuple[dict[str, object], list[list[Point]]]]:
        for number in range(COLUMNS * ROWS):
            yield {"ward": number + 1, "name": f"Ward {number + 1}"}, [self._ward_ring(number)]

    def _collection(self) -> Iterator[tuple[dict[str, object], list[list[Point]]]]:
        """A collection day for each ward, a column of wards a day."""
        for number in range(COLUMNS * ROWS):
            day = _DAYS[number % COLUMNS]
            yield {"day": day, "name": f"{day.title()}, zone {number + 1}"}, [self._ward_ring(number)]

    def _rural_rings(self) -> list[list[Point]]:
        """The outskirts: the whole city without its middle."""
        bottom, top = self._corners[0], self._corners[-1]
        outside = [bottom[0], bottom[-1], top[-1], top[0], bottom[0]]
        inset_x, inset_y = 0.3 * WIDE, 0.3 * HIGH
        west, east = WEST + inset_x, WEST + COLUMNS * WIDE - inset_x
        south, north = SOUTH + inset_y, SOUTH + ROWS * HIGH - inset_y
        return [outside, [(west, south), (west, north), (east, north), (east, south), (west, south)]]

    def _street_names(self) -> Iterator[str]:
        """Names that no two streets share, for as many streets as are asked for."""
        plain_names = [f"{first}{second}" for first in _FIRST for second in ("", *_SECOND)]
        self._chance.shuffle(plain_names)
        names = [f"{name} {self._chance.choice(_KINDS)}" for name in plain_names]
        for at, name in enumerate(_FRENCH):
            names.insert(7 * at + 3, name)
        yield from names
        extension = 2
        while True:
            yield from (f"{name} {extension}" for name in names)
            extension += 1

    def _homes(self, wanted: int) -> list[_Home]:
        homes: list[_Home] = []
        names = self._street_names()
        number = 0
        while len(homes) < wanted:
            homes += self._street(next(names), number % (COLUMNS * ROWS))
            number += 1
        return homes[:wanted]

    def _street(self, name: str, ward: int) -> list[_Home]:
        """The houses of a street somewhere in a ward: odd numbers on one side, even ones on the other."""
        row, column = divmod(ward, COLUMNS)
        x = WEST + (column + self._chance.uniform(0.25, 0.55)) * WIDE
        y = SOUTH + (row + self._chance.uniform(0.25, 0.75)) * HIGH
        along_east = self._chance.random() < 0.5
        first = self._chance.choice((1, 1, 1, 101, 201, 1001))
        community = _COMMUNITIES[(row * COLUMNS + column) * len(_COMMUNITIES) // (COLUMNS * ROWS)]
        homes, steps = [], self._chance.randint(12, 40)
        self.streets.append(street_with_houses(name, (x, y), 14.0 * ((steps - 1) // 2), along_east=along_east))
        for step in range(steps):
            forward, aside = 14.0 * (step // 2), 9.0 if step % 2 else -9.0
            east, north = (forward, aside) if along_east else (aside, forward)
            point = (round(x + east * EAST_METRE, 6), round(y + north * METRE, 6))
            units = [str(unit) for unit in range(1, 5)] if self._chance.random() < 0.03 else [""]
            homes += [_Home(first + step, unit, name, community, point) for unit in units]
        return homes

    def _write_addresses(self, path: Path) -> None:
        header = ("ADDRESS_ID", "NUMBER_COMPLETE", "FULL_STREET_NAME", "UNIT_NUMBER_COMPLETE", "MUNICIPALITY", "X", "Y")
        rows = [
            (100_000 + n, home.number, home.street, home.unit, home.community, *home.point)
            for n, home in enumerate(self.homes)
        ]
        _write_csv(path, header, rows)

    def _write_parcels(self, path: Path) -> None:
        """One parcel a house, whatever its units, with the eleven-digit roll number of Ontario's assessment."""
        dwellings: dict[Point, int] = {}
        for home in self.homes:
            dwellings[home.point] = dwellings.get(home.point, 0) + 1
        rows = [(f"{99_000_000_000 + 10 * n}", *point, count) for n, (point, count) in enumerate(dwellings.items())]
        _write_csv(path, ("roll_number", "lon", "lat", "dwellings"), rows)

    def _write_timetable(self, path: Path, day: date) -> None:
        """A bus line along each row of wards, every half hour from six to half past midnight, for a year."""
        first, last = day - timedelta(days=180), day + timedelta(days=185)
        trips = [(row, n, minute) for row in range(1, ROWS + 1) for minute in range(360, 1471, 30) for n in (0, 1)]
        tables: Mapping[str, tuple[str, Sequence[Sequence[object]]]] = {
            "stops": ("stop_id,stop_code,stop_name,stop_lat,stop_lon", list(self._stops())),
            "routes": (
                "route_id,route_short_name,route_long_name,route_type",
                [(row, row, f"Line {row}", 3) for row in range(1, ROWS + 1)],
            ),
            "trips": (
                "route_id,service_id,trip_id,trip_headsign,direction_id",
                [(row, "daily", f"{row}-{n}-{minute}", _HEADSIGNS[n], n) for row, n, minute in trips],
            ),
            "stop_times": (
                "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
                [time for row, n, minute in trips for time in _stop_times(row, n, minute)],
            ),
            "calendar": (
                "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
                [("daily", 1, 1, 1, 1, 1, 1, 1, f"{first:%Y%m%d}", f"{last:%Y%m%d}")],
            ),
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, (header, rows) in tables.items():
                body = "".join(f"{','.join(map(str, values))}\n" for values in rows)
                archive.writestr(f"{name}.txt", f"{header}\n{body}")

    def _stops(self) -> Iterator[tuple[str, str, str, float, float]]:
        for row in range(1, ROWS + 1):
            for at in range(STOPS):
                street = self.homes[(row * 97 + at * 31) % len(self.homes)].street
                y, x = bus_road(row - 1), WEST + (at + 0.5) * WIDE / 2
                yield f"{row}{at:02d}", f"{row}{at:02d}", f"Line {row} at {street}", round(y, 6), round(x, 6)


def build(
    layers: Path, *, addresses: int = 2000, seed: int = 1, clock: Clock | None = None, without: Collection[str] = ()
) -> list[Report]:
    """Make the city of `seed` and load its layers into the file `layers`: all but those that it may do `without`."""
    clock = clock or SystemClock()
    day = today(clock)
    reports = []
    with TemporaryDirectory() as folder:
        for kind, file in MadeUpCity(addresses, seed).write(Path(folder), day).items():
            if kind not in without:
                about = Report(kind, "", source=MADE_UP, as_of=day.isoformat())
                reports.append(import_layer(layers, kind, file, about=about, clock=clock))
    return reports


def _stop_times(row: int, direction: int, minute: int) -> Iterator[tuple[str, str, str, str, int]]:
    """One trip along a line, four minutes from stop to stop."""
    order = range(STOPS) if direction == 0 else range(STOPS - 1, -1, -1)
    for sequence, at in enumerate(order, 1):
        hours, minutes = divmod(minute + 4 * (sequence - 1), 60)
        moment = f"{hours:02d}:{minutes:02d}:00"
        yield f"{row}-{direction}-{minute}", moment, moment, f"{row}{at:02d}", sequence


def _write_areas(path: Path, areas: Sequence[tuple[Mapping[str, object], list[list[Point]]]]) -> None:
    features = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}
        for properties, rings in areas
    ]
    _write_features(path, features)


def _write_features(path: Path, features: Sequence[Mapping[str, object]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


def _write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
