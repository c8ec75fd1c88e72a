"""A GTFS timetable: stops, routes, trips, calendars and every departure, for look-ups without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import numpy as np

from fieldapp.errors import LayerError
from fieldapp.places.imports.feed import REQUIRED, Feed
from fieldapp.places.imports.job import BATCH, Job
from fieldapp.places.imports.locator import Locator
from fieldapp.places.imports.report import Doubles, Faults
from fieldapp.places.imports.shapes import position_of
from fieldapp.places.words import indexed
from fieldapp.texts import tr

_TIME = re.compile(r"([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])")
_SEQUENCE = re.compile(r"[0-9]{1,9}")
_STAGE = "CREATE TEMP TABLE staged (stop INTEGER, departure INTEGER, trip INTEGER, sequence INTEGER)"
_TAKE = """INSERT OR IGNORE INTO stop_times SELECT stop, departure, trip, sequence FROM temp.staged
    WHERE departure IS NOT NULL ORDER BY 1, 2, 3, 4"""


@dataclass
class _Ids:
    """The feed's own ids and our numbers for them."""

    stops: dict[str, int] = field(default_factory=dict)
    routes: dict[str, int] = field(default_factory=dict)
    trips: dict[str, int] = field(default_factory=dict)


def import_gtfs(job: Job) -> None:
    """Read the feed. Rows that point to nothing are reported; missing tables refuse the file."""
    if job.file.kind != "zip":
        raise LayerError(tr("This is no {wanted} file.", wanted="zip"), job.place)
    with Feed(job) as feed:
        for name in REQUIRED:
            feed.need(name)
        feed.need("calendar.txt", "calendar_dates.txt")
        ids, faults, doubles = _Ids(), Faults(job.report), Doubles()
        _stops(job, feed, ids, faults, doubles)
        _routes(job, feed, ids)
        _trips(job, feed, ids, faults)
        _calendars(job, feed)
        _stop_times(job, feed, ids, faults)
        _about(job, feed)
        doubles.tell(job.report)
        faults.judge(job.report.rows)


@lru_cache(maxsize=1 << 16)  # a feed has the same few thousand times over and over
def seconds_of(text: str) -> int | None:
    """A GTFS time in seconds after the service day's start; hours go past 24. None for what is no time."""
    match = _TIME.fullmatch(text)
    return int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3]) if match else None


def _stops(job: Job, feed: Feed, ids: _Ids, faults: Faults, doubles: Doubles) -> None:
    rows: list[tuple[str, str, str, float, float, int]] = []
    said: dict[str, tuple[str, str]] = {}  # of wheelchairs, and the station that a stop is part of
    more = ("stop_code", "stop_name", "location_type", "wheelchair_boarding", "parent_station")
    for row, values in feed.rows("stops.txt", ("stop_id", "stop_lat", "stop_lon"), more):
        stop, lat, lon, code, name, kind, *about = values
        said.setdefault(stop, (about[0], about[1]))
        place = replace(feed.place("stops.txt"), row=row)
        doubles.add(stop, row)
        if kind in {"3", "4"} and not lat:  # generic nodes and boarding areas need no position
            continue
        try:
            x, y = position_of(lon, lat, place)
        except LayerError as error:
            faults.add(str(error.args[0]), place)
            continue
        ids.stops.setdefault(stop, len(ids.stops) + 1)
        if len(rows) < len(ids.stops):
            rows.append((stop, code or stop, name, y, x, int(kind in {"", "0"})))
    if not rows:
        faults.judge(0)
        raise LayerError(tr("The feed has no stops."), feed.place("stops.txt"))
    locator = Locator(job.connection)
    lons, lats = np.array([row[4] for row in rows]), np.array([row[3] for row in rows])
    wards, rural = locator.wards_of(lons, lats), locator.rural_of(lons, lats) or [0] * len(rows)
    kept = [(n, *row[:5], wards[n - 1], rural[n - 1], row[5]) for n, row in enumerate(rows, 1)]
    job.connection.executemany("INSERT INTO stops VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", kept)
    _access(job, ids, said)
    texts = [(n, indexed(f"{row[1]} {row[2]}")) for n, row in enumerate(rows, 1)]
    job.connection.executemany("INSERT INTO stop_words(rowid, words) VALUES (?, ?)", texts)
    job.report.counts["stops"] = len(rows)
    if locator.wards and any(wards):
        job.report.counts["stops outside every ward"] = wards.count("")


def _access(job: Job, ids: _Ids, said: Mapping[str, tuple[str, str]]) -> None:
    """Where wheelchairs can board, and where not: a stop that says nothing is as its station says."""
    rows = []
    for stop, number in ids.stops.items():
        own, station = said[stop]
        known = own if own in {"1", "2"} else said.get(station, ("", ""))[0]
        if known in {"1", "2"}:
            rows.append((number, int(known == "1")))
    job.connection.executemany("INSERT INTO stop_access VALUES (?, ?)", rows)


def _routes(job: Job, feed: Feed, ids: _Ids) -> None:
    for values in feed.dicts("routes.txt", ("route_id",), ("route_short_name", "route_long_name", "route_color")):
        route, *rest = values.values()
        if ids.routes.setdefault(route, len(ids.routes) + 1) == len(ids.routes):
            job.connection.execute(
                "INSERT OR IGNORE INTO routes VALUES (?, ?, ?, ?, ?)", (len(ids.routes), route, *rest)
            )
    job.report.counts["routes"] = len(ids.routes)


