"""The rules of a record, on the screen: what fails first, in words, and the way to the answer."""

from __future__ import annotations

import re

from pytestqt.qtbot import QtBot

from fieldapp.actions import answer, start, take
from tests.support import workplaces
from tests.support.filling import ANSWERS
from tests.support.workplaces import City, fill
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


def test_nobody_reads_patterns_names_of_code_or_written_dates(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, visit)
    town.sync()
    permit = workplaces.permits(town, 1)[0]
    for record in (visit, permit, town.clerk.desk.record(submitted(town))):
        pane = looked_at(town.supervisor, record.id, ways, qtbot)
        said = " ".join(row.subtitle for row in pane.list._model.rows)
        assert pane.told
        assert not re.search(r"\w_\w|\^|\[0-9|\d\.\d{4}|\d{4}-\d\d-\d\d", said), said
    assert "A phone number has ten digits, area code first." in said


def submitted(town: City) -> str:
    """A complaint whose phone number was checked by a pattern."""
    record = start(town.clerk.desk, "bylaw-complaint")
    fill(town.clerk.desk, record, list(ANSWERS["bylaw-complaint"].items()))
    take(town.clerk.desk, record.id, "submit")
    town.sync()
    return record.id


def test_from_review_the_way_back_is_to_review(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    view = RecordView(town.inspector, ways, closable=False)
    qtbot.addWidget(view)
    view.show()
    view.show_record(visit.id)
    view.tabs.show_pane(view.rules)
    view.rules.list.opened.emit("0")
    assert ways.last[1]["back"] == "review"
