"""Screens: where the one is that a resident sees. Looked for anew each time: it may be plugged in at any moment."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


class Screens(QObject):
    """The machine's screens. `lost`: the resident's was taken away. Without one the window is turned round instead."""

    lost = Signal()

    def for_resident(self, _own: QWidget, /) -> QRect | None:
        """The room of a screen that the clerk's own window is not on; None where there is none."""
        return None


class SystemScreens(Screens):
    """Those that Qt knows of."""

    def __init__(self) -> None:
        super().__init__()
        self._lent: QScreen | None = None
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._removed)

    def for_resident(self, own: QWidget, /) -> QRect | None:
        """The first of the others."""
        others = [one for one in QGuiApplication.screens() if one is not own.screen()]
        self._lent = others[0] if others else None
        return self._lent.geometry() if self._lent is not None else None

    def _removed(self, screen: QScreen) -> None:
        if screen is self._lent:
            self._lent = None
            self.lost.emit()
