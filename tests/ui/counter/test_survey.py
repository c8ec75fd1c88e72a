"""The three questions after a visit: on a window that shows nothing else, with consent, without a name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.actions import start, take
from fieldapp.actions.survey import TOGETHER, hand_in
from fieldapp.records import Record
from fieldapp.reports.survey import Survey
from fieldapp.store import Query
from tests.support import workplaces
from tests.support.pictures import settle
from tests.support.workplaces import City, fill
from ui.counter import CounterPage
from ui.counter.survey import SurveySheet
from ui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SAID = {"survey/competence": "average", "survey/satisfied": "satisfied"}


def submitted(town: City, lang: str = "en") -> Record:
    desk = town.clerk.desk
    made = start(desk, "bulk-pickup", lang=lang)
    fill(desk, made, [*workplaces.pickup_answers(town), ("case/lang", lang)])
    return take(desk, made.id, "submit")


@pytest.fixture
def window(town: City, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(town.clerk, page="counter")
    qtbot.addWidget(made)
    made.show()
    settle()
    yield made
    made.close()


def turned(window: MainWindow, town: City, qtbot: QtBot, lang: str = "en") -> SurveySheet:
    """The window after a visit, turned to the resident by one key."""
    window.navigate("counter", receipt=submitted(town, lang).id)
    settle()
    qtbot.keyClick(window.page(), Qt.Key.Key_E, CONTROL)
    settle()
    shown = window.centralWidget()
    assert isinstance(shown, SurveySheet)
    return shown


def surveys(town: City) -> list[Record]:
    found = town.clerk.store.find(Query(service="visit-survey"), 50)
    return [town.clerk.desk.record(one.id) for one in found]


def test_one_key_turns_the_window_and_nothing_else_is_reached(window: MainWindow, town: City, qtbot: QtBot) -> None:
    sheet = turned(window, town, qtbot)
    qtbot.keyClick(sheet, Qt.Key.Key_4, CONTROL)
    qtbot.keyClick(sheet, Qt.Key.Key_K, CONTROL)
    assert window.centralWidget() is sheet
    assert window.windowTitle() == "FieldApp"
    assert sheet.isAncestorOf(QApplication.focusWidget() or window)


def test_answers_fall_into_the_box_and_the_clerk_has_the_receipt_again(
    window: MainWindow, town: City, qtbot: QtBot
) -> None:
    sheet = turned(window, town, qtbot)
    sheet.choices["survey/satisfied"].press("satisfied")
    qtbot.mouseClick(sheet.agree, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.back, Qt.MouseButton.LeftButton)
    settle()
    page = window.page()
    assert isinstance(page, CounterPage)
    assert page.isVisible()
    assert not page.receipt.ask.isVisible()  # it is asked once
    assert hand_in(town.clerk.desk, {}, "en") == 1


@pytest.mark.parametrize("answer", ["", "satisfied"])
def test_who_says_no_leaves_nothing(window: MainWindow, town: City, qtbot: QtBot, answer: str) -> None:
    sheet = turned(window, town, qtbot)
    sheet.choices["survey/satisfied"].press(answer)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    settle()
    assert window.page().isVisible()
    assert hand_in(town.clerk.desk, {}, "en") == 0


def test_it_is_asked_in_the_language_of_the_papers_and_in_the_other(
    window: MainWindow, town: City, qtbot: QtBot
) -> None:
    sheet = turned(window, town, qtbot, "fr")
    sheet.choices["survey/frequency"].press("daily")
    assert sheet.agree.text().endswith("donner mes réponses")
    qtbot.mouseClick(sheet.other, Qt.MouseButton.LeftButton)
    assert sheet.agree.text() == "I agree: give my answers"
    assert sheet.choices["survey/frequency"].value() == "daily"


def test_answers_go_together_in_no_order_and_tell_nothing_of_a_visit(town: City) -> None:
    desk = town.clerk.desk
    waiting = [hand_in(desk, SAID, "fr" if n == 3 else "en") for n in range(TOGETHER)]
    assert waiting == [1, 2, 3, 4, 0]
    found = surveys(town)
    assert [record.state for record in found] == ["answered"] * TOGETHER
    assert not [record for record in found if record.get("@parent") or record.get("@address")]
    counted = Survey()
    for record in found:
        counted.take(record)
    assert {one.question.path: one.answers for one in counted.answered()}["survey/satisfied"] == TOGETHER
