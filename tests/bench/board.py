"""A supervisor's figures over many records: counted anew, and after some of them changed."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from fieldapp.clock import CITY_ZONE, FixedClock, stamp
from fieldapp.records import ASSIGNEE, DUE, RECEIVED, STATE, TITLE, WARD
from fieldapp.reports.here import figures
from fieldapp.services import Catalogue, Service
from fieldapp.store import RemoteRow, Store
from tests.bench.figure import Figure, milliseconds
from tests.support.store import make_store

LAST = date(2026, 11, 23)
PERIOD = 90  # days: what the Dashboard shows at first
PAGE = 2000
PEOPLE = tuple(f"p.{n}" for n in range(40))
TARGET = 2000.0  # ms


def lines(records: int) -> Iterator[Figure]:
    """The first count of all, and the next ones after nothing, ten and a thousand records changed."""
    catalogue = Catalogue.load()
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder), clock=FixedClock(datetime.combine(LAST, time(23), CITY_ZONE)))
        fill(store, catalogue, records)
        first = LAST - timedelta(days=PERIOD)

        def count() -> object:
            return figures(store, catalogue, first, LAST)

        def count_anew() -> object:
            store.sums.forget()
            return count()

        yield _figure("first", count_anew)
        yield _figure("again", count)
        for n in (10, 1000):
            change(store, catalogue, n)
            yield _figure(f"after {n:,} changed", count, 1)
        store.close()


def _figure(what: str, work: Callable[[], object], times: int = 3) -> Figure:
    """The median, with the processor's time beside it: that is the one that other programs do not make longer."""
    spent: list[float] = []

    def timed() -> None:
        began = process_time()
        work()
        spent.append((process_time() - began) * 1000)

    found = milliseconds(timed, times)
    return Figure("dashboard", what, median(found), target=TARGET, others={"cpu": median(spent)})


def change(store: Store, catalogue: Catalogue, n: int) -> None:
    """Let so many records change at the City."""
    rows = [replace(row, rev=2, at=_moment(LAST, random.Random(n))) for row in _rows(catalogue, range(n))]
    store.exchange.apply_page("ward:01", rows, 10**9 + n)


def fill(store: Store, catalogue: Catalogue, records: int) -> None:
    """As many records as a large city has in a year, of all services that are counted."""
    for begin in range(0, records, PAGE):
        store.exchange.apply_page("ward:01", _rows(catalogue, range(begin, min(records, begin + PAGE))), begin + PAGE)


def _rows(catalogue: Catalogue, numbers: Iterable[int]) -> list[RemoteRow]:
    services = [one for one in catalogue if one.is_counted and not one.internal]
    return [_row(services, n) for n in numbers]


def _row(services: Sequence[Service], n: int) -> RemoteRow:
    chance = random.Random(n)
    service = chance.choice(services)
    came = LAST - timedelta(days=chance.randrange(365))
    changed = min(LAST, came + timedelta(days=chance.randrange(60)))
    fields = {
        STATE: chance.choice(service.states).id,
        WARD: f"{chance.randrange(1, 16):02}",
        RECEIVED: _moment(came, chance),
        DUE: (came + timedelta(days=chance.randrange(10, 90))).isoformat(),
        ASSIGNEE: chance.choice(PEOPLE),
        TITLE: f"{n} Larchmere Boulevard",
        **{f"group/question_{k}": f"an answer of some length {n} {k}" for k in range(20)},
        "project/size": chance.choice(("house", "small", "large")),
        "visit/visit_no": str(chance.randrange(1, 4)),
        "outcome/result": chance.choice(("passed", "failed")),
    }
    return RemoteRow(f"r{n}", 1, service.id, "1", fields, at=_moment(changed, chance))


def _moment(day: date, chance: random.Random) -> str:
    return stamp(datetime.combine(day, time(chance.randrange(8, 17), chance.randrange(60)), CITY_ZONE))
