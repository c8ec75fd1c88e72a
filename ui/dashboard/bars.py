"""Bars: a panel as a picture. The table below it says the same, so nobody needs to see it; a click opens a line."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.reports.board import Line, Panel
from fieldapp.texts import tr
from ui import theme

BAR, GAP, HEAD = 14, 10, 28  # px at scale 1: a bar, the room between lines, the legend
LABEL = 0.34  # of the width, at the most


class Bars(QWidget):
    """`opened` tells the number of a clicked line."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._panel: Panel | None = None
        self._chosen = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_panel(self, panel: Panel) -> None:
        """Draw another panel."""
        self._panel, self._chosen = panel, -1
        self.setAccessibleName(tr("Bars of: {title}. The table below says the same.", title=panel.title))
        self.updateGeometry()
        self.update()

    def choose(self, line: int) -> None:
        """Mark the line that is current in the table."""
        self._chosen = line
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the lines are."""
        lines = len(self._panel.lines) if self._panel else 0
        return QSize(theme.px(320), self._head() + lines * self._high())

    def minimumSizeHint(self) -> QSize:
        """It gives way in width."""
        return QSize(theme.px(200), self.sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the line."""
        line = int((event.position().y() - self._head()) // self._high())
        if self._panel and 0 <= line < len(self._panel.lines):
            self.opened.emit(line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The legend where there are two kinds of bars, and the lines that can be seen."""
        if self._panel is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._panel.drawn > 1:
            self._paint_legend(painter, self._panel)
        most = _most(self._panel)
        for number, line in enumerate(self._panel.lines):
            box = QRect(0, self._head() + number * self._high(), self.width(), self._high())
            if box.intersects(event.rect()):
                self._paint_line(painter, box, self._panel, line, most, chosen=number == self._chosen)
        painter.end()

    def _head(self) -> int:
        return theme.px(HEAD) if self._panel and self._panel.drawn > 1 else 0

    def _high(self) -> int:
        return theme.px(BAR) * (self._panel.drawn if self._panel else 1) + theme.px(GAP)

    def _paint_legend(self, painter: QPainter, panel: Panel) -> None:
        painter.setFont(theme.font(theme.SMALL))
        left = 0
        for number, title in enumerate(panel.columns[: panel.drawn]):
            _bar(painter, QRectF(left, theme.px(6), theme.px(18), theme.px(10)), number)
            left += theme.px(24)
            wide = painter.fontMetrics().horizontalAdvance(title)
            painter.setPen(theme.role("ink2"))
            painter.drawText(QRect(left, 0, wide + 2, theme.px(22)), int(Qt.AlignmentFlag.AlignVCenter), title)
            left += wide + theme.px(20)

    def _paint_line(
        self, painter: QPainter, box: QRect, panel: Panel, line: Line, most: float, *, chosen: bool
    ) -> None:
        if chosen:
            painter.fillRect(box, theme.role("sel"))
        painter.setFont(theme.font(theme.SMALL))
        wide = round(self.width() * LABEL)
        painter.setPen(theme.role("ink"))
        words = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, wide - theme.px(12))
        inner = QRect(box.left() + theme.px(4), box.top(), wide, box.height())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), words)
        room = self.width() - wide - self._value_room(painter.fontMetrics(), panel)
        for number, value in enumerate(line.values[: panel.drawn]):
            top = box.top() + theme.px(GAP) // 2 + number * theme.px(BAR)
            long = max(0.0, room * (value or 0) / most)
            _bar(painter, QRectF(wide, top + 1, max(long, 1.0), theme.px(BAR) - 2), number)
            painter.setPen(theme.role("ink"))
            where = QRectF(wide + long + theme.px(6), top, theme.px(120), theme.px(BAR))
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, panel.told(value))

    def _value_room(self, metrics: QFontMetrics, panel: Panel) -> int:
        told = (panel.told(value) for line in panel.lines for value in line.values[: panel.drawn])
        return max((metrics.horizontalAdvance(one) for one in told), default=0) + theme.px(16)


def _most(panel: Panel) -> float:
    if panel.share:
        return 1.0
    return max((value or 0.0 for line in panel.lines for value in line.values[: panel.drawn]), default=0.0) or 1.0


def _bar(painter: QPainter, box: QRectF, number: int) -> None:
    """The first kind is full, the second hatched with an outline: colour is never the only difference."""
    role = theme.role("warn" if number else "pri")
    painter.setPen(QPen(role, 1.2) if number else Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(role, Qt.BrushStyle.BDiagPattern) if number else role)
    painter.drawRoundedRect(box, 3, 3)
