"""The system's own notices, where it shows any. Nothing personal is in them: others see the screen too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon


class SystemNotices(QObject):
    """Made at the first notice. A click on one calls `opened`."""

    def __init__(self, opened: Callable[[], object]) -> None:
        super().__init__()
        self._opened = opened
        self._tray: QSystemTrayIcon | None = None

    def tell(self, title: str, words: str) -> None:
        """Say it, where the system can."""
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.messageClicked.connect(self._called)
            self._tray.activated.connect(self._called)
        self._tray.show()
        self._tray.showMessage(title, words)

    def _called(self, _why: object = None) -> None:
        self._opened()
