"""Departures worked out from a feed's own files, row by row and without a database: what the look-up must say too."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = ZoneInfo("America/Toronto")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Row = Mapping[str, str]


class OwnFiles:
    """A feed as its publisher wrote it."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.trips = {row["trip_id"]: row for row in _rows(archive, "trips.txt")}
            self.routes = {row["route_id"]: row["route_short_name"] for row in _rows(archive, "routes.txt")}
            self.codes = {row["stop_id"]: row["stop_code"] for row in _rows(archive, "stops.txt")}
            self._weeks = list(_rows(archive, "calendar.txt"))
            self._days = {(row["service_id"], row["date"]): row for row in _rows(archive, "calendar_dates.txt")}
            self._services = {row["service_id"] for row in self.trips.values()}
            self._known: dict[date, set[str]] = {}
            self._at: dict[str, list[tuple[int, str, int]]] = defaultdict(list)  # by stop: seconds, trip, place
            self._last: dict[str, int] = {}
            for row in _rows(archive, "stop_times.txt"):
                trip, place = row["trip_id"], int(row["stop_sequence"])
                self._at[row["stop_id"]].append((_seconds(row["departure_time"]), trip, place))
                self._last[trip] = max(place, self._last.get(trip, 0))

    def busiest(self, count: int) -> list[str]:
        """The stops with the most departures after midnight, then those with the most of all."""
        late = sorted(self._at, key=lambda stop: -sum(at >= 86_400 for at, _, _ in self._at[stop]))
        return list(dict.fromkeys([*late[:count], *sorted(self._at, key=lambda stop: -len(self._at[stop]))[:count]]))

    def runs(self, service: str, day: date) -> bool:
        """Whether a service runs on a day: an exception wins over the week."""
        if exception := self._days.get((service, f"{day:%Y%m%d}")):
            return exception["exception_type"] == "1"
        weeks = (row for row in self._weeks if row["service_id"] == service)
        return any(
            row["start_date"] <= f"{day:%Y%m%d}" <= row["end_date"] and row[WEEKDAYS[day.weekday()]] == "1"
            for row in weeks
        )

    def _running(self, day: date) -> set[str]:
        if day not in self._known:
            self._known[day] = {service for service in self._services if self.runs(service, day)}
        return self._known[day]

    def departures(self, stop: str, when: datetime, limit: int) -> list[tuple[datetime, str]]:
        """The moments and trips of the next departures, within a week."""
        found = []
        for ahead in range(-2, 8):
            day = when.astimezone(HERE).date() + timedelta(days=ahead)
            running = self._running(day)
            noon = datetime.combine(day, time(12), HERE).timestamp()
            for seconds, trip, place in self._at[stop]:
                moment = noon - 12 * 3600 + seconds
                leaves = place < self._last[trip] and self.trips[trip]["service_id"] in running
                if leaves and moment >= when.timestamp():
                    found.append((datetime.fromtimestamp(moment, HERE), trip))
        return sorted(found, key=lambda one: one[0].timestamp())[:limit]


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[Row]:
    if name in archive.namelist():
        with archive.open(name) as raw:
            yield from csv.DictReader(io.TextIOWrapper(raw, "utf-8-sig"))


def _seconds(text: str) -> int:
    hours, minutes, seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + seconds
