"""Told: words of any length that one may copy, an address above all: it breaks anywhere and never widens a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from fieldapp.texts import tr
from ui import theme

HIGHEST, PADDING = 160, 24


class Told(QPlainTextEdit):
    """Shown only while it has something to say."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(tr("What to do"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.say(text)

    def say(self, text: str) -> None:
        """Say something else; "" hides it."""
        if text != self.toPlainText():
            self.setPlainText(text)
        if not text or self.parent() is not None:  # without a place it would be a window of its own, for a moment
            self.setVisible(bool(text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the lines, within bounds."""
        lines = max(1, round(self.document().size().height()))
        wanted = lines * self.fontMetrics().lineSpacing() + theme.px(PADDING)
        self.setFixedHeight(min(theme.px(HIGHEST), wanted))
