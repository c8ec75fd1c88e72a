"""The City's functions in expressions."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.services.functions import (
    WEEKDAYS,
    add_business_days,
    add_days,
    business_days_between,
    check_digit,
    city_functions,
    day_in_week,
    days_between,
)


def test_their_names_have_the_prefix_of_the_host() -> None:
    assert all(name.startswith("city:") for name in city_functions())


def test_a_moment_counts_as_its_day() -> None:
    assert add_business_days("2026-11-23T16:20:00.000-05:00", "2") == "2026-11-25"
    assert add_days("2026-11-23T16:20:00.000-05:00", "14") == "2026-12-07"


@pytest.mark.parametrize(("start", "days"), [("", "2"), ("2026-11-23", ""), ("tomorrow", "2"), ("2026-11-23", "NaN")])
def test_a_blank_gives_a_blank(start: str, days: str) -> None:
    assert add_business_days(start, days) == ""
    assert add_days(start, days) == ""


def test_a_day_past_the_calendar_gives_a_blank() -> None:
    assert add_days("9999-12-30", "2") == ""
    assert add_days("2026-11-23", "1e12") == ""
    assert add_business_days("9999-12-30", "10") == ""
    assert add_business_days("2026-11-23", "1e9") == ""
    assert day_in_week("9999-12-31", "sun") == ""


def test_a_quantity_that_nobody_can_reckon_with_gives_a_blank() -> None:
    for quantity in ("1e30", "1e999999"):
        assert city_functions()["city:fee-base"](f"VB-INSPECT {quantity}", "2026-11-23") == ""


def test_days_between_a_blank_is_no_number() -> None:
    assert days_between("2026-11-23", "2026-12-01") == 8
    assert math.isnan(days_between("2026-11-23", ""))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(WEEKDAYS))
def test_a_day_in_week_is_in_that_week(day: date, weekday: str) -> None:
    found = date.fromisoformat(day_in_week(day.isoformat(), weekday))
    assert found.isocalendar()[:2] == day.isocalendar()[:2]
    assert WEEKDAYS[found.weekday()] == weekday


def test_an_unknown_weekday_gives_a_blank() -> None:
    assert day_in_week("2026-11-23", "") == ""
    assert day_in_week("2026-11-23", "Friday") == ""


@given(st.dates(date(2026, 1, 1), date(2028, 6, 1)), st.integers(1, 30))
def test_business_days_between_undoes_adding_them(day: date, days: int) -> None:
    assert business_days_between(day.isoformat(), add_business_days(day.isoformat(), str(days))) == days


def test_business_days_between_a_blank_is_no_number() -> None:
    assert business_days_between("2026-11-27", "2026-11-30") == 1
    assert business_days_between("2026-11-30", "2026-11-27") == -1
    assert math.isnan(business_days_between("", "2026-11-27"))


@pytest.mark.parametrize(
    ("number", "fits"), [("79927398713", 1), ("79927398710", 0), ("18", 1), ("", 0), ("7992739871x", 0), ("²", 0)]
)
def test_a_check_digit(number: str, fits: int) -> None:
    assert check_digit(number) == fits


@given(st.text("0123456789", min_size=1, max_size=12), st.integers(0, 9))
def test_one_wrong_digit_is_always_found(number: str, wrong: int) -> None:
    whole = next(number + last for last in "0123456789" if check_digit(number + last))
    assert check_digit(str(wrong) + whole[1:]) == (str(wrong) == whole[0])
