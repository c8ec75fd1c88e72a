"""The Records page by keyboard: search, filter, sort, open, close."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.store import Query
from tests.support.pictures import settle
from tests.support.store import make_change
from ui.records.model import COLUMNS
from ui.records.page import RecordsPage
from ui.session import Session
from ui.widgets import chip
from ui.window import MainWindow


@pytest.fixture
def page(window: MainWindow) -> RecordsPage:
    """The page in its window."""
    shown = window.page("records")
    assert isinstance(shown, RecordsPage)
    return shown


def column(page: RecordsPage, name: str) -> list[str]:
    """All cells of a column."""
    number = COLUMNS.index(name)
    return [str(page.model.index(row, number).data()) for row in range(page.model.rowCount())]


def test_typing_narrows_the_table(page: RecordsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.filters.text, "26-100017")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert column(page, "reference") == ["26-100017"]


def test_words_that_nothing_answers_offer_a_way_back(page: RecordsPage, qtbot: QtBot) -> None:
    page.filters.text.setText("zzzz")
    page.filters.text.search_now()
    assert page.model.rowCount() == 0
    page.filters.clear()
    assert page.model.rowCount() == 600


def test_filters_join(page: RecordsPage, session: Session) -> None:
    page.go(service="building-permit", ward="02", mine="1")
    wanted = Query(service="building-permit", ward="02", assignee=session.person.id)
    assert page.model.rowCount() == session.store.count(wanted) > 0


def test_on_this_laptop_shows_only_what_the_city_lacks(page: RecordsPage, session: Session) -> None:
    session.store.commit(make_change(edits={"@state": "submitted", "@title": "Only here"}), seal=True)
    page.go(here="1")
    assert column(page, "title") == ["Only here"]


def test_a_click_on_the_head_sorts(page: RecordsPage) -> None:
    page.table.horizontalHeader().setSortIndicator(COLUMNS.index("title"), Qt.SortOrder.AscendingOrder)
    page.table.horizontalHeader().sectionClicked.emit(COLUMNS.index("title"))
    titles = [title.casefold() for title in column(page, "title")]
    assert titles == sorted(titles)


def test_down_enter_escape_go_into_the_table_open_and_close(page: RecordsPage, qtbot: QtBot) -> None:
    page.filters.text.setFocus()
    qtbot.keyClick(page.filters.text, Qt.Key.Key_Down)
    first = page.table.current()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.where()["record"] == first != ""
    qtbot.keyClick(page.view.tabs.bar, Qt.Key.Key_Escape)
    assert page.where()["record"] == ""
    assert QApplication.focusWidget() is page.table


def test_the_open_record_follows_the_marked_row(page: RecordsPage, qtbot: QtBot) -> None:
    page.table.mark(0)
    page.open_record(page.table.current())
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.view.record_id == page.table.current()


def test_a_small_window_shows_the_record_over_the_table(page: RecordsPage, window: MainWindow) -> None:
    window.resize(1024, 700)
    page.table.mark(0)
    page.open_record(page.table.current())
    settle()
    assert page.view.isVisible()
    assert not page.table.isVisible()


def test_a_line_says_whose_it_is(page: RecordsPage, session: Session) -> None:
    line = page.model.line(0)
    assert line is not None
    assert line.assignee
    assert column(page, "with")[0] == session.name_of(line.assignee)


def test_a_state_is_read_whole_on_a_laptops_screen(page: RecordsPage, window: MainWindow) -> None:
    window.resize(1366, 800)
    settle()
    words, room = "Visited, to be reviewed", page.table.columnWidth(COLUMNS.index("state")) - 20
    assert chip.width_of(words) <= room
    assert not page.table.isColumnHidden(COLUMNS.index("with"))
