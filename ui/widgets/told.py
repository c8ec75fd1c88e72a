"""Told: words of any length that one may copy, an address above all: it breaks anywhere and never widens a page."""

from __future__ import annotations

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from fieldapp.texts import tr
from ui import theme

HEIGHT = 128


class Told(QPlainTextEdit):
    """Shown only while it has something to say."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(tr("What to do"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(HEIGHT))
        self.say(text)

    def say(self, text: str) -> None:
        """Say something else; "" hides it."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self.setVisible(bool(text))
