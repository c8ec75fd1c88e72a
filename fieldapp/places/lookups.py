"""What a look-up page shows of a place or a stop, put together from the layers. It knows no screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldapp.clock import CITY_ZONE
from fieldapp.places.alerts import Alert
from fieldapp.places.found import Address, Departure, Parcel, Place, Stop, Timetable
from fieldapp.places.layers import Layers
from fieldapp.places.realtime import LiveFeed
from fieldapp.places.streets import StreetNear


@dataclass(frozen=True)
class Property:
    """A point of the city and what the layers know of it. `collection_day` is mon ... sun, "" where none is known."""

    lat: float
    lon: float
    place: Place
    collection_day: str
    addresses: Sequence[Address]
    parcels: Sequence[Parcel]
    stops: Sequence[Stop]
    street: StreetNear | None = None  # the nearest one


@dataclass(frozen=True)
class Board:
    """The next departures of a stop, with the timetable they come from. `live_at` is the moment of the live times,
    None where the departures are as planned."""

    stop: Stop
    departures: Sequence[Departure]
    routes: Sequence[str]
    timetable: Timetable
    covered: bool  # whether the timetable says anything of that day
    live_at: datetime | None = None
    alerts: Sequence[Alert] = ()
    accessible: bool | None = None  # for wheelchairs; None where the timetable does not say so


def property_at(layers: Layers, lat: float, lon: float, *, limit: int = 8) -> Property:
    """All that the layers know of a point and its neighbourhood."""
    return Property(
        lat,
        lon,
        layers.place_of(lat, lon),
        layers.area_of("collection", lat, lon),
        layers.addresses_near(lat, lon, limit=limit),
        layers.parcels_near(lat, lon, limit=limit),
        layers.stops_near(lat, lon, limit=limit),
        layers.street_near(lat, lon),
    )


def board(
    layers: Layers, stop: Stop, when: datetime, *, route: str = "", limit: int = 10, feed: LiveFeed | None = None
) -> Board | None:
    """The next departures of a stop from `when` on; None where no timetable is loaded. A live feed counts while it is
    fresh."""
    timetable = layers.timetable()
    if timetable is None:
        return None
    covered = timetable.covers(when.astimezone(CITY_ZONE).date())
    routes, accessible = layers.routes_at(stop), layers.accessible(stop)
    if feed is None or not feed.fresh(when):
        planned = layers.departures(stop, when, limit=limit, route=route)
        return Board(stop, planned, routes, timetable, covered, accessible=accessible)
    departures = layers.expected(stop, when, feed, limit=limit, route=route)
    alerts = layers.alerts(stop, when, feed)
    return Board(stop, departures, routes, timetable, covered, feed.at, alerts, accessible)
