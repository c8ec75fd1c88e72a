"""Reason: why a supervisor gave a record back, above the answer it is about."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.widgets import Icon, label


class Reason(QWidget):
    """An icon and the words on a soft amber ground."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "body", tone="warn", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(Icon("message-square", "warn", 16))
        row.addWidget(self.words, 1)

    def say(self, text: str) -> None:
        """Show the words; "" hides it."""
        self.words.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What it says."""
        return self.words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("warn_soft"))
        painter.setBrush(theme.role("warn_soft"))
        painter.drawRoundedRect(self.rect(), 7, 7)
        painter.end()
