"""Covering a window: what it showed is taken out whole, not hidden behind something, and put back as it was.

While it is out nothing of it is painted, named to a screen reader, or reached by a key.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid


class Cover:
    """Over one window, until `lift` or `drop`."""

    def __init__(self, window: QMainWindow, over: QWidget, focus: QWidget | None) -> None:
        """Put `over` in the place of what the window shows; `focus` is where the keyboard was, and will be again."""
        self._window = window
        self._title = window.windowTitle()
        self._focus = focus
        _close_others(window)
        self._below = _taken(window)
        self._timers = [one for one in _of(QTimer, window, self._below) if one.isActive()]
        self._shortcuts = [one for one in window.findChildren(QShortcut) if one.isEnabled()]
        self._set(False)
        window.setWindowTitle("FieldApp")
        window.setCentralWidget(over)
        over.show()

    def lift(self) -> None:
        """Put everything back: the same page, the same place, the same focus."""
        over = _taken(self._window)
        self._window.setCentralWidget(self._below)
        self._below.show()
        self._window.setWindowTitle(self._title)
        self._set(True)
        over.deleteLater()
        if self._focus is not None and isValid(self._focus) and self._below.isAncestorOf(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, over: QWidget) -> None:
        """Stand something else in front."""
        _taken(self._window).deleteLater()
        self._window.setCentralWidget(over)
        over.show()

    def drop(self) -> None:
        """What was below goes for good: somebody else works here now. The window is empty until it is filled."""
        _taken(self._window).deleteLater()
        self._timers.clear()
        self._set(True)
        self.forget()

    def forget(self) -> None:
        """What was below is never shown again."""
        if isValid(self._below):
            self._below.deleteLater()

    def _set(self, on: bool) -> None:
        for timer in self._timers:
            if isValid(timer):
                timer.start() if on else timer.stop()
        for shortcut in self._shortcuts:
            if isValid(shortcut):
                shortcut.setEnabled(on)


def _taken(window: QMainWindow) -> QWidget:
    """What the window shows, out of it and unseen."""
    return window.takeCentralWidget() or QWidget()


def _of(kind: type[QTimer], *roots: QObject) -> list[QTimer]:
    return [one for root in roots for one in root.findChildren(kind)]


def _close_others(window: QMainWindow) -> None:
    """Menus and dialogs stand in windows of their own: they are closed, which changes nothing."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and other.parent() is not None:
            other.close()
