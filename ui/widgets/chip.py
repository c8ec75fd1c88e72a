"""Chip: one or two words in a coloured lozenge: a state, a due date, a ward."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui import theme

KINDS = ("ok", "warn", "bad", "pri", "plain")
HEIGHT, SIDE = 22, 9
CENTER = int(Qt.AlignmentFlag.AlignCenter)


def width_of(text: str) -> int:
    """How wide a chip with `text` is, px."""
    return QFontMetrics(theme.font(theme.SMALL, bold=True)).horizontalAdvance(text) + 2 * theme.px(SIDE) + 1


def paint(painter: QPainter, where: QRect, text: str, kind: str = "plain") -> None:
    """Draw a chip that fills `where`; lists paint their chips with it."""
    back, front = ("bg", "ink2") if kind == "plain" else (f"{kind}_soft", kind)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.role("line") if kind == "plain" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.role(back))
    radius = where.height() / 2
    painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(theme.role(front))
    painter.setFont(theme.font(theme.SMALL, bold=True))
    room = where.width() - theme.px(SIDE)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(where, CENTER, shown)
    painter.restore()


class Chip(QLabel):
    """A chip as a widget. Kinds: ok warn bad pri plain; the word carries the meaning, the colour only helps."""

    def __init__(self, text: str = "", kind: str = "plain") -> None:
        super().__init__(text)
        self._kind = kind
        self.setFont(theme.font(theme.SMALL, bold=True))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(theme.SMALL, bold=True))  # as it is painted
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_as(self, text: str, kind: str) -> None:
        """Change word and kind."""
        self._kind = kind
        self.setText(text)
        self.updateGeometry()
        self.update()

    @property
    def kind(self) -> str:
        """Which of the five kinds it is."""
        return self._kind

    def sizeHint(self) -> QSize:
        """Just its text."""
        return QSize(width_of(self.text()), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A chip never shrinks: half a word means nothing."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint(painter, self.rect(), self.text(), self._kind)
        painter.end()
