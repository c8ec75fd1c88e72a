"""Trying a rule on the screen: off its thread, by keys, with what came of it; nothing is changed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support import workplaces
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui import theme
from ui.rules import RulesPage
from ui.rules.asked import amount
from ui.widgets.scroll import Scroll

PERMIT, AREA = "building-permit", "project/a_area"


def opened(town: City, ways: Ways, qtbot: QtBot) -> RulesPage:
    return visited(RulesPage(town.supervisor, ways), qtbot, service=PERMIT, question=AREA)


def done(page: RulesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.run.isEnabled, timeout=30_000)


def test_the_rule_of_today_is_said_in_words_with_its_version(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    version = town.catalogue.get(PERMIT).form_version
    said = f"Now: this answer is more than 0 and this answer is at most 1000000 (version {version} of the form)"
    assert page.asked.now.text() == said


def test_a_stricter_rule_lists_what_would_fail(town: City, ways: Ways, qtbot: QtBot) -> None:
    permits = workplaces.permits(town, 2)
    page = opened(town, ways, qtbot)
    page.asked.source.setText(". <= 40")
    qtbot.keyClick(page.asked.source, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    done(page, qtbot)
    assert page.words.text().startswith("2 records looked at, 2 would fail that pass now")
    assert page.words.text().endswith("Nothing was changed.")
    page.list.opened.emit(permits[0].id)
    assert ways.last == ("records", {"record": permits[0].id})


def test_a_rule_that_cannot_be_read_says_so_and_tries_nothing(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    page.asked.source.setText(". >")
    page.try_it()
    assert page.run.isEnabled()
    assert page.trial is None


def test_the_list_is_saved_as_a_table(town: City, ways: Ways, qtbot: QtBot, tmp_path: Path, said: list[str]) -> None:
    workplaces.permits(town, 1)
    page = opened(town, ways, qtbot)
    page.asked.source.setText(". <= 40")
    page.try_it()
    done(page, qtbot)
    page.save_as(tmp_path / "tried.csv")
    assert len((tmp_path / "tried.csv").read_text("utf-8-sig").splitlines()) == 2
    assert said[-1] == "Saved: tried.csv"


def test_a_fee_is_tried_too(town: City, ways: Ways, qtbot: QtBot) -> None:
    workplaces.permits(town, 1)
    page = opened(town, ways, qtbot)
    page.asked.what.press("fee")
    assert "in force since" in page.asked.fee_now.text()
    page.asked.amount.setText("free")
    page.try_it()
    assert "is no amount" in page.words.text()


def test_escape_goes_back_to_review(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClick(page.asked.source, Qt.Key.Key_Escape)
    assert ways.last == ("review", {})


def test_an_answer_that_no_choice_is_called_is_refused_and_tries_nothing(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(RulesPage(town.supervisor, ways), qtbot, service="building-inspection", question="outcome/remarks")
    page.asked.kind.choose("required")
    page.asked.source.setText("${result} = 'Failed' or selected(${order_needed}, 'none')")
    page.try_it()
    assert page.words.text().startswith("“Result” is never 'Failed'. It may be '")
    assert page.trial is None
    page.asked.source.setText("${result} = 'failed'")
    page.try_it()
    done(page, qtbot)
    assert "looked at" in page.words.text() or "No record" in page.words.text()


def test_no_two_questions_are_called_alike(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(RulesPage(town.supervisor, ways), qtbot, service="building-inspection")
    box = page.asked.question
    named = [box.itemText(n) for n in range(box.count())]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize(("typed", "meant"), [("$1,300.50", "1300.50"), ("1 300,50", "1300.50"), ("30", "30")])
def test_an_amount_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert amount(typed) == Decimal(meant)


def test_with_large_letters_all_that_is_asked_is_in_sight(
    town: City, ways: Ways, qtbot: QtBot, qapp: QApplication
) -> None:
    theme.enlarge(qapp, 2.0)
    try:
        page = opened(town, ways, qtbot)
        page.resize(1000, 700)
        qtbot.wait(50)
        scroll = page.findChild(Scroll)
        assert scroll is not None
        assert scroll.minimumSizeHint().height() >= page.asked.sizeHint().height()
    finally:
        theme.enlarge(qapp, 1.0)
