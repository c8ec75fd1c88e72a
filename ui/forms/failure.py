"""Failure: a save that did not happen: what happened, what is safe, what to do. It takes no focus, and tries again."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.widgets import Button, Icon, label


class Failure(QWidget):
    """A red strip with the words and a button that tries again; as long as it stands, it is pressed by itself too."""

    WAIT = 5_000  # ms

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "strong", tone="bad", wrap=True)
        self.retry = Button("")
        self._again = QTimer(self, singleShot=True, interval=self.WAIT)
        self._again.timeout.connect(self.retry.click)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(Icon("triangle-alert", "bad"))
        row.addWidget(self.words, 1)
        row.addWidget(self.retry)
        self.hide()

    def say(self, why: str) -> None:
        """Show why; "" when all is saved."""
        self.setVisible(bool(why))
        if not why:
            self._again.stop()
            return
        what = tr("Not saved: {why}", why=why)
        safe = tr("What you typed stays on this screen and is tried again; earlier answers are safe.")
        self.words.setText(f"{what} {safe}")
        self.setAccessibleName(self.words.text())
        self.retry.show_as(tr("Try again now"))
        if not self._again.isActive():
            self._again.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft red ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("bad"))
        painter.setBrush(theme.role("bad_soft"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        painter.end()
