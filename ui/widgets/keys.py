"""KeyHint: a key's name in a small box, beside what the key does. People learn the keys by working."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from fieldapp.texts import tr
from ui import theme

HEIGHT, SIDE = 20, 6
ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def named(keys: str) -> str:
    """Keys as people call them: "Esc" and "Shift F1" stand on an English keyboard only; Return and Enter are one."""
    here = {"Esc": tr("Esc"), "Enter": tr("Enter"), "Return": tr("Enter"), "Shift": tr("Shift"), "Space": tr("Space")}
    here |= ARROWS
    return re.sub(r"[A-Z][a-z]+", lambda found: here.get(found[0], found[0]), keys)


def width_of(keys: str) -> int:
    """How wide the box of `keys` is, px."""
    text = QFontMetrics(theme.font(theme.SMALL, bold=True)).horizontalAdvance(keys)
    return max(text + 2 * theme.px(SIDE), theme.px(HEIGHT))


def paint(painter: QPainter, where: QRect, keys: str) -> None:
    """Draw the key box into `where`: a thicker lower edge, like a key's."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(theme.role("line"))
    painter.setBrush(theme.role("line"))
    painter.drawRoundedRect(box, 5, 5)
    painter.setBrush(theme.role("card"))
    painter.drawRoundedRect(box.adjusted(0, 0, 0, -1.5), 5, 5)
    painter.setPen(theme.role("ink2"))
    painter.setFont(theme.font(theme.SMALL, bold=True))
    painter.drawText(where.adjusted(0, 0, 0, -1), int(Qt.AlignmentFlag.AlignCenter), keys)
    painter.restore()


class KeyHint(QLabel):
    """The box as a widget. Screen readers hear the shortcut from the control itself, so this one has no focus."""

    def __init__(self, keys: str) -> None:
        super().__init__(named(keys))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Just its text."""
        return QSize(width_of(self.text()), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """It never shrinks."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint(painter, self.rect(), self.text())
        painter.end()
