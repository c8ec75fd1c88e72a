"""Tile: one service as a large button, with its icon, its name and the number key that begins it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from fieldapp.services import Service
from fieldapp.texts import language
from ui import theme
from ui.widgets import icons, keys
from ui.widgets.focus import ring

HIGH, SIDE, BOX, GAP, EDGE = 64, 16, 32, 12, 4
WRAPPED = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class Tile(QPushButton):
    """A service to begin. `key` is the digit shown at the right, "" for none."""

    def __init__(self, service: Service, key: str = "") -> None:
        super().__init__(service.title.text(language()))
        self.service, self.key = service, key
        self.setAccessibleName(service.title.text(language()))
        self.setAccessibleDescription(service.summary.text(language()))
        self.setToolTip(service.summary.text(language()))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One height; the width is the grid's."""
        return QSize(theme.px(240), theme.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """Hardly more than the icon: the page sees to the room for a name, and a window can always be made smaller."""
        return QSize(theme.px(160), theme.px(HIGH))

    def needed(self) -> int:
        """How wide, in pixels, it must be for the longest word of its name: names wrap, words are cut off."""
        longest = max(QFontMetrics(theme.font(bold=True)).horizontalAdvance(word) for word in self.text().split())
        return longest + self.width() - self.room()

    def tall(self, wide: int) -> int:
        """How high, in pixels, it must be at this width so that its whole name is seen."""
        room = QRect(0, 0, wide - (self.width() - self.room()), 10_000)
        name = QFontMetrics(theme.font(bold=True)).boundingRect(room, WRAPPED, self.text())
        return max(theme.px(HIGH), name.height() + 2 * EDGE)

    def room(self) -> int:
        """How wide, in pixels, the name may be."""
        key = keys.width_of(self.key) + theme.px(GAP) if self.key else 0
        return self.width() - 2 * theme.px(SIDE) - theme.px(BOX) - theme.px(GAP) - key

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, icon, name, key, and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("line"))
        painter.setBrush(theme.role("hover" if self.underMouse() or self.isDown() else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        middle, box = self.height() // 2, theme.px(BOX)
        where = QRect(theme.px(SIDE), middle - box // 2, box, box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("pri_soft"))
        painter.drawRoundedRect(where, 8, 8)
        inset = theme.px(7)
        icons.paint(painter, self.service.icon, where.adjusted(inset, inset, -inset, -inset), theme.role("pri"))
        self._paint_words(painter, where.right() + theme.px(GAP), middle)
        if self.hasFocus():
            ring(painter, self.rect(), 10)
        painter.end()

    def _paint_words(self, painter: QPainter, left: int, middle: int) -> None:
        right = self.width() - theme.px(SIDE)
        if self.key:
            wide, high = keys.width_of(self.key), theme.px(keys.HEIGHT)
            keys.paint(painter, QRect(right - wide, middle - high // 2, wide, high), self.key)
            right -= wide + theme.px(GAP)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.role("ink"))
        painter.drawText(QRect(left, EDGE, right - left, self.height() - 2 * EDGE), WRAPPED, self.text())
