"""What a dashboard shows, computed from the records of one laptop: how the work stands, and the City's measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from fieldapp.clock import CITY_ZONE, stamp
from fieldapp.opendata import Case, Step
from fieldapp.records import DUE, RECEIVED, STATE, WARD, Record
from fieldapp.reports.measures import Measured, asked, known_measures, measures
from fieldapp.reports.standing import Standing, monday_of, standing
from fieldapp.services import Catalogue
from fieldapp.store import Store
from fieldapp.store.sums import Alike


@dataclass(frozen=True)
class Figures:
    """All that is shown of the days from `first` to `last`."""

    first: date
    last: date
    standing: Standing
    measured: tuple[Measured, ...]


def figures(store: Store, catalogue: Catalogue, first: date, last: date) -> Figures:
    """Count everything anew. Seconds with 200,000 records: not for the screen's thread."""
    known = known_measures()
    alike = store.sums.alike(start_of(monday_of(first)), asked(known))
    found = standing(store.sums.groups(), alike, catalogue, first, last)
    return Figures(first, last, found, tuple(measures(map(case, alike), catalogue, first, last, known)))


def case(alike: Alike) -> Case:
    """Records that are alike as one case, with the one step that is known of them here: the last change, which led to
    the state that they are in."""
    told = {STATE: alike.state, WARD: alike.ward, DUE: alike.due, RECEIVED: _noon(alike.received)}
    changed = _noon(alike.changed)
    record = Record("", alike.service, "", 0, {**alike.answers, **told})
    return Case(record, (Step(changed, changed, "", alike.state),), times=alike.n)


def _noon(day: date | None) -> str:
    return stamp(datetime.combine(day, time(12), CITY_ZONE)) if day else ""


def start_of(day: date) -> str:
    """The stamp at which a day of the City's begins."""
    return stamp(datetime.combine(day, time(), CITY_ZONE))
