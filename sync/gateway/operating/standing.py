"""How the City's records stand, in numbers: read from the database when Prometheus asks, at most every so often."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.clock import Clock, moment_of, stamp
from fieldapp.errors import FieldAppError
from fieldapp.store.sqlcipher import Error
from sync.gateway.fleet import FORGOTTEN
from sync.gateway.transactions import CityDatabase, Transaction

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily

log = logging.getLogger(__name__)
EVERY = 30.0  # s
RECENT = {"1": timedelta(days=1), "7": timedelta(days=7), "30": timedelta(days=30)}
NEWEST = (
    "SELECT count(*) FROM (SELECT c.device FROM chain c JOIN op o ON o.id = c.op"
    " GROUP BY c.device HAVING max(o.at) >= ?) t"
)
PLAIN = (  # name, what it is, its query: one number
    ("fieldapp_feed_head", "The last place of the feed that was given.", "SELECT v FROM counter WHERE name = 'feed'"),
    (
        "fieldapp_files_bytes",
        "Bytes of the files that records name.",
        "SELECT coalesce(sum(size), 0) FROM (SELECT sha256, max(size) AS size FROM attachment GROUP BY sha256) t",
    ),
    ("fieldapp_files", "Files that records name.", "SELECT count(DISTINCT sha256) FROM attachment"),
    ("fieldapp_alarms_open", "Alarms about journals.", "SELECT count(*) FROM alarm WHERE settled_at = ''"),
    ("fieldapp_conflicts_open", "Conflicts that wait.", "SELECT count(*) FROM conflict WHERE settled_by = ''"),
    ("fieldapp_laptops", "Laptops whose Changes came, ever.", "SELECT count(DISTINCT device) FROM chain"),
)
IN_USE = (
    "l.heard >= ? AND NOT EXISTS (SELECT 1 FROM revocation r WHERE r.lifted_at = ''"
    " AND r.device IN ('', l.device) AND r.person IN ('', l.person))"
)
SILENCE = (
    "SELECT coalesce(min(l.heard), ''), coalesce(sum(CASE WHEN l.money > 0 THEN 1 ELSE 0 END), 0)"
    f" FROM laptop l WHERE {IN_USE}"
)
STUCK = f"SELECT count(*) FROM laptop l WHERE l.unsent <> '' AND l.unsent < ? AND {IN_USE}"
BOOKINGS = "SELECT status, count(*) FROM booking GROUP BY status ORDER BY status"
Row = tuple[tuple[str, ...], float]


class Standing:
    """A collector: gauges from the database, and of the disk."""

    def __init__(
        self, database: CityDatabase, data: Path, clock: Clock, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._data = data
        self._clock = clock
        self._ticks = ticks
        self._read: list[GaugeMetricFamily] = []
        self._until = 0.0

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: names are known when it is asked."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges; without those of the database while it does not answer, and without the disk's while that does
        not."""
        with suppress(OSError):
            yield _gauge("fieldapp_disk_free_bytes", "Room where files and records lie.", rows=[((), self._free())])
        if self._ticks() >= self._until:
            try:
                self._read = list(self._from_database())
            except (FieldAppError, Error):
                log.warning("the City's records could not be read for their measures")
                self._read = []
            self._until = self._ticks() + EVERY
        yield from self._read

    def _from_database(self) -> Iterator[GaugeMetricFamily]:
        with self._database.snapshot() as reader:
            for name, what, sql in PLAIN:
                found = reader.execute(sql).fetchone()
                yield _gauge(name, what, rows=[((), float(found[0] if found else 0))])
            bookings: list[Row] = [((status,), float(n)) for status, n in reader.execute(BOOKINGS).fetchall()]
            now = self._clock.now()
            recent: list[Row] = [
                ((days,), float(reader.execute(NEWEST, (stamp(now - past),)).fetchone()[0]))
                for days, past in RECENT.items()
            ]
            silence, money, stuck = self._fleet(reader)
        yield _gauge(
            "fieldapp_laptop_silence_seconds", "Since the laptop greeted that did so longest ago.", rows=[((), silence)]
        )
        yield _gauge("fieldapp_laptops_unsent_money", "Laptops with money not with the City.", rows=[((), money)])
        yield _gauge("fieldapp_laptops_stuck", "Laptops with work unsent for more than a day.", rows=[((), stuck)])
        yield _gauge("fieldapp_bookings", "What became of wishes for a place.", ("status",), bookings)
        yield _gauge(
            "fieldapp_laptops_heard", "Laptops whose newest Change came within so many days.", ("days",), recent
        )

    def _fleet(self, reader: Transaction) -> tuple[float, float, float]:
        """Of laptops that are neither withdrawn nor forgotten."""
        now = self._clock.now()
        least, money = reader.execute(SILENCE, (stamp(now - FORGOTTEN),)).fetchone()
        stuck = reader.execute(STUCK, (stamp(now - timedelta(days=1)), stamp(now - FORGOTTEN))).fetchone()[0]
        silence = (now - moment_of(least)).total_seconds() if least else 0.0
        return max(0.0, silence), float(money), float(stuck)

    def _free(self) -> float:
        return float(shutil.disk_usage(self._data).free)


def _gauge(name: str, what: str, labels: Sequence[str] = (), rows: Sequence[Row] = ()) -> GaugeMetricFamily:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(name, what, labels=labels)
    for values, number in rows:
        family.add_metric(values, number)
    return family
