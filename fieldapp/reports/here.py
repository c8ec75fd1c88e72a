"""What a dashboard shows, computed from the records of one laptop: how the work stands, and the City's measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from fieldapp.clock import CITY_ZONE, stamp
from fieldapp.reports.measures import Measured, asked, asked_of, known_measures, measures
from fieldapp.reports.standing import WEEK, Standing, monday_of, standing, working
from fieldapp.services import Catalogue
from fieldapp.store import Store


@dataclass(frozen=True)
class Figures:
    """All that is shown of the days from `first` to `last`."""

    first: date
    last: date
    standing: Standing
    measured: tuple[Measured, ...]


def figures(store: Store, catalogue: Catalogue, first: date, last: date) -> Figures:
    """Count everything. Not for the screen's thread: the first time it takes a second or two with 200,000 records."""
    asking = known_measures()
    known = store.sums.known(start_of(monday_of(first)), asked(asking), asked_of(asking))
    work = store.sums.work(working(catalogue), last, last + WEEK)
    found = standing(work, known, catalogue, first, last)
    return Figures(first, last, found, tuple(measures(known, catalogue, first, last, asking)))


def start_of(day: date) -> str:
    """The stamp at which a day of the City's begins."""
    return stamp(datetime.combine(day, time(), CITY_ZONE))
