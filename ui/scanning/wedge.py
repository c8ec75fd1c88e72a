"""Wedge: a scanner that acts as a keyboard, heard on every page: a burst of keys, then Enter.

What it sends has been typed into the line that has the focus by the time its Enter comes. Where it names something
of ours, the line gets back what stood there, and Enter goes no further; anything else is left as it was typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from shiboken6 import isValid

from ui.scanning.line import ENDS, FEWEST, GAP, ScanLine

QUIET = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_AltGr})  # held for capitals; they break no burst


class Wedge(QObject):
    """Listens in one window. `name` is given each code, and says whether it names something, which it then opens."""

    def __init__(self, window: QMainWindow, name: Callable[[str], bool]) -> None:
        super().__init__(window)
        self._window, self._name = window, name
        self._burst, self._last = "", 0
        self._line: QLineEdit | None = None
        self._before = ""  # what stood in the line when the burst began
        self._handle: QWindow | None = None

    def listen(self) -> None:
        """From now on, where the window is shown: it hears what comes to the window of the system, not each widget's
        events, which costs nothing."""
        self.rest()
        self._handle = self._window.windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)

    def rest(self) -> None:
        """No more, before the window goes: it outlives Python's own objects at the program's end."""
        handle, self._handle = self._handle, None
        if handle is not None and isValid(handle):
            handle.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keys alone."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._hear(event)
        return False

    def _hear(self, event: QKeyEvent) -> bool:
        close = event.timestamp() - self._last <= GAP
        self._last = event.timestamp()
        if event.key() in ENDS:
            burst, self._burst = self._burst, ""
            return close and len(burst) >= FEWEST and self._named(burst)
        if event.text() and event.text().isprintable():
            self._burst = self._burst + event.text() if close and self._burst else self._begin(event.text())
        elif event.key() not in QUIET:
            self._burst = ""
        return False

    def _begin(self, first: str) -> str:
        focus = QApplication.focusWidget()
        self._line = focus if isinstance(focus, QLineEdit) else None
        self._before = self._line.text() if self._line is not None else ""
        return first

    def _named(self, code: str) -> bool:
        line = self._line
        if isinstance(line, ScanLine):
            return False  # a question of a form that asks for a code
        if line is None or line is not QApplication.focusWidget():
            return self._name(code)
        typed = line.text()
        line.setText(self._before)
        if self._name(code):
            return True
        line.setText(typed)
        line.setModified(True)  # a hand that types fast: fields that ask whether anybody typed must still keep it
        return False