def _trips(job: Job, feed: Feed, ids: _Ids, faults: Faults) -> None:
    rows = []
    for row, (route, service, trip, headsign) in feed.rows(
        "trips.txt", ("route_id", "service_id", "trip_id"), ("trip_headsign",)
    ):
        if route not in ids.routes:
            faults.add(tr("There is no route {route}.", route=route), replace(feed.place("trips.txt"), row=row))
        elif trip not in ids.trips:
            ids.trips[trip] = len(ids.trips) + 1
            rows.append((ids.trips[trip], trip, ids.routes[route], service, headsign))
    job.connection.executemany("INSERT INTO trips(id, trip, route, service, headsign) VALUES (?, ?, ?, ?, ?)", rows)
    job.report.counts["trips"] = len(rows)


def _calendars(job: Job, feed: Feed) -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    rows = []
    for row, (service, first, last, *runs) in feed.rows(
        "calendar.txt", ("service_id", "start_date", "end_date", *days)
    ):
        weekdays = sum(1 << day for day, flag in enumerate(runs) if flag == "1")
        rows.append((service, _day(first, feed, "calendar.txt", row), _day(last, feed, "calendar.txt", row), weekdays))
    job.connection.executemany("INSERT INTO calendar VALUES (?, ?, ?, ?)", rows)
    exceptions = []
    for row, (service, day, kind) in feed.rows("calendar_dates.txt", ("service_id", "date", "exception_type")):
        exceptions.append((_day(day, feed, "calendar_dates.txt", row), service, int(kind == "1")))
    job.connection.executemany("INSERT INTO calendar_dates VALUES (?, ?, ?)", exceptions)
    if not rows and not exceptions:
        raise LayerError(tr("The feed says of no day what runs on it."), feed.place("calendar.txt"))


def _day(text: str, feed: Feed, table: str, row: int) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise LayerError(tr("“{day}” is no date.", day=text), replace(feed.place(table), row=row)) from None


def _stop_times(job: Job, feed: Feed, ids: _Ids, faults: Faults) -> None:
    connection = job.connection
    connection.execute("DROP TABLE IF EXISTS temp.staged")
    connection.execute(_STAGE)
    last: dict[int, int] = {}
    batch = []
    for values in _departures(feed, ids, faults):
        job.report.rows += 1
        _, _, trip, sequence = values
        last[trip] = max(sequence, last.get(trip, 0))
        batch.append(values)
        if len(batch) == BATCH:
            connection.executemany("INSERT INTO temp.staged VALUES (?, ?, ?, ?)", batch)
            batch = []
    connection.executemany("INSERT INTO temp.staged VALUES (?, ?, ?, ?)", batch)
    connection.executemany("UPDATE trips SET last = ? WHERE id = ?", [(end, trip) for trip, end in last.items()])
    _fill_times(job)
    connection.execute(_TAKE)
    connection.execute("DROP TABLE temp.staged")


def _departures(feed: Feed, ids: _Ids, faults: Faults) -> Iterator[tuple[int, int | None, int, int]]:
    """Stop, departure, trip and sequence of each row that points to a stop and a trip."""
    table = feed.rows("stop_times.txt", ("trip_id", "stop_id", "stop_sequence"), ("departure_time", "arrival_time"))
    for row, (trip, stop, sequence, departure, arrival) in table:
        time = departure or arrival
        seconds = seconds_of(time)
        if (
            trip in ids.trips
            and stop in ids.stops
            and _SEQUENCE.fullmatch(sequence)
            and (seconds is not None or not time)
        ):
            yield ids.stops[stop], seconds, ids.trips[trip], int(sequence)
            continue
        reason = tr(
            "trip {trip}, stop {stop}, time {time} do not fit the other tables", trip=trip, stop=stop, time=time
        )
        faults.add(reason, replace(feed.place("stop_times.txt"), row=row))


def _fill_times(job: Job) -> None:
    """Stops without a time (only "time points" need one) get theirs in even steps between the known ones."""
    trips = [
        trip for (trip,) in job.connection.execute("SELECT DISTINCT trip FROM temp.staged WHERE departure IS NULL")
    ]
    if not trips:
        return
    job.connection.execute("CREATE INDEX temp.staged_by_trip ON staged(trip, sequence)")
    for trip in trips:
        rows = job.connection.execute(
            "SELECT rowid, departure FROM temp.staged WHERE trip = ? ORDER BY sequence", (trip,)
        ).fetchall()
        known = [(at, row[1]) for at, row in enumerate(rows) if row[1] is not None]
        if len(known) < 2:
            continue
        times = np.interp(range(len(rows)), [at for at, _ in known], [time for _, time in known])
        filled = [(round(float(time)), row[0]) for time, row in zip(times, rows, strict=True) if row[1] is None]
        job.connection.executemany("UPDATE temp.staged SET departure = ? WHERE rowid = ?", filled)
    job.report.notes.append(tr("{n} trips have stops without a time; they were filled in between.", n=len(trips)))


def _about(job: Job, feed: Feed) -> None:
    """What the feed says of itself: from when to when it holds, and what it has that is not used."""
    first, last = job.connection.execute(
        """SELECT min(day), max(day) FROM (SELECT first AS day FROM calendar UNION ALL SELECT last FROM calendar
           UNION ALL SELECT date FROM calendar_dates WHERE runs)"""
    ).fetchone()
    job.report.notes.append(tr("The timetable holds from {first} to {last}.", first=first, last=last))
    wanted = ("feed_publisher_name", "feed_version")
    for values in feed.dicts("feed_info.txt", (), wanted):
        job.report.source = job.report.source or " ".join(value for value in values.values() if value)
    if any(True for _ in feed.rows("frequencies.txt", ("trip_id",))):
        job.report.notes.append(tr("The feed has frequencies; those trips are listed once, not at each interval."))
