"""What look-ups cost, on the City's own files: `python -m tests.bench lookups`, as lines of JSON.

The parcels have no street addresses: each gets a made-up number in a street of the timetable's stop names. A key or a
question is judged by the processor's time of the slowest in a hundred, for on a machine that others share the clock on
the wall measures the others; it is told beside it.
"""

from __future__ import annotations

import csv
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fieldapp.clock import CITY_ZONE
from fieldapp.places import Layers, Stop, import_layer
from fieldapp.places.lookups import board, property_at
from fieldapp.places.realtime import LiveFeed, read_feed
from fieldapp.places.transit import running
from tests.support import live
from tests.support.data import shared_data

PARCELS, HSR = "hamilton_parcel_points_2016.csv", "hsr_gtfs_2026_rebuilt.zip"
KEY, BOARD, IMPORT = 16.0, 20.0, 30_000.0  # ms at most
ADDRESSES_TYPED, STOPS_ASKED = 100, 400
KINDS = ("Street", "Avenue", "Road", "Drive", "Court")
MOMENTS = [datetime(2026, 7, 3, 8), datetime(2026, 7, 1, 23, 50), datetime(2026, 7, 5, 0, 20)]  # noqa: DTZ001  the city's wall clock


@dataclass(frozen=True)
class Figure:
    """Milliseconds of many questions of one kind, or of one import; `target` is the most that the slowest in a hundred
    may take of the processor."""

    what: str
    wall: Sequence[float]
    cpu: Sequence[float]
    target: float
    rows: int = 0

    @property
    def met(self) -> bool:
        """Whether it is within its target."""
        return _part(self.cpu, 0.99) <= self.target

    def as_json(self) -> dict[str, Any]:
        """The line."""
        told: dict[str, Any] = {"what": self.what, "times": len(self.wall)}
        if self.rows:
            told["rows"] = self.rows
        for name, part in {"median ms": 0.5, "p99 ms": 0.99, "max ms": 1.0}.items():
            told[name] = round(_part(self.wall, part), 3)
        return {**told, "p99 cpu ms": round(_part(self.cpu, 0.99), 3), "target": self.target, "met": self.met}


def figures() -> Iterator[Figure]:
    """All of them, on layers that are imported for it."""
    with TemporaryDirectory() as name:
        path = Path(name) / "layers.db"
        yield imported(path, "gtfs", shared_data(HSR))
        layers = Layers(path)
        yield imported(path, "addresses", addresses(Path(name) / "addresses.csv", layers))
        yield imported(path, "parcels", shared_data(PARCELS))
        yield typing(layers)
        yield points(layers)
        yield boards(layers, "next departures at a stop", lambda _moment: None)
        feeds = {moment: feed_of(path, moment) for moment in moments()}
        yield boards(layers, "next departures at a stop, live", feeds.__getitem__)
        layers.close()


def imported(path: Path, kind: str, file: Path) -> Figure:
    """One import into the layers of `path`."""
    rows = 0

    def load() -> None:
        nonlocal rows
        rows = import_layer(path, kind, file).rows

    wall, cpu = _measured([load])
    return Figure(f"import {kind}", wall, cpu, IMPORT, rows)


def addresses(path: Path, layers: Layers) -> Path:
    """The parcels as addresses: the streets are those of the stops' names, the numbers go up along each."""
    names = {part.strip() for row in layers.rows("stops") for part in re.split("[@/]", row["name"])}
    streets = sorted(name for name in names if any(sign.isalpha() for sign in name))
    with shared_data(PARCELS).open(encoding="utf-8", newline="") as stream, path.open("w", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("id", "number", "street", "city", "lon", "lat"))
        for n, row in enumerate(csv.DictReader(stream)):
            at, place = n % len(streets), n // len(streets)
            street = f"{streets[at]} {KINDS[at % len(KINDS)]}"
            writer.writerow((n, 2 * place + 1, street, "Hamilton", row["lon"], row["lat"]))
    return path


def typing(layers: Layers) -> Figure:
    """Each key of a hundred addresses."""
    rows, chance = layers.rows("addresses"), random.Random(1)
    keys = []
    for row in (rows[chance.randrange(len(rows))] for _ in range(ADDRESSES_TYPED)):
        typed = f"{row['number']} {row['street']}"
        keys += [typed[:end] for end in range(1, len(typed) + 1)]
    wall, cpu = _measured([partial(layers.search_addresses, key) for key in keys])
    return Figure("a key of an address", wall, cpu, KEY, len(rows))


def points(layers: Layers) -> Figure:
    """All that is shown of a property, for a click on the map."""
    rows, chance = layers.rows("parcels"), random.Random(2)
    chosen = [rows[chance.randrange(len(rows))] for _ in range(200)]
    asked = [partial(property_at, layers, float(row["lat"]), float(row["lon"])) for row in chosen]
    wall, cpu = _measured(asked)
    return Figure("a property", wall, cpu, BOARD, len(rows))


def boards(layers: Layers, what: str, feed: Callable[[datetime], LiveFeed | None]) -> Figure:
    """What the page asks for a stop: its next twenty departures, its routes and the timetable's days."""
    rows = layers.rows("stops")
    stops = [_stop(row) for row in random.Random(3).sample(list(rows), STOPS_ASKED)]
    asked = [
        partial(board, layers, stop, moment, limit=20, feed=feed(moment)) for stop in stops for moment in moments()
    ]
    wall, cpu = _measured(asked)
    return Figure(what, wall, cpu, BOARD, len(rows))


def moments() -> list[datetime]:
    """A morning, and two nights."""
    return [moment.replace(tzinfo=CITY_ZONE) for moment in MOMENTS]


def feed_of(path: Path, moment: datetime) -> LiveFeed:
    """A live feed of all trips that are on the road, each a little late."""
    from fieldapp.places.reading import Readers

    readers, hour = Readers(path), timedelta(hours=1)
    days = [moment.date() - timedelta(days=1), moment.date()]
    trips = [(trip, day) for day in days for trip in running(readers, day, moment - hour, moment + hour)]
    readers.close()
    return read_feed(live.feed(moment, *(_late(trip, day) for trip, day in trips)))


def _late(trip: str, day: date) -> Any:
    return live.trip(trip, live.stop(sequence=1, delay=60), live.stop(sequence=9, delay=180), day=day)


def _stop(row: Mapping[str, str]) -> Stop:
    return Stop(int(row["id"]), row["code"], row["name"], float(row["lat"]), float(row["lon"]), row["ward"])


def _measured(asked: Sequence[Callable[[], object]]) -> tuple[list[float], list[float]]:
    """Milliseconds of each, by the clock and of the processor. What is read for the first time is part of it."""
    wall, cpu = [], []
    for ask in asked:
        began, used = time.perf_counter(), time.thread_time()
        ask()
        cpu.append((time.thread_time() - used) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return wall, cpu


def _part(times: Sequence[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]
