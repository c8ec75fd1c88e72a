"""Putting choices in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.gallery import gallery
from tests.support.ui_forms import Notebook, editor, of_kind, question, show
from ui.forms.fields.rank import RankField

PATH = "several/rank"
LISTED = "clay sand fill rock mud"


@pytest.fixture
def book() -> Notebook:
    """Where the answers are kept."""
    return Notebook()


@pytest.fixture
def field(qtbot: QtBot, book: Notebook, tmp_path: Path) -> RankField:
    """A ranking without an answer, with the focus on it."""
    made = show(qtbot, editor(gallery(tmp_path), book))
    return of_kind(question(made, PATH).field, RankField)


def test_the_lists_own_order_is_no_answer(field: RankField, book: Notebook) -> None:
    assert field.list.names() == LISTED.split()
    assert PATH not in book.fields


def test_the_order_as_it_stands_can_be_taken(field: RankField, book: Notebook) -> None:
    field.keep.click()
    assert book.fields[PATH] == LISTED
    assert field.keep.isHidden()


def test_alt_and_an_arrow_move_a_choice(field: RankField, book: Notebook) -> None:
    QTest.keyClick(field.list, Qt.Key.Key_Down)
    QTest.keyClick(field.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert book.fields[PATH] == "sand clay fill rock mud"
    assert field.list.currentRow() == 0


def test_the_buttons_do_the_same(field: RankField, book: Notebook) -> None:
    field.down.click()
    assert book.fields[PATH] == "sand clay fill rock mud"


def test_a_choice_is_dragged_to_its_place(qtbot: QtBot, field: RankField, book: Notebook) -> None:
    view, rows = field.list.viewport(), field.list
    start, end = (rows.visualItemRect(rows.item(row)).center() for row in (0, 2))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    drag_to(field, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert book.fields[PATH] == "sand fill clay rock mud"


def test_delete_takes_the_order_back(field: RankField, book: Notebook) -> None:
    field.keep.click()
    QTest.keyClick(field.list, Qt.Key.Key_Delete)
    assert PATH not in book.fields
    assert not field.keep.isHidden()


def drag_to(field: RankField, where: QPoint) -> None:
    """Move the pressed mouse there: the offscreen platform moves no pressed button by itself."""
    point = QPointF(where)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, point, field.list.viewport().mapToGlobal(point), left, left, none)
    QApplication.sendEvent(field.list.viewport(), event)
