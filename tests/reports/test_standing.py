"""How the work stands on a laptop: counted from a real store, by the City's own days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fieldapp.reports.here import figures
from fieldapp.reports.standing import LATE, LATER, SOON, TODAY, UNDATED, Week, term_days, term_of
from fieldapp.services import Catalogue
from fieldapp.store import Query, RemoteRow, Store, bucket_of
from tests.support.store import make_store

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = make_store(tmp_path)
    yield made
    made.close()


def come(store: Store, *rows: RemoteRow) -> None:
    for number, row in enumerate(rows, start=1):
        store.exchange.apply_page(bucket_of(row.fields), [row], number)


def row(n: int, at: str = "2026-11-20T15:00:00.000Z", service: str = "bulk-pickup", **fields: str) -> RemoteRow:
    told = {"@state": "submitted", "@ward": "02", "@received": at, **{f"@{name}": v for name, v in fields.items()}}
    return RemoteRow(f"r{n}", 1, service, "1", told, at=at)


def test_open_work_is_counted_by_the_day_it_is_due(store: Store, catalogue: Catalogue) -> None:
    days = ("2026-11-22", "2026-11-23", "2026-11-30", "2026-12-01", "")
    come(store, *(row(n, due=day) for n, day in enumerate(days)), row(9, state="draft"))
    found = figures(store, catalogue, DAY, DAY).standing
    assert found.terms == dict.fromkeys((LATE, TODAY, SOON, LATER, UNDATED), 1)
    assert (found.services["bulk-pickup"].all, found.services["bulk-pickup"].late) == (5, 1)


@pytest.mark.parametrize("due", ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-30", "2026-12-01", ""])
def test_the_records_of_a_term_are_those_that_were_counted(store: Store, due: str) -> None:
    come(store, row(1, due=due))
    for term in (LATE, TODAY, SOON, LATER, UNDATED):
        assert store.count(Query(due=term_days(term, DAY))) == (term == term_of(due, DAY))


def test_wards_and_people_have_their_own_heaps(store: Store, catalogue: Catalogue) -> None:
    come(store, row(1, assignee="m.tremblay"), row(2, ward="05"), row(3, at="2026-11-02T15:00:00.000Z"))
    found = figures(store, catalogue, DAY, DAY).standing
    assert {ward: heap.all for ward, heap in found.wards.items()} == {"02": 2, "05": 1}
    assert found.people["m.tremblay"].all == 1
    assert found.wards["02"].since == date(2026, 11, 2)


def test_an_evening_belongs_to_its_own_day(store: Store, catalogue: Catalogue) -> None:
    come(store, row(1, "2026-11-16T03:00:00.000Z"), row(2, "2026-11-16T15:00:00.000Z", state="collected"))
    weeks = figures(store, catalogue, date(2026, 11, 9), DAY).standing.weeks
    assert weeks == (Week(date(2026, 11, 9), 1, 0), Week(date(2026, 11, 16), 1, 1), Week(DAY, 0, 0))


def test_health_is_in_no_figure(store: Store, catalogue: Catalogue) -> None:
    health = next(one for one in catalogue if not one.is_counted)
    come(store, row(1, service=health.id, state=health.states[1].id))
    found = figures(store, catalogue, DAY, DAY)
    assert found.standing.open == 0
    assert not any(one.groups for one in found.measured)


def test_the_citys_measures_are_computed_of_what_is_here(store: Store, catalogue: Catalogue) -> None:
    come(store, *(row(n) for n in range(6)), row(7, ward="05"))
    found = {one.measure.id: one.groups for one in figures(store, catalogue, date(2026, 11, 1), DAY).measured}
    assert found["requests_received"] == {("2026-11", "02"): 6, ("2026-11", "05"): None}
