"""What people type for days, times, numbers and positions."""

from __future__ import annotations

from datetime import date, time

import pytest

from ui.forms.typed import date_in, date_of, number_of, time_in, time_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("2026/02/28", date(2026, 2, 28)),
        ("2026/2/5", date(2026, 2, 5)),
        ("20260205", date(2026, 2, 5)),
        ("today", TODAY),
        ("yesterday", date(2026, 11, 22)),
        ("Demain", date(2026, 11, 24)),
        ("+7", date(2026, 11, 30)),
        ("-1", date(2026, 11, 22)),
        ("2026-02-30", None),
        ("23/11/2026", None),
        ("dec 4", date(2026, 12, 4)),
        ("4 déc.", date(2026, 12, 4)),
        ("1er janvier", date(2027, 1, 1)),  # the one that is near
        ("4th Dec, 2027", date(2027, 12, 4)),
        ("friday", date(2026, 11, 27)),
        ("lun.", date(2026, 11, 30)),  # today is a Monday: the next one
        ("mar", date(2026, 11, 24)),
        ("feb 30", None),
        ("jui 4", None),
        ("de 4", None),
        ("4", None),
        ("soon", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert date_of(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9", time(9)),
        ("9:05", time(9, 5)),
        ("0905", time(9, 5)),
        ("14h30", time(14, 30)),
        ("9:05 pm", time(21, 5)),
        ("12 AM", time(0)),
        ("12:30 p.m.", time(12, 30)),
        ("14:30 pm", None),
        ("24:00", None),
        ("x", None),
    ],
)
def test_times(text: str, at: time | None) -> None:
    assert time_of(text) == at


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("1 250,5", "1250.5", "1250.5"),
        ("12.5", "12.5", "12.5"),
        (" 7 ", "7", "7"),
        ("-0,25", "-0.25", "-0.25"),
        ("\u22125", "-5", "-5"),
        ("5.", "5", "5"),
        ("", "", ""),
        ("$95.50", "95.50", "95.50"),
        ("1,500", "1500", "1.500"),
        ("1,500,000.5", "1500000.5", None),
        ("1.500,5", None, None),
        ("1,2,3", None, None),
        ("1e3", None, None),
        ("-", None, None),
        ("٣", None, None),
    ],
)
def test_numbers(text: str, english: str | None, french: str | None) -> None:
    assert (number_of(text, english=True), number_of(text, english=False)) == (english, french)


def test_values_of_the_form_are_read_back() -> None:
    assert date_in("2026-11-23T09:24:00.000-05:00") == TODAY
    assert time_in("2026-11-23T09:24:00.000-05:00") == time(9, 24)
    assert time_in("09:05:00-05:00") == time(9, 5)
    assert date_in("") is None


def test_a_moment_of_another_time_zone_is_shown_in_the_citys() -> None:
    value = "2026-11-24T01:45:00.000Z"
    assert (date_in(value), time_in(value)) == (date(2026, 11, 23), time(20, 45))
