"""Keys go where the focus is, as a person's do: whoever has lost the focus has nothing to type into."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.pictures import settle


def focus() -> QWidget:
    """What the keys go to."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key."""
    QTest.keyClick(focus(), key, held)
    settle()


def write(text: str) -> None:
    """Type words."""
    QTest.keyClicks(focus(), text)
    settle()
