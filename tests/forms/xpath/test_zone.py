"""Dates and moments where the form is filled: the same record in other zones, and days on which clocks change."""

from __future__ import annotations

from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fieldapp.clock import FixedClock
from fieldapp.forms import FormSession, load_form
from fieldapp.forms.session.environment import Device
from fieldapp.forms.xpath.moments import date_text, days_of, exact_days_of, moment_text, part_of_day
from fieldapp.forms.xpath.values import text_of
from tests.forms.xpath.conftest import Evaluate
from tests.support.forms import evaluate

TORONTO, VANCOUVER = ZoneInfo("America/Toronto"), ZoneInfo("America/Vancouver")


def _in(zone: tzinfo, form: Path, expression: str) -> str:
    return text_of(evaluate(FormSession(load_form(form), clock=FixedClock(), device=Device(zone=zone)), expression))


@pytest.mark.parametrize(
    ("expression", "toronto", "vancouver"),
    [
        ("now()", "2026-11-23T09:00:00.000-05:00", "2026-11-23T06:00:00.000-08:00"),
        ("date('2026-03-04T02:00:00.000-05:00')", "2026-03-04", "2026-03-03"),
        ("number('2026-03-04T02:00:00.000-05:00')", "20516", "20515"),
        ("decimal-time('2026-03-04T12:00:00.000-05:00')", "0.5", "0.375"),
        ("format-date-time('2026-03-04T12:00:00.000-05:00', '%H:%M')", "12:00", "09:00"),
        ("date-time('2026-03-04')", "2026-03-04T00:00:00.000-05:00", "2026-03-04T00:00:00.000-08:00"),
        ("'2026-03-04T23:00:00-08:00' > '2026-03-05'", "true", "false"),
        ("date-time('0001-01-01')", "0001-01-01T00:00:00.000-05:18", "0001-01-01T00:00:00.000-08:13"),
    ],
)
def test_here_is_where_the_form_is_filled(form: Path, expression: str, toronto: str, vancouver: str) -> None:
    assert _in(TORONTO, form, expression) == toronto
    assert _in(VANCOUVER, form, expression) == vancouver


def test_days_do_not_depend_on_the_change_of_clocks(value: Evaluate) -> None:
    assert value("date('2026-03-09') - date('2026-03-07')") == "2"
    assert value("date(date('2026-03-07') + 2)") == "2026-03-09"


def test_differences_of_moments_are_true_when_clocks_change(value: Evaluate) -> None:
    end, start = "'2026-03-08T12:00:00-04:00'", "'2026-03-08T00:00:00-05:00'"
    assert value(f"round((decimal-date-time({end}) - decimal-date-time({start})) * 24, 6)") == "11"


def test_the_same_moment_is_equal_however_it_is_written(value: Evaluate) -> None:
    assert value("'2026-03-04T10:00:00-05:00' = '2026-03-04T15:00:00.000Z'") == "true"
    assert value("'2026-03-04T10:00:00-05:00' != '2026-03-04T16:00:00.000Z'") == "true"


def test_a_moment_and_its_exact_days_are_the_same() -> None:
    for text in ("2026-07-01T10:30:00.125-04:00", "1969-12-31T23:59:59.999-05:00", "2026-11-01T01:30:00.000-04:00"):
        assert moment_text(exact_days_of(text, TORONTO), TORONTO) == text


@pytest.mark.parametrize("text", ["", "2026", "2026-13-01", "2026-02-29", "2026-03-04T", "2026-03-04T25:00", "T10:00"])
def test_what_is_no_date_has_no_days(text: str) -> None:
    assert days_of(text, TORONTO) != days_of(text, TORONTO)  # NaN


@pytest.mark.parametrize("days", [float("inf"), float("nan"), 1e12, -1e12])
def test_what_is_out_of_the_calendar_is_no_date(days: float) -> None:
    assert date_text(days) == ""
    assert moment_text(days, UTC) == ""


def test_the_first_year_in_a_zone_that_begins_before_it() -> None:
    assert days_of("0001-01-01T00:00:00Z", TORONTO) != days_of("0001-01-01T00:00:00Z", UTC)


@pytest.mark.parametrize(
    ("clock", "share"), [("06:00", 0.25), ("06:00:00.000-05:00", 0.25), ("06:00-04:00", 0.25), ("12:00Z", 7 / 24)]
)
def test_a_clock_on_the_wall_says_the_same_all_year(clock: str, share: float) -> None:
    assert part_of_day(clock, TORONTO) == pytest.approx(share)
