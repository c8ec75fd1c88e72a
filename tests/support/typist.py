"""Typist: somebody without a mouse. Every act is a key sent to what has the focus; nothing else touches the form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from tests.support.pictures import settle
from ui.forms.holder import holder

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PATIENCE = 200  # moments of 10 ms that the focus may be nowhere
FAR = 160  # Tabs until one gives up


class LostError(AssertionError):
    """Tab never came to what was looked for."""


class Typist:
    """`here` is what has the focus; the others press keys there."""

    @property
    def here(self) -> QWidget:
        """What the keys go to: an open list before what is below it."""
        for _ in range(PATIENCE):
            widget = QApplication.activePopupWidget() or QApplication.focusWidget()
            if widget is not None:
                return widget
            QTest.qWait(10)  # a dialog was closed: the window below is active again in a moment
        raise LostError("nothing has the focus")

    @property
    def path(self) -> str:
        """The question that has the focus, "" for none."""
        box = holder(self.here)
        return box.path if box is not None else ""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """A key, so many times."""
        for _ in range(times):
            QTest.keyClick(self.here, key, modifiers)
            settle(2)

    def type(self, text: str) -> None:
        """Words."""
        QTest.keyClicks(self.here, text)
        settle(2)

    def line(self, text: str) -> None:
        """Words into a line, which is left with Tab."""
        self.type(text)
        self.press(Qt.Key.Key_Tab)

    def choice(self, text: str) -> None:
        """A part of a choice's words into a list that is searched, then Enter."""
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def go(self, path: str) -> None:
        """Tab until the question at `path` has the focus."""
        self._tab(lambda: self.path == path, path)

    def go_to(self, name: str) -> None:
        """Tab until a control has the focus whose name ends with `name`."""
        self._tab(lambda: self.here.accessibleName().endswith(name), name)

    def button(self, name: str) -> None:
        """Tab to a button and press it."""
        self.go_to(name)
        if not isinstance(self.here, QAbstractButton):
            raise LostError(f"{name} is no button")
        self.press(Qt.Key.Key_Space)

    def file(self, name: str, path: Path) -> None:
        """Press a button that asks for a file, and type the file's path."""
        window = self.here.window()
        QTimer.singleShot(300, lambda: self._name_file(path))
        self.button(name)
        window.activateWindow()  # as window managers do, where there is one
        settle()

    def photo(self, name: str, path: Path) -> None:
        """Press a button that asks for a photo, and type its path into the line that opens."""
        self.button(name)
        self.type(str(path))
        self.press(Qt.Key.Key_Return)

    def _name_file(self, path: Path) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            raise LostError("no file was asked for")
        self.type(str(path))
        self.press(Qt.Key.Key_Return)

    def _tab(self, there: Callable[[], bool], what: str) -> None:
        for _ in range(FAR):
            if there():
                return
            self.press(Qt.Key.Key_Tab)
        raise LostError(what)
