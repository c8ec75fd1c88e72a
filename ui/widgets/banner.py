"""Banner: one line across the window that must not be overlooked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui import theme
from ui.widgets.labels import label, set_tone


class Banner(QFrame):
    """A coloured strip with centred words, in several lines where it must, and room for a few small widgets behind."""

    def __init__(self, text: str = "", kind: str = "warn", *, air: int = 0) -> None:
        """`air`: px above and below what is added."""
        super().__init__()
        self.words = label(text, "caption", tone=kind)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._added: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, air, 16, air)
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
        self._wrap()

    def add(self, widget: QWidget) -> None:
        """Add a small widget after the words."""
        self._added.append(widget)
        self._row.insertWidget(self._row.count() - 1, widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many lines as the words need."""
        super().resizeEvent(event)
        self._wrap()

    def minimumSizeHint(self) -> QSize:
        """Its words wrap: they never keep the window wide."""
        return QSize(0, super().minimumSizeHint().height())

    def _wrap(self) -> None:
        margins, line = self._row.contentsMargins(), self.words.fontMetrics().horizontalAdvance(self.words.text())
        others = [one.sizeHint().width() for one in self._added]
        around = margins.left() + margins.right() + sum(others) + self._row.spacing() * (len(others) + 2)
        wrapped = line + 2 + around > self.width()
        self.words.setWordWrap(wrapped)
        self._row.setStretch(1, 100 if wrapped else 0)
