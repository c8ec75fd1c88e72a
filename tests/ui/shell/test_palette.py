"""Ctrl+K: find and open without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp import texts
from tests.support.pictures import settle
from ui.filling import FormPage
from ui.search.find import Find
from ui.search.finds import offered
from ui.search.looking import Hits
from ui.search.palette import Palette
from ui.widgets import Button, Row
from ui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


def typed(window: MainWindow, qtbot: QtBot, text: str) -> tuple[Palette, QLineEdit]:
    """The palette, open, with `text` in its line."""
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    palette = window.palette_box
    line = palette.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, text)
    settle()
    qtbot.waitUntil(lambda: not palette._pause.isActive() and palette._shown_for == palette._asked, timeout=20_000)
    return palette, line


def test_a_service_that_is_begun_from_anywhere_shows_its_form(window: MainWindow, qtbot: QtBot) -> None:
    _palette, line = typed(window, qtbot, "tree request")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.page() is window.page("form")
    assert window.page("form").isVisible()
    assert window.page("form").where()["record"]


@pytest.mark.parametrize("page", ["today", "counter"])
def test_a_service_leads_back_to_where_one_works(window: MainWindow, qtbot: QtBot, page: str) -> None:
    window.navigate(page)
    _palette, line = typed(window, qtbot, "tree request")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.page("form").where()["back"] == page
    form = window.page("form")
    assert isinstance(form, FormPage)
    form.leave()
    assert window.page_id == page


def test_a_reference_and_enter_open_the_record(window: MainWindow, qtbot: QtBot) -> None:
    palette, line = typed(window, qtbot, "26-100017")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.page("records").where()["record"] == "record-00000017"


def test_a_page_by_its_name(window: MainWindow, qtbot: QtBot) -> None:
    _palette, line = typed(window, qtbot, "syn")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.page_id == "sync"


def test_down_moves_to_the_next_find(window: MainWindow, qtbot: QtBot) -> None:
    palette, line = typed(window, qtbot, "king")
    before = palette.finds.current()
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert palette.finds.current() not in ("", before)


@pytest.mark.parametrize(
    ("words", "page"),
    [("garbage day", "lookups"), ("next bus", "lookups"), ("end of day", "sync")],
)
def test_everyday_words_lead_to_the_page_that_does_it(window: MainWindow, qtbot: QtBot, words: str, page: str) -> None:
    _palette, line = typed(window, qtbot, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.page_id == page


def test_an_action_by_its_words(window: MainWindow, qtbot: QtBot) -> None:
    _palette, line = typed(window, qtbot, "switch fren")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert texts.language() == "fr"


def test_escape_closes_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page("records").findChild(QLineEdit)
    assert table is not None
    table.setFocus()
    palette, line = typed(window, qtbot, "x")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert QApplication.focusWidget() is table


def test_words_without_a_find_say_so(window: MainWindow, qtbot: QtBot) -> None:
    palette, _line = typed(window, qtbot, "zzzz")
    qtbot.waitUntil(lambda: not palette.finds.isVisible())


def test_a_button_of_the_page_is_reached_by_its_words(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate("counter")
    palette, line = typed(window, qtbot, "forms on pa")
    assert (palette._found[0].row.title, palette._found[0].row.caption) == ("Forms on paper…", "On this page")
    pressed: list[str] = []
    [button] = [one for one in window.page().findChildren(Button) if one.text() == "Forms on paper…"]
    button.clicked.disconnect()
    button.clicked.connect(lambda: pressed.append("yes"))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert pressed == ["yes"]


def test_a_page_s_buttons_are_not_listed_before_anything_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate("counter")
    palette, _line = typed(window, qtbot, "")
    assert not any(one.here for one in palette._found)


def test_what_is_done_from_everywhere_is_told_once(window: MainWindow) -> None:
    actions = [
        Find(Row("palace", "Open the palace"), list),
        Find(Row("here:palace", "Open the palace"), list, here=True),
    ]
    found = offered(window.session, window.navigate, Hits("open the pal"), actions)
    assert [one.row.id for one in found if one.row.title == "Open the palace"] == ["palace"]
