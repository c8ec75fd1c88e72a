"""What the layers answer: places, addresses, parcels, stops, departures. Frozen, and free of any database."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fieldapp.texts import tr

Box = tuple[float, float, float, float]  # west, south, east, north in degrees


@dataclass(frozen=True)
class LayerInfo:
    """One layer as it was imported. `as_of` is the date of the data, `imported_at` a stamp."""

    name: str
    file: str
    source: str
    as_of: str
    licence: str
    rows: int
    imported_at: str
    sha256: str
    report: str  # what the import said, as JSON

    @property
    def details(self) -> dict[str, Any]:
        """What the import said: doubled ids, rows outside every ward, notes..."""
        details: dict[str, Any] = json.loads(self.report)
        return details


@dataclass(frozen=True)
class Place:
    """What a point lies in: ward ("08", "" outside all), rural area or not, community ("" where none is known)."""

    ward: str = ""
    rural: bool = False
    community: str = ""


@dataclass(frozen=True)
class Address:
    """An address point. `metres` is its distance where a point was asked for."""

    id: int
    number: str
    unit: str
    street: str
    community: str
    lat: float
    lon: float
    ward: str
    rural: bool
    metres: float = 0.0

    @property
    def label(self) -> str:
        """The address in one line: "5-120 King Street East, Dundas"."""
        number = f"{self.unit}-{self.number}" if self.unit and self.number else self.number or self.unit
        line = f"{number} {self.street}" if number else self.street
        return f"{line}, {self.community}" if self.community else line


@dataclass(frozen=True)
class Parcel:
    """A parcel by its point; `values` are all columns of the City's file."""

    id: int
    parcel: str
    lat: float
    lon: float
    ward: str
    rural: bool
    values: Mapping[str, str]
    metres: float = 0.0


@dataclass(frozen=True)
class Outline:
    """An area for the map: its rings as longitude, latitude, longitude...; fill by the odd-even rule."""

    id: int
    code: str
    name: str
    rings: tuple[array[float], ...]


@dataclass(frozen=True, slots=True)
class Street:
    """A street for the map, or a stretch of one: its name ("" for none), its class (arterial, collector, local), and
    its middle as longitude, latitude, longitude..."""

    name: str
    road: str
    line: array[float]


@dataclass(frozen=True)
class Marker:
    """A point for the map."""

    id: int
    label: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Stop:
    """A transit stop; `code` is the number on its sign."""

    id: int
    code: str
    name: str
    lat: float
    lon: float
    ward: str
    metres: float = 0.0


@dataclass(frozen=True)
class Live:
    """What the City says of a departure by now. `at` is when the bus leaves, None where it does not."""

    at: datetime | None = None
    cancelled: bool = False  # the whole trip
    skipped: bool = False  # this stop alone
    added: bool = False  # the timetable does not have it


@dataclass(frozen=True)
class Departure:
    """A planned departure; `at` is in the City's time zone. `day` is its service day, which may be the day before.

    `live` is None where nothing is known but the plan."""

    at: datetime
    route: str
    route_name: str
    headsign: str
    trip: str
    colour: str = ""
    day: date = date.min
    sequence: int = 0  # of the stop in the trip
    live: Live | None = None

    @property
    def expected(self) -> datetime:
        """When it leaves, as far as is known: as planned where nothing else is said."""
        return self.live.at if self.live and self.live.at else self.at


@dataclass(frozen=True)
class Call:
    """One stop of a trip as planned: `stop` is the feed's own id, `seconds` count from the service day's start."""

    sequence: int
    stop: str
    seconds: int


@dataclass(frozen=True)
class Timetable:
    """From when to when the loaded timetable holds, and of which day the data are."""

    first: date
    last: date
    as_of: str
    source: str

    def covers(self, day: date) -> bool:
        """Whether the timetable says anything of `day`."""
        return self.first <= day <= self.last

    @property
    def banner(self) -> str:
        """What a person must know before reading a departure."""
        return tr("Schedule of {as_of}, not live; it holds from {first} to {last}.", **vars(self))

    def live_banner(self, time: str) -> str:
        """The same where live times of a moment ("14:02") stand beside the plan."""
        return tr(
            "Schedule of {as_of} with live times of {time}; it holds from {first} to {last}.", time=time, **vars(self)
        )
