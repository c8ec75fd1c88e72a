"""Skeleton: the place of what is still being read or counted, as grey lines that stand still; words for who listens."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

LINE, GAP = 14, 26  # px at scale 1: a grey line, and from one to the next
SHARES = (0.55, 0.85, 0.7)  # of the width: lines of words are not all as long


class Skeleton(QWidget):
    """As many grey lines as fit. `words` say what is awaited: below the lines, and to a screen reader."""

    def __init__(self, words: str, lines: int = 6) -> None:
        super().__init__()
        self._words, self._lines = words, lines
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """All lines, and the words."""
        return QSize(theme.px(240), theme.px(GAP) * (self._lines + 2))

    def minimumSizeHint(self) -> QSize:
        """Two lines and the words."""
        return QSize(theme.px(120), theme.px(GAP) * 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw lines and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("line"))
        step, side = theme.px(GAP), theme.px(16)
        fitting = max(1, min(self._lines, self.height() // step - 2))
        for number in range(fitting):
            wide = (self.width() - 2 * side) * SHARES[number % len(SHARES)]
            painter.drawRoundedRect(QRectF(side, step * (number + 0.5), wide, theme.px(LINE)), 4, 4)
        painter.setPen(theme.role("ink2"))
        painter.setFont(theme.font())
        where = QRectF(side, step * (fitting + 0.5), self.width() - 2 * side, step * 2)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), self._words)
        painter.end()
