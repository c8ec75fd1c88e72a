"""Banner: one line across the window that must not be overlooked."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui import theme
from ui.widgets.labels import label, set_tone


class Banner(QFrame):
    """A coloured strip with centred words and room for a few small widgets behind them."""

    def __init__(self, text: str = "", kind: str = "warn") -> None:
        super().__init__()
        self.words = label(text, "caption", tone=kind)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(12)
        self._row.addStretch(1)
        self._row.addWidget(self.words)
        self._row.addStretch(1)
        self.setMinimumHeight(theme.px(28))
        self.say(text, kind)

    def say(self, text: str, kind: str = "warn") -> None:
        """Change words and kind (warn, bad, ok, pri)."""
        self.words.setText(text)
        set_tone(self.words, kind)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)

    def add(self, widget: QWidget) -> None:
        """Add a small widget after the words."""
        self._row.insertWidget(self._row.count() - 1, widget)
