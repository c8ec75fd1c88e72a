"""A live feed (GTFS-realtime, protobuf) as values: what it says of trips and stops, checked, and of which moment.

What cannot be believed is left out, entity by entity: a time days away, a date that is none. What is no feed at all
is refused. The feed's ids are the timetable's own; nothing here knows the timetable (`live` puts the two together).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from fieldapp.errors import LayerError
from fieldapp.places.alerts import Alert, alerts_of
from fieldapp.texts import tr

if TYPE_CHECKING:
    from google.transit import gtfs_realtime_pb2 as pb

BELIEVED = timedelta(hours=12)  # no bus is this late, and no feed speaks of a day after tomorrow
MOST_ENTITIES = 50_000  # of a feed: the largest networks of the continent have a tenth of it on the road
MOST_STOPS = 500  # of a trip
MOST_DAYS = 10  # of one trip at once
FRESH = timedelta(minutes=5)  # publishers renew a feed every half minute; an older one has come to a halt


class Said(Enum):
    """What a feed says of a trip, or of one of its stops."""

    RUNS = "runs"
    CANCELLED = "cancelled"  # of a trip
    ADDED = "added"  # of a trip that the timetable does not have
    REPLACED = "replaced"  # of a trip: the stops that are named are all it has
    SKIPPED = "skipped"  # of a stop
    UNKNOWN = "unknown"  # of a stop: from here on nothing is known


@dataclass(frozen=True)
class StopNews:
    """What is said of one stop of a trip: the moment when the bus leaves there, or by how many seconds it is late.

    It is named by the feed's id or by its place in the trip; one of them may be missing ("", None)."""

    stop: str = ""
    sequence: int | None = None
    said: Said = Said.RUNS
    at: datetime | None = None
    delay: int | None = None


@dataclass(frozen=True)
class TripNews:
    """What is said of one trip; `day` is its service day, None where the feed leaves it out."""

    trip: str
    route: str = ""
    day: date | None = None
    said: Said = Said.RUNS
    headsign: str = ""
    delay: int | None = None  # of the whole trip, where no stop says better
    stops: tuple[StopNews, ...] = ()


@dataclass(frozen=True)
class LiveFeed:
    """A whole feed as it was at `at`, in UTC; None where it does not say so."""

    at: datetime | None
    trips: Mapping[str, tuple[TripNews, ...]]  # by the trip's id
    alerts: tuple[Alert, ...] = ()

    def fresh(self, now: datetime) -> bool:
        """Whether it speaks of now. One from the future does not: then one of the two clocks is wrong."""
        return self.at is not None and abs(now - self.at) <= FRESH


def read_feed(data: bytes) -> LiveFeed:
    """The feed in `data`. LayerError for what is none: damaged, a web page, a part of one alone."""
    message = _message(data)
    at = _feed_time(message)
    trips: dict[str, list[TripNews]] = {}
    for entity in message.entity:
        if entity.HasField("trip_update") and not entity.is_deleted:
            for news in _trip(entity.trip_update, at):
                trips.setdefault(news.trip, []).append(news)
    return LiveFeed(at, {trip: tuple(told[:MOST_DAYS]) for trip, told in trips.items()}, alerts_of(message))


def _message(data: bytes) -> pb.FeedMessage:
    from google.protobuf.message import DecodeError
    from google.transit import gtfs_realtime_pb2 as pb  # a tenth of a second that the first screen need not wait for

    message = pb.FeedMessage()
    try:
        message.ParseFromString(data)
    except DecodeError as fault:
        raise LayerError(tr("This is no live feed (GTFS-realtime), or it is damaged.")) from fault
    if not message.IsInitialized():
        raise LayerError(tr("This is no live feed (GTFS-realtime), or it is damaged."))
    if message.header.incrementality == pb.FeedHeader.DIFFERENTIAL:
        raise LayerError(tr("This live feed sends changes alone, which nobody has agreed on how to read."))
    if len(message.entity) > MOST_ENTITIES:
        raise LayerError(tr("This live feed is larger than that of any bus network."))
    return message


def _feed_time(message: pb.FeedMessage) -> datetime | None:
    """The header's time, else the newest that an entity says."""
    told = message.header.timestamp or max((entity.trip_update.timestamp for entity in message.entity), default=0)
    return _moment(told) if told else None


def _moment(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _trip(update: pb.TripUpdate, at: datetime | None) -> Iterator[TripNews]:
    """What one entity says; nothing where it names no trip, or a day that is none."""
    trip, said = update.trip, _said_of_trip(update.trip)
    key, named = _text(trip.trip_id), _text(trip.start_date)
    try:
        day = date.fromisoformat(named) if named else None
    except ValueError:
        return
    if not key:
        return
    delay = update.delay if update.HasField("delay") and abs(update.delay) < BELIEVED.total_seconds() else None
    stops = tuple(_stop(stop, at) for stop in update.stop_time_update[:MOST_STOPS])
    headsign = _text(update.trip_properties.trip_headsign)
    yield TripNews(key, _text(trip.route_id), day, said, headsign, delay, stops)


def _text(value: str | bytes) -> str:
    """A text of the feed; "" for bytes that are none, which the format lets through."""
    return value if isinstance(value, str) else ""


def _said_of_trip(trip: pb.TripDescriptor) -> Said:
    from google.transit import gtfs_realtime_pb2 as pb

    kinds = pb.TripDescriptor
    known = {
        kinds.CANCELED: Said.CANCELLED,
        kinds.DELETED: Said.CANCELLED,
        kinds.REPLACEMENT: Said.REPLACED,
        **dict.fromkeys((kinds.ADDED, kinds.NEW, kinds.UNSCHEDULED, kinds.DUPLICATED), Said.ADDED),
    }
    return known.get(trip.schedule_relationship, Said.RUNS)


def _stop(update: pb.TripUpdate.StopTimeUpdate, at: datetime | None) -> StopNews:
    from google.transit import gtfs_realtime_pb2 as pb

    kinds = pb.TripUpdate.StopTimeUpdate
    key = _text(update.stop_id)
    sequence = update.stop_sequence if update.HasField("stop_sequence") else None
    if update.schedule_relationship == kinds.SKIPPED:
        return StopNews(key, sequence, Said.SKIPPED)
    # A bus that says when it comes and not when it goes on goes on as it comes.
    event = update.departure if update.HasField("departure") else update.arrival
    moment = _moment(event.time) if event.time else None
    if moment is not None and at is not None and abs(moment - at) < 2 * BELIEVED:
        return StopNews(key, sequence, Said.RUNS, moment)
    if moment is None and event.HasField("delay") and abs(event.delay) < BELIEVED.total_seconds():
        return StopNews(key, sequence, Said.RUNS, delay=event.delay)
    return StopNews(key, sequence, Said.UNKNOWN)
