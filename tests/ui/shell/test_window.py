"""The main window: pages by key, language and person in place, nothing personal in the title."""

from __future__ import annotations

import resource

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp import actions, texts
from fieldapp.records import STATE
from tests.support.pictures import settle
from tests.support.session import PracticeCity
from tests.support.store import make_change
from ui import theme
from ui.records.page import RecordsPage
from ui.session import Session
from ui.shell import looks
from ui.shell.pages import RAIL
from ui.window import MainWindow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_control_and_a_number_open_the_pages(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_6, CONTROL)
    opened = [window.page_id]
    qtbot.keyClick(window, Qt.Key.Key_4, CONTROL)
    assert [*opened, window.page_id] == ["sync", "records"]


@pytest.mark.parametrize("page", [place.id for place in RAIL])
def test_a_page_begins_with_the_focus_inside(window: MainWindow, page: str) -> None:
    window.navigate(page)
    settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.page(page).isAncestorOf(focus)


def test_pages_are_built_at_their_first_visit_only(window: MainWindow) -> None:
    first = window.page("sync")
    window.navigate("records")
    assert window.page("sync") is first


def test_the_title_names_the_page_and_nobody(window: MainWindow) -> None:
    window.navigate("records", record="record-00000003")
    assert window.windowTitle() == "Records – FieldApp"


def test_switching_the_language_stays_at_the_same_record_and_filters(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate("records", record="record-00000003", text="king")
    qtbot.keyClick(window, Qt.Key.Key_L, CONTROL | SHIFT)
    page = window.page()
    assert isinstance(page, RecordsPage)
    assert (texts.language(), page.where()["record"], page.where()["text"]) == ("fr", "record-00000003", "king")
    assert window.windowTitle() == "Dossiers – FieldApp"


def test_a_full_disk_keeps_nobody_from_switching_language_or_theme(window: MainWindow) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        window.chosen.language("fr")
        window.chosen.look("light")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert window.windowTitle() == "Dossiers – FieldApp"


def test_the_language_is_remembered_for_the_person(window: MainWindow, session: Session) -> None:
    window.chosen.language("fr")
    texts.use("en")
    again = MainWindow(session, page="records")
    assert texts.language() == "fr"
    again.close()


def test_dark_colours_by_key(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    qtbot.keyClick(window, Qt.Key.Key_D, CONTROL | SHIFT)
    dark = theme.is_dark()
    theme.apply(qapp, "light")
    assert dark


def test_the_key_goes_round_all_looks(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    theme.choose(qapp, "light")
    worn = []
    for _press in range(3):
        qtbot.keyClick(window, Qt.Key.Key_D, CONTROL | SHIFT)
        worn.append(theme.look())
    assert worn == ["dark", "contrast", "light"]


def test_high_contrast_and_large_letters_come_back_with_the_person(
    window: MainWindow, session: Session, qapp: QApplication
) -> None:
    window.chosen.look("contrast")
    window.chosen.size(150)
    theme.choose(qapp, "light")
    theme.enlarge(qapp, 1)
    again = MainWindow(session, page="records")
    worn = (theme.look(), theme.scale())
    again.close()
    theme.choose(qapp, "light")
    theme.enlarge(qapp, 1)
    assert worn == ("contrast", 1.5)


def test_the_system_is_followed_again_by_an_action(window: MainWindow, qapp: QApplication) -> None:
    window.chosen.look("contrast")
    action = next(one for one in window.palette_box.actions_offered() if one.row.id == "set:ui.theme:system")
    action.deed()
    assert theme.choice() == theme.SYSTEM
    theme.choose(qapp, "light")


def test_letters_grow_by_key_and_one_stays_where_one_was(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    window.navigate("records", record="record-00000003")
    qtbot.keyClick(window, Qt.Key.Key_Plus, CONTROL)
    size, where = looks.percent(), window.page().where()["record"]
    qtbot.keyClick(window, Qt.Key.Key_Minus, CONTROL)
    assert (size, where, looks.percent()) == (125, "record-00000003", 100)


def test_the_network_is_pulled_by_key(window: MainWindow, qtbot: QtBot, city: PracticeCity) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL | SHIFT)
    assert city.plugged
    assert "plugged in" in window.bar.words.text()


def test_becoming_another_person_opens_their_own_store(window: MainWindow, city: PracticeCity) -> None:
    window.become(city.sign_in("r.kaur"))
    settle()
    page = window.page()
    assert isinstance(page, RecordsPage)
    assert (window.session.person.name, page.model.rowCount()) == ("R. Kaur", 0)


def test_who_takes_over_in_practice_begins_where_their_day_begins(window: MainWindow) -> None:
    window.navigate("today")
    window.rail.person.emit("j.osei")
    assert window.page_id == "counter"


def test_another_persons_day_begins_where_their_work_is(window: MainWindow, city: PracticeCity) -> None:
    window.navigate("today")
    window.become(city.sign_in("r.kaur"))
    assert window.page_id == "review"
    window.navigate("dashboard")
    window.become(city.sign_in("m.tremblay"))
    assert window.page_id == "today"
    window.navigate("form")
    window.become(city.sign_in("j.osei"))
    assert window.page_id == "counter"  # a form of somebody else would be an empty page


def test_a_commit_from_elsewhere_reaches_the_rail(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.store.commit(make_change(edits={STATE: "submitted"}), seal=True)
    qtbot.waitUntil(lambda: window.rail.button("sync").accessibleName() == "Sync, 1")
    qtbot.waitUntil(lambda: window.top.pill.text() == "Offline · 1 waiting · all saved here")


def test_a_form_belongs_to_the_workplace_that_one_came_from(window: MainWindow, session: Session) -> None:
    record = actions.start(session.desk, "bulk-pickup")
    window.navigate("form", record=record.id, back="counter")
    assert window.rail.button("counter").isChecked()


def test_a_narrow_window_has_a_narrow_rail(window: MainWindow) -> None:
    window.resize(1024, 700)
    settle()
    narrow = window.rail.width()
    window.resize(1440, 900)
    settle()
    assert narrow < 100 < window.rail.width()


def test_settings_belong_to_no_workplace_of_the_rail(window: MainWindow) -> None:
    window.navigate("records")
    window.navigate("settings")
    assert not any(window.rail.button(place.id).isChecked() for place in RAIL)
    window.navigate("sync")
    assert [place.id for place in RAIL if window.rail.button(place.id).isChecked()] == ["sync"]
