"""Live feeds (GTFS-realtime) as a publisher would write them, and a server that hands them out as it likes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler
from typing import TypeAlias

from google.transit import gtfs_realtime_pb2 as pb

from tests.support.serving import Quiet, served

Stop: TypeAlias = pb.TripUpdate.StopTimeUpdate
Trip: TypeAlias = pb.TripDescriptor
Alert: TypeAlias = pb.Alert
Concern: TypeAlias = pb.EntitySelector


def stop(
    key: str = "",
    sequence: int | None = None,
    *,
    delay: int | None = None,
    at: datetime | None = None,
    said: Stop.ScheduleRelationship = Stop.SCHEDULED,
) -> Stop:
    """What is said of one stop, about the departure."""
    update = Stop(stop_id=key or None, stop_sequence=sequence, schedule_relationship=said)
    if at is not None:
        update.departure.time = int(at.timestamp())
    if delay is not None:
        update.departure.delay = delay
    return update


def trip(
    key: str,
    *stops: Stop,
    day: date | str | None = None,
    said: Trip.ScheduleRelationship = Trip.SCHEDULED,
    delay: int | None = None,
    route: str = "",
    headsign: str = "",
) -> pb.TripUpdate:
    """What is said of one trip."""
    named = f"{day:%Y%m%d}" if isinstance(day, date) else day
    about = Trip(trip_id=key, route_id=route or None, start_date=named, schedule_relationship=said)
    update = pb.TripUpdate(trip=about, stop_time_update=stops, delay=delay)
    if headsign:
        update.trip_properties.trip_headsign = headsign
    return update


def alert(*concerns: Concern, first: datetime | None = None, last: datetime | None = None, **said: str) -> Alert:
    """A notice by language, `any` for none."""
    texts = [pb.TranslatedString.Translation(text=text, language=_language(key)) for key, text in said.items()]
    period = pb.TimeRange(start=int(first.timestamp()) if first else None, end=int(last.timestamp()) if last else None)
    header = pb.TranslatedString(translation=texts)
    return Alert(header_text=header, informed_entity=concerns, active_period=[period] if first or last else [])


def _language(key: str) -> str | None:
    return None if key == "any" else key


def feed(at: datetime | None, *trips: pb.TripUpdate, alerts: Sequence[Alert] = ()) -> bytes:
    """A whole feed of a moment; without one it does not say of which."""
    header = pb.FeedHeader(gtfs_realtime_version="2.0", timestamp=int(at.timestamp()) if at else None)
    entities = [pb.FeedEntity(id=str(n), trip_update=one) for n, one in enumerate(trips)]
    entities += [pb.FeedEntity(id=f"alert {n}", alert=one) for n, one in enumerate(alerts)]
    data: bytes = pb.FeedMessage(header=header, entity=entities).SerializeToString()
    return data


@dataclass
class Publisher:
    """What the server answers next, to whatever is asked, and what it was asked."""

    body: bytes = b""
    bodies: Mapping[str, bytes] = field(default_factory=dict)  # at other paths
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    cut: int = 0  # bytes that are promised and never come
    endless: bool = False
    url: str = ""


@contextmanager
def publishing(publisher: Publisher) -> Iterator[Publisher]:
    """The publisher's server, on a port of this machine."""

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append(self.path)
            body = publisher.bodies.get(self.path, publisher.body)
            self.send_response(publisher.status)
            for name, value in publisher.headers.items():
                self.send_header(name, value)
            if not publisher.endless:
                self.send_header("Content-Length", str(len(body) + publisher.cut))
            self.end_headers()
            self.wfile.write(body)
            while publisher.endless:
                try:
                    self.wfile.write(bytes(1 << 16))
                except OSError:
                    return

    with served(Handler) as url:
        publisher.url = f"{url}/GTFS_TripUpdates.pb"
        yield publisher
