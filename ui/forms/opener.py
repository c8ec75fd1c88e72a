"""Opener: the line that opens and closes what is rarely needed: a chevron and a title."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from fieldapp.texts import tr
from ui import theme
from ui.widgets import icons
from ui.widgets.focus import ring

ICON, GAP = 16, 8


class Opener(QAbstractButton):
    """Space and Enter press it, as any button."""

    def __init__(self, *, small: bool = False) -> None:
        super().__init__()
        self._open, self._small = False, small
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_as(self, title: str, *, is_open: bool) -> None:
        """Its title, and which way the chevron points."""
        self._open = is_open
        self.setText(title)
        self.setAccessibleName(tr("{title}, open", title=title) if is_open else tr("{title}, closed", title=title))
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Chevron and title."""
        text = QFontMetrics(self._font()).horizontalAdvance(self.text())
        return QSize(theme.px(ICON + GAP + 8) + text, theme.px(24 if self._small else 32))

    def _font(self) -> QFont:
        return theme.font(theme.SMALL if self._small else theme.BODY, bold=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        size = theme.px(ICON)
        box = QRect(0, (self.height() - size) // 2, size, size)
        icons.paint(painter, "chevron-down" if self._open else "chevron-right", box, theme.role("pri"))
        painter.setPen(theme.role("pri"))
        painter.setFont(self._font())
        room = self.rect().adjusted(theme.px(ICON + GAP), 0, 0, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        if self.hasFocus():
            ring(painter, self.rect(), 6)
        painter.end()
