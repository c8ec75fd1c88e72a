"""Made-up live times for the practice city: most buses a little late, some cancelled, as a feed that is read like any.

The same minute has the same delays at every laptop; pulled from the network, there are none, as in life."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.clock import CITY_ZONE, Clock
from fieldapp.errors import OfflineError
from fieldapp.places.reading import Readers
from fieldapp.places.realtime import LiveFeed, read_feed
from fieldapp.places.transit import running
from fieldapp.texts import tr

if TYPE_CHECKING:
    from google.transit import gtfs_realtime_pb2 as pb

UNDER_WAY = timedelta(hours=1)  # before and after now: a trip that began within it is on the road, or soon
DELAYS = (0, 0, 60, 120, 180, 180, 300, 480, -60)  # seconds
CANCELLED = 15  # one trip of so many


class PracticeLive:
    """What `sync.live.LiveTimes` is for a real city."""

    def __init__(self, layers: Path, clock: Clock, plugged: Callable[[], bool]) -> None:
        self._layers = layers
        self._clock = clock
        self._plugged = plugged

    def fetch(self) -> LiveFeed | None:
        """The live times of now. OfflineError while the pretended network is down."""
        if not self._plugged():
            raise OfflineError(tr("The server of the live times does not answer."))
        now, readers = self._clock.now().astimezone(CITY_ZONE), Readers(self._layers)
        try:
            return read_feed(_feed(now, list(_trips(readers, now))))
        finally:
            readers.close()


def _trips(readers: Readers, now: datetime) -> Iterator[tuple[str, date]]:
    """The trips that began an hour ago or begin within the hour, by their service day."""
    for day in (now.date() - timedelta(days=1), now.date()):
        for trip in running(readers, day, now - UNDER_WAY, now + UNDER_WAY):
            yield trip, day


def _feed(now: datetime, trips: list[tuple[str, date]]) -> bytes:
    from google.transit import gtfs_realtime_pb2 as pb

    header = pb.FeedHeader(gtfs_realtime_version="2.0", timestamp=int(now.timestamp()))
    entities = [pb.FeedEntity(id=f"{day} {trip}", trip_update=_update(trip, day)) for trip, day in trips]
    data: bytes = pb.FeedMessage(header=header, entity=entities).SerializeToString()
    return data


def _update(trip: str, day: date) -> pb.TripUpdate:
    from google.transit import gtfs_realtime_pb2 as pb

    chance = random.Random(f"{trip} {day}")  # noqa: S311 - nothing secret: the same day again is the point
    about = pb.TripDescriptor(trip_id=trip, start_date=f"{day:%Y%m%d}")
    if not chance.randrange(CANCELLED):
        about.schedule_relationship = pb.TripDescriptor.CANCELED
        return pb.TripUpdate(trip=about)
    return pb.TripUpdate(trip=about, delay=chance.choice(DELAYS))
