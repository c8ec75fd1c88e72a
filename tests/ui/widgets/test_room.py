"""Room: a page is never squeezed below what it needs; it scrolls, and shows what has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from ui.widgets.room import Room


@pytest.fixture
def fields() -> list[QLineEdit]:
    return [QLineEdit() for _ in range(10)]


@pytest.fixture
def room(qtbot: QtBot, fields: list[QLineEdit]) -> Room:
    pages, page = QStackedWidget(), QWidget()
    column = QVBoxLayout(page)
    for field in fields:
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column.addWidget(field)
    pages.addWidget(page)
    made = Room(pages)
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    settle()
    return made


def test_where_the_page_is_higher_it_scrolls(room: Room, fields: list[QLineEdit]) -> None:
    assert room.verticalScrollBar().maximum() > 0
    assert all(field.height() >= field.minimumSizeHint().height() for field in fields)


def test_where_there_is_room_nothing_scrolls_and_the_page_fills_it(room: Room) -> None:
    room.resize(300, 900)
    settle()
    assert room.verticalScrollBar().maximum() == 0
    assert room.findChildren(QLineEdit)[-1].geometry().bottom() > 800


def test_what_gets_the_focus_is_seen(room: Room, fields: list[QLineEdit]) -> None:
    room.activateWindow()
    fields[-1].setFocus()
    settle()
    assert room.verticalScrollBar().value() > 0
    assert not fields[-1].visibleRegion().isEmpty()


def test_another_place_is_shown_from_its_top(room: Room, fields: list[QLineEdit]) -> None:
    fields[-1].setFocus()
    settle()
    fields[0].setFocus()
    room.show_top()
    settle()
    assert room.verticalScrollBar().value() == 0
