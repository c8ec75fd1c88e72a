"""Stamps and moments: there and back, and what no clock ever showed."""

from __future__ import annotations

from datetime import datetime

import pytest

from fieldapp.clock import CITY_ZONE, moment_of, stamp
from fieldapp.outside import Word, word_of


def test_a_stamp_gives_its_moment_back() -> None:
    moment = datetime(2026, 11, 23, 9, 0, tzinfo=CITY_ZONE)
    assert stamp(moment) == "2026-11-23T14:00:00.000Z"
    assert moment_of(stamp(moment)) == moment


@pytest.mark.parametrize("text", ["", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_what_is_no_moment_of_the_calendar_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        moment_of(text)


def test_a_server_that_says_the_beginning_of_time_says_no_word() -> None:
    assert word_of(Word("Other city", at="0001-01-01T00:00:00Z", text="fixed").written()) is None
