"""Business days, by example and by property."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.errors import ServiceError
from fieldapp.services.clocks import city_calendar, read_calendar

CALENDAR = city_calendar()
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
COUNTS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 23), 2, date(2026, 11, 25)),
        (date(2026, 11, 26), 2, date(2026, 11, 30)),  # over a weekend
        (date(2026, 4, 2), 2, date(2026, 4, 8)),  # over Easter
        (date(2026, 12, 24), 2, date(2026, 12, 30)),  # Boxing Day is a Saturday: observed on Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # begun on a Saturday
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 25), -2, date(2026, 11, 23)),
    ],
)
def test_add(start: date, days: int, due: date) -> None:
    assert CALENDAR.add(start, days) == due


@given(DAYS, COUNTS)
def test_a_due_day_is_a_business_day(start: date, days: int) -> None:
    assert CALENDAR.is_business_day(CALENDAR.add(start, days))


@given(DAYS, COUNTS)
def test_between_undoes_add(start: date, days: int) -> None:
    assert CALENDAR.between(start, CALENDAR.add(start, days)) == days or (
        days == 0 and not CALENDAR.is_business_day(start)
    )


@given(DAYS, st.integers(0, 800))
def test_between_counts_each_business_day(start: date, days: int) -> None:
    each = [start + timedelta(n) for n in range(1, days + 1)]
    assert CALENDAR.between(start, start + timedelta(days)) == sum(map(CALENDAR.is_business_day, each))


def test_a_year_typed_as_9999_is_reckoned_at_once() -> None:
    began = perf_counter()
    assert CALENDAR.between(date(2026, 11, 23), date.max) > 2_000_000
    assert perf_counter() - began < 0.2


@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_adding_twice_is_adding_the_sum(start: date, first: int, second: int) -> None:
    assert CALENDAR.add(CALENDAR.add(start, first), second) == CALENDAR.add(start, first + second)


@given(DAYS, DAYS, COUNTS)
def test_later_starts_are_never_due_earlier(one: date, other: date, days: int) -> None:
    early, late = sorted((one, other))
    assert CALENDAR.add(early, days) <= CALENDAR.add(late, days)


@given(DAYS, DAYS)
def test_between_turns_its_sign(one: date, other: date) -> None:
    assert CALENDAR.between(one, other) == -CALENDAR.between(other, one)


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_each_year_has_the_holidays_of_ontario(year: int) -> None:
    of_year = {
        day: name.en for day, name in CALENDAR.holidays.items() if day.year == year and "observed" not in name.en
    }
    assert len(of_year) == 11
    by_name = {name: day for day, name in of_year.items()}
    assert by_name["Good Friday"].weekday() == 4
    assert by_name["Easter Monday"] - by_name["Good Friday"] == timedelta(days=3)
    mondays = ("Family Day", "Victoria Day", "Civic Holiday", "Labour Day", "Thanksgiving")
    assert {by_name[name].weekday() for name in mondays} == {0}
    assert date(year, 5, 18) <= by_name["Victoria Day"] <= date(year, 5, 24)


def test_a_holiday_on_a_weekend_is_observed_on_a_working_day() -> None:
    for day, name in CALENDAR.holidays.items():
        if day.weekday() >= 5:
            observed = [other for other, text in CALENDAR.holidays.items() if text.en == f"{name.en}, observed"]
            assert any(other.weekday() < 5 and timedelta(0) < other - day <= timedelta(days=3) for other in observed)


def test_covers_tells_the_years_of_the_table() -> None:
    assert CALENDAR.covers(date(2028, 6, 1))
    assert not CALENDAR.covers(date(2031, 6, 1))


def test_a_wrong_day_is_refused_with_its_place(tmp_path: Path) -> None:
    table = tmp_path / "holidays.csv"
    table.write_text("date,en,fr,source,mark\n2026-01-01,A,B,s,verified\n1/7/2026,C,D,s,verified\n")
    with pytest.raises(ServiceError) as caught:
        read_calendar(table)
    assert (caught.value.place.row, caught.value.place.column) == (3, "date")
