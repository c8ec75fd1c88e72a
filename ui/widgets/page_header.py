"""PageHeader: what this page is, one line about how things stand, and its actions at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import Elided, label


class PageHeader(QWidget):
    """Title, subtitle, actions. The primary action comes last, so it stands at the top right."""

    def __init__(self, title: str = "", subtitle: str = "", actions: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = label(title, "title")
        self.subtitle = Elided(subtitle, "sub")
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        row.addLayout(words, 1)
        self._row = row
        for action in actions:
            self.add(action)

    def add(self, action: QWidget) -> None:
        """Add an action after the others."""
        self._row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, title: str, subtitle: str) -> None:
        """Change both lines."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
