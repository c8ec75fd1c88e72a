"""The rules of a record, on the screen: what fails first, in words, and the way to the answer."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldapp.actions import answer
from tests.support import workplaces
from tests.support.workplaces import City
from tests.ui.workplaces import Ways
from ui.records.view import RecordView
from ui.rules.why_pane import WhyPane
from ui.session import Session


def looked_at(session: Session, record: str, ways: Ways, qtbot: QtBot) -> WhyPane:
    view = RecordView(session, ways)
    qtbot.addWidget(view)
    view.resize(700, 800)
    view.show()
    view.show_record(record)
    view.tabs.show_pane(view.rules)
    return view.rules


def test_what_is_missing_in_a_draft_comes_first_with_its_rule(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    answer(town.inspector.desk, visit.id, {"place/work_visible": "no"})
    pane = looked_at(town.inspector, visit.id, ways, qtbot)
    first = pane.told[0]
    assert (first.kind, first.met) == ("required", False)
    assert first.words.endswith("Always needed.")


def test_enter_goes_to_the_answer(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    pane = looked_at(town.inspector, visit.id, ways, qtbot)
    pane.list.opened.emit("0")
    assert ways.last == ("form", {"record": visit.id, "field": pane.told[0].path, "back": "records"})


def test_the_clocks_say_from_when_they_run_and_who_says_so(town: City, ways: Ways, qtbot: QtBot) -> None:
    permit = workplaces.permits(town, 1)[0]
    pane = looked_at(town.supervisor, permit.id, ways, qtbot)
    clocks = {one.about: one for one in pane.told if one.kind == "clock"}
    check = clocks["Completeness check due"]
    assert check.words == "2 business days after “Received” (2026-11-23): by 2026-11-25."
    assert check.more == ("Source: OBC Div C 1.3.1.3",)


def test_a_supervisor_tries_another_rule_from_there(town: City, ways: Ways, qtbot: QtBot) -> None:
    permit = workplaces.permits(town, 1)[0]
    pane = looked_at(town.supervisor, permit.id, ways, qtbot)
    area = next(n for n, one in enumerate(pane.told) if one.path == "project/a_area")
    pane.list.choose(str(area))
    assert any("it is today's" in said for said in pane.told[area].more)
    pane.try_other.click()
    assert ways.last == (
        "rules",
        {"service": "building-permit", "question": "project/a_area", "kind": "constraint"},
    )


def test_a_fee_says_how_it_comes_about(town: City, ways: Ways, qtbot: QtBot) -> None:
    permit = workplaces.permits(town, 1)[0]
    pane = looked_at(town.supervisor, permit.id, ways, qtbot)
    assert any("in force since" in one.words for one in pane.told if one.kind == "fee")
