"""An inspection by keys alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support import workplaces
from tests.support.pictures import settle
from tests.support.workplaces import City
from ui.window import MainWindow

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@pytest.fixture
def window(town: City) -> Iterator[MainWindow]:
    workplaces.visits(town, 2)
    made = MainWindow(town.inspector, page="today")
    made.show()
    made.activateWindow()
    settle()
    yield made
    made.close()


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(focus(), key, held)
    settle()


def write(text: str) -> None:
    QTest.keyClicks(focus(), text)
    settle()


def test_x(window: MainWindow, town: City) -> None:
    print("FIRST", focus().accessibleName(), type(focus()))
    press(Key.Key_Return)
    print("FORM", focus().accessibleName(), type(focus()))
    for _ in range(40):
        press(Key.Key_F8)
        print("F8", focus().accessibleName(), type(focus()).__name__)
        write("P")
