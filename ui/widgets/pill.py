"""Pill: where the work is, in words, always in sight. Pressing it opens the Sync page."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui import theme
from ui.widgets.focus import ring

AROUND = 12 + 8 + 8 + 14  # px at scale 1 beside the words: the dot and the room around it
WRAP = Qt.TextFlag.TextWordWrap


class Pill(QPushButton):
    """A rounded button with a dot; kinds: ok, warn, bad, pri, plain."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = "ok"
        self.setFont(theme.font(theme.SMALL, bold=True))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_as(self, text: str, kind: str) -> None:
        """Change words and colour."""
        self._kind = kind
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def kind(self) -> str:
        """ok, warn, bad, pri or plain."""
        return self._kind

    @property
    def _ink(self) -> str:
        return "ink2" if self._kind == "plain" else self._kind

    def sizeHint(self) -> QSize:
        """Dot and text, on one line."""
        text = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(text + theme.px(AROUND), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """On two lines where it must; it never cuts its words."""
        metrics = QFontMetrics(self.font())
        least = metrics.horizontalAdvance(self.text()) // 2
        whole = metrics.horizontalAdvance(self.text())
        while least < whole and self._lines(least) > 2:
            least += theme.px(4)
        return QSize(least + theme.px(AROUND), theme.px(32))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two lines are higher."""
        super().resizeEvent(event)
        narrow = self.width() < self.sizeHint().width()
        lines = 2 * self.fontMetrics().height() + theme.px(4)
        self.setFixedHeight(max(theme.px(32), lines) if narrow else theme.px(32))

    def _lines(self, width: int) -> int:
        metrics = QFontMetrics(self.font())
        high = metrics.boundingRect(QRect(0, 0, width, 10_000), int(WRAP), self.text()).height()
        return round(high / metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role(self._ink) if self.underMouse() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("bg" if self._kind == "plain" else f"{self._kind}_soft"))
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), half, half)
        dot = theme.px(8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role(self._ink))
        painter.drawEllipse(QRectF(theme.px(12), half - dot / 2, dot, dot))
        painter.setPen(theme.role(self._ink))
        painter.setFont(self.font())
        where = QRect(theme.px(28), 0, self.width() - theme.px(30), self.height())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | WRAP), self.text())
        if self.hasFocus():
            ring(painter, self.rect(), half)
        painter.end()
