"""What was noted last time, and whom to call: told before one leaves; sensitive notes after asking."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldapp.actions import answer, take
from fieldapp.records import Record
from fieldapp.store.log import REVEALED
from tests.support import workplaces
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited, words
from ui.records.hidden import Hidden
from ui.today import TodayPage
from ui.today.notes import notes


def again(town: City) -> Record:
    """A second visit, after one that met a dog."""
    first = workplaces.write_visit(town, workplaces.visits(town, 1)[0])
    said = {"outcome/remarks": "Call before you come", "visit/more_visit/hazard_to_staff": "dog"}
    answer(town.inspector.desk, first.id, dict(said))
    take(town.inspector.desk, first.id, "submit")
    town.sync()
    return workplaces.visit_at(town, town.supervisor.desk.record(first.get("@parent")), 16)


def test_dangers_come_first_then_result_and_remarks_then_whom_to_call(town: City) -> None:
    visit = again(town)
    told = [(note.label, note.value, note.hidden) for note in notes(town.inspector, visit)]
    assert told[:3] == [
        ("Dangers to staff", "Dog", True),
        ("Result", "Passed", False),
        ("Remarks for the builder", "Call before you come", False),
    ]
    assert [label for label, _value, _hidden in told[3:]] == ["Applicant · Phone"]


def test_a_first_visit_knows_whom_to_call(town: City) -> None:
    visit = workplaces.visits(town, 1)[0]
    assert [note.path for note in notes(town.inspector, visit)] == ["applicant/phone"]


def test_a_danger_is_shown_when_one_asks_and_that_is_noted(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = again(town)
    page = visited(TodayPage(town.inspector, ways), qtbot, record=visit.id)
    assert "Call before you come" in words(page.detail)
    assert "Dog" not in words(page.detail)
    next(one for one in page.detail.findChildren(Hidden) if one.isVisible()).show_it.click()
    assert "Dog" in words(page.detail)
    assert len(town.inspector.store.log.last(REVEALED)) == 1


def test_the_clock_of_a_visit_says_how_many_business_days_are_left(town: City, ways: Ways, qtbot: QtBot) -> None:
    later = workplaces.visits(town, 6)[5]
    page = visited(TodayPage(town.inspector, ways), qtbot, record=later.id)
    assert "Wed 25 Nov · 2 business days" in words(page.detail)
