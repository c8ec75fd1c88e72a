"""The resident's side: on the window turned round, or on a second screen; read back, agreed to, and cleared."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from fieldapp.actions import answer, start, visits
from fieldapp.actions.reading_back import agree, read_back
from fieldapp.counter.agreement import Agreement, agreements
from fieldapp.records import Record
from tests.support.pictures import settle
from tests.support.workplaces import City
from tests.ui.resident.conftest import DeskScreens
from ui.records.answers import Reader
from ui.resident.view import ResidentView
from ui.window import MainWindow

CONTROL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
SAID = {
    "person/first_name": "Rosa",
    "person/last_name": "Marino",
    "vehicle/programme": "accessible",
    "vehicle/plate": "CABC 123",
    "vehicle/accessible_permit_no": "AP-7731",
}


@pytest.fixture
def draft(town: City) -> Record:
    desk = town.clerk.desk
    return answer(desk, start(desk, "residential-parking").id, SAID)


@pytest.fixture
def visit(town: City) -> str:
    desk = town.clerk.desk
    made = visits.begin_visit(desk, "41").id
    answer(desk, visits.serve(desk, made, "residential-parking").id, SAID)
    return made


def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)
    settle()


def go(window: MainWindow, page: str, **where: str) -> None:
    window.navigate(page, **where)
    settle()


def words(shown: QWidget) -> str:
    return " | ".join(one.text() for one in shown.findChildren(QLabel) if one.isVisibleTo(shown))


def turned(window: MainWindow) -> ResidentView:
    shown = window.centralWidget()
    assert isinstance(shown, ResidentView)
    return shown


def outside() -> list[ResidentView]:
    """The resident's view on the second screen."""
    return [
        view
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and not isinstance(one, MainWindow)
        for view in one.findChildren(ResidentView)
    ]


def agreed(town: City, record: str) -> list[Agreement]:
    return agreements(town.clerk.desk.record(record).fields)


def test_one_key_turns_the_window_and_only_that_key_turns_it_back(window: MainWindow, draft: Record) -> None:
    go(window, "form", record=draft.id, back="counter")
    whole, before = window.centralWidget(), QApplication.focusWidget()
    press(Qt.Key.Key_F6)
    view = turned(window)
    assert "Rosa" in words(view)
    assert window.windowTitle() == "FieldApp"
    for key, held in ((Qt.Key.Key_Escape, NONE), (Qt.Key.Key_2, CONTROL), (Qt.Key.Key_K, CONTROL)):
        press(key, held)
    assert window.centralWidget() is view
    press(Qt.Key.Key_F6)
    assert window.centralWidget() is whole
    assert QApplication.focusWidget() is before


def test_it_speaks_their_language_and_the_clerks_stays(window: MainWindow, town: City, draft: Record) -> None:
    go(window, "form", record=draft.id, back="counter")
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Space)  # on the button that has the focus: the other language
    view = turned(window)
    assert "Voici ce qui a été consigné pour vous" in words(view)
    assert "Plaque d'immatriculation" in words(view)
    assert town.clerk.language == "en"


def test_staffs_notes_and_sensitive_answers_are_not_there(window: MainWindow, town: City, draft: Record) -> None:
    answer(town.clerk.desk, draft.id, {"vehicle/ownership_seen": "OK"})
    go(window, "form", record=draft.id, back="counter")
    press(Qt.Key.Key_F6)
    shown = words(turned(window))
    assert "AP-7731" not in shown
    assert "I saw the vehicle's ownership" not in shown
    assert "1 sensitive answer is not shown" in shown


def test_their_own_key_agrees_and_the_form_has_it(window: MainWindow, town: City, draft: Record) -> None:
    go(window, "form", record=draft.id, back="counter")
    press(Qt.Key.Key_F6)
    view = turned(window)
    view.agree.setFocus()
    press(Qt.Key.Key_Space)
    (made,) = agreed(town, draft.id)
    assert (made.by, made.lang) == ("resident", "en")
    assert town.clerk.desk.record(draft.id).get("notice/notice_given") == "OK"
    assert "Thank you. You agreed at" in words(view)
    assert not view.agree.isVisibleTo(view)


def test_what_they_tell_the_clerk_is_kept_as_told(window: MainWindow, town: City, visit: str) -> None:
    go(window, "counter", visit=visit)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F6, SHIFT)
    (made,) = agreed(town, visit)
    assert made.by == "clerk"
    assert "I agree that it is used for my request" in made.words


def test_without_anything_shown_nothing_is_agreed_to(
    window: MainWindow, town: City, visit: str, said: list[str]
) -> None:
    town.clerk.toast = lambda text, _undo: said.append(text)
    go(window, "counter", visit=visit)
    press(Qt.Key.Key_F6, SHIFT)
    assert agreed(town, visit) == []
    assert "F6" in said[-1]


def test_a_second_screen_shows_what_is_typed_and_the_clerk_works_on(
    window: MainWindow, screens: DeskScreens, town: City, draft: Record
) -> None:
    screens.plugged = True
    go(window, "form", record=draft.id, back="counter")
    focus = QApplication.focusWidget()
    press(Qt.Key.Key_F6)
    (view,) = outside()
    assert QApplication.focusWidget() is focus
    answer(town.clerk.desk, draft.id, {"person/first_name": "Rosalia"})
    settle()
    assert "Rosalia" in words(view)
    press(Qt.Key.Key_F6, SHIFT)
    assert [one.by for one in agreed(town, draft.id)] == ["clerk"]
    press(Qt.Key.Key_F6)
    assert outside() == []


def test_the_clerk_is_told_that_the_resident_reads_it(
    window: MainWindow, screens: DeskScreens, town: City, visit: str, said: list[str]
) -> None:
    screens.plugged = True
    town.clerk.toast = lambda text, _undo: said.append(text)
    go(window, "counter", visit=visit)
    press(Qt.Key.Key_F6)
    assert said[-1] == "The resident reads it now. F6 puts it away."


def test_between_residents_the_second_screen_greets(window: MainWindow, screens: DeskScreens, visit: str) -> None:
    screens.plugged = True
    go(window, "counter", visit=visit)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_N, CONTROL)
    (view,) = outside()
    assert "Rosa" not in words(view)
    assert "Welcome · Bienvenue" in words(view)


def test_another_residents_form_clears_it_too(
    window: MainWindow, screens: DeskScreens, visit: str, draft: Record
) -> None:
    screens.plugged = True
    go(window, "counter", visit=visit)
    press(Qt.Key.Key_F6)
    go(window, "form", record=draft.id, back="counter")
    (view,) = outside()
    assert "Rosa" not in words(view)


def test_a_pulled_cable_shows_nothing_on_the_clerks_screen(
    window: MainWindow, screens: DeskScreens, visit: str
) -> None:
    screens.plugged = True
    go(window, "counter", visit=visit)
    press(Qt.Key.Key_F6)
    screens.pull()
    settle()
    assert outside() == []
    assert not isinstance(window.centralWidget(), ResidentView)


def test_the_record_says_what_was_agreed_to_and_how(town: City, draft: Record) -> None:
    agree(town.clerk.desk, read_back(town.clerk.desk, draft.id), "clerk")
    sections = {one.title: one.answers for one in Reader(town.clerk, town.clerk.desk.record(draft.id)).sections()}
    (line,) = sections["Agreed to by the resident"]
    assert line.label.endswith("as they told the clerk")
    assert "I agree that it is used for my request" in line.value
