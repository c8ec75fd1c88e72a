"""Days and due dates in words, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp import texts
from ui import days

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due", "words", "kind"),
    [
        ("2026-11-23", "Due today", "warn"),
        ("2026-11-22", "1 day late", "bad"),
        ("2026-11-19", "4 days late", "bad"),
        ("2026-11-25", "Due Wed", "plain"),
        ("2026-12-07", "Due 7 Dec", "plain"),
        ("2027-01-05", "Due 5 Jan 2027", "plain"),
    ],
)
def test_due_dates_are_said_in_words(due: str, words: str, kind: str) -> None:
    assert days.due(due, MONDAY) == (words, kind)


@pytest.mark.parametrize("text", ["", "soon", "2026-13-40"])
def test_no_date_no_chip(text: str) -> None:
    assert days.due(text, MONDAY) is None


def test_a_day_of_another_year_says_so() -> None:
    assert days.long(date(2026, 11, 30), MONDAY) == "Mon 30 Nov"
    assert days.long(date(2027, 11, 23), MONDAY) == "Tue 23 Nov 2027"


def test_french_days() -> None:
    texts.use("fr")
    assert days.heading(MONDAY) == "Lundi 23 novembre"
    assert days.due("2026-11-23", MONDAY) == ("Pour aujourd'hui", "warn")
    assert days.due("2026-11-22", MONDAY) == ("1 jour de retard", "bad")


def test_a_stamp_of_today_is_a_time_and_another_day_has_its_date() -> None:
    assert days.moment("2026-11-23T14:41:00.000Z", MONDAY) == "09:41"
    assert days.moment("2026-11-22T14:41:00.000Z", MONDAY) == "22 Nov 09:41"


def test_an_evening_stamp_belongs_to_the_citys_day() -> None:
    assert days.day_in("2026-11-24T02:00:00.000Z") == MONDAY


def test_days_in_a_text_are_said_as_people_say_them() -> None:
    today = date(2026, 11, 29)
    assert days.in_words("Inspect by **2026-12-01**.", today) == "Inspect by **Tue 1 Dec**."
    assert days.in_words("by 2027-01-04 13:30", today) == "by Mon 4 Jan 2027 13:30"
    assert (
        days.in_words("2026-11-29T10:00, 2026-13-45, A-2026-11-29", today)
        == "2026-11-29T10:00, 2026-13-45, A-2026-11-29"
    )
