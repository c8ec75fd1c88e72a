"""Guidance: longer help of a question, closed until somebody asks for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui.forms.marking import rich
from ui.forms.opener import Opener
from ui.widgets import label


class Guidance(QWidget):
    """A line that opens, and the words below it."""

    def __init__(self) -> None:
        super().__init__()
        self.opener = Opener(small=True)
        self.opener.clicked.connect(self._toggle)
        self.words = label("", "body", tone="ink2", wrap=True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setOpenExternalLinks(True)
        self.words.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        column.addWidget(self.opener)
        column.addWidget(self.words)

    def say(self, text: str) -> None:
        """The help, in the language of the moment."""
        self.setVisible(bool(text))
        self.words.setText(rich(text))
        self._name()

    def _toggle(self) -> None:
        self.words.setVisible(self.words.isHidden())
        self._name()

    def _name(self) -> None:
        self.opener.show_as(tr("More about this"), is_open=not self.words.isHidden())
