"""EmptyState: what a page says when it has nothing to show: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.icons import Icon
from ui.widgets.labels import label


class EmptyState(QWidget):
    """An icon, a title, a sentence, and perhaps one action, in the middle of its room."""

    def __init__(self, icon: str, title: str, text: str = "", action: QWidget | None = None) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(8)
        column.addStretch(1)
        self._icon = Icon(icon, "ink2", 32)
        column.addWidget(self._icon, 0, middle)
        self._title = label(title, "strong", wrap=True)
        self._text = label(text, "sub", wrap=True)
        for words in (self._title, self._text):
            words.setAlignment(middle)
            column.addWidget(words)
        self._text.setVisible(bool(text))
        if action is not None:
            column.addSpacing(8)
            column.addWidget(action, 0, middle)
        column.addStretch(1)

    def say(self, icon: str, title: str, text: str = "") -> None:
        """Change what it shows."""
        self._icon.show_icon(icon)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
