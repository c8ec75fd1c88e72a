"""Who stands in for an absent reviewer reads it where they decide."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.records import StandIn
from sync.practice.people import KAUR
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.review import ReviewPage

BEFORE, NOW_ON, LATER = "2026-11-02T13:00:00.000Z", "2026-11-20T13:00:00.000Z", "2026-12-04T22:00:00.000Z"


def absence(*wards: str, begins: str = NOW_ON, ends: str = LATER) -> StandIn:
    return StandIn("d.chen", "D. Chen", frozenset({"supervisor"}), frozenset(wards), begins, ends)


def opened(town: City, ways: Ways, qtbot: QtBot, *absences: StandIn) -> ReviewPage:
    town.supervisor.store.people.introduce(replace(KAUR, stands_in=absences), {})
    return visited(ReviewPage(town.supervisor, ways), qtbot)


@pytest.mark.parametrize(("wards", "where"), [("*", "in all their wards"), ("08", "in these wards: 8")])
def test_the_absence_is_said_with_its_end(town: City, ways: Ways, qtbot: QtBot, wards: str, where: str) -> None:
    page = opened(town, ways, qtbot, absence(wards))
    assert page.standing_in.text() == f"You stand in for D. Chen until 4 Dec 17:00, {where}."
    assert page.standing_in.isVisible()


def test_nothing_is_said_before_it_begins_and_after_it_ends(town: City, ways: Ways, qtbot: QtBot) -> None:
    over, to_come = (
        absence("*", begins=BEFORE, ends=NOW_ON),
        absence("*", begins=LATER, ends="2027-01-01T00:00:00.000Z"),
    )
    page = opened(town, ways, qtbot, over, to_come)
    assert page.standing_in.text() == ""
    assert not page.standing_in.isVisible()


def test_an_absence_of_whole_days_ends_with_its_last_day(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot, absence("*", ends="2026-12-06T05:00:00.000Z"))
    assert page.standing_in.text() == "You stand in for D. Chen until the end of 5 Dec, in all their wards."
