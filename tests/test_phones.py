"""Telephone numbers: one way to show them, every way to look for them."""

from __future__ import annotations

import pytest

from fieldapp import phones

WRITTEN = (
    "9055550188",
    "905-555-0188",
    "905 555 0188",
    "(905) 555-0188",
    "905.555.0188",
    "+1 905 555 0188",
    "19055550188",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_however_it_is_written_it_is_one_number_and_shown_in_one_way(text: str) -> None:
    assert phones.number_in(text) == "9055550188"
    assert phones.shown(text) == "905-555-0188"


@pytest.mark.parametrize("text", ["", "905", "26-104002", "555-0188", "905-555-0188 ext. 4", "12 King Street", "(-)"])
def test_what_is_no_whole_number_stays_as_it_is(text: str) -> None:
    assert phones.number_in(text) == ""
    assert phones.shown(text) == text


@pytest.mark.parametrize("typed", [*WRITTEN, "0188", "555-0188", "555 0188", "5550188", "905 555"])
@pytest.mark.parametrize("number", ["9055550188", "905-555-0188"])
def test_the_whole_of_it_or_its_end_is_enough(typed: str, number: str) -> None:
    assert phones.within(typed, number)


@pytest.mark.parametrize("typed", ["", "188", "0187", "905-555-0189", "Nguyen"])
def test_other_numbers_and_too_little_of_it_are_not(typed: str) -> None:
    assert not phones.within(typed, "905-555-0188")


@pytest.mark.parametrize(
    ("question", "asks"),
    [("phone", True), ("met_phone", True), ("loc_mgr_cell", True), ("phones", False), ("pin", False)],
)
def test_a_question_for_a_number_is_known_by_its_name(question: str, asks: bool) -> None:
    assert phones.asks_for_one(question) is asks
