"""Beside: columns side by side where there is room for each, else one below the other: letters grow up to 200 %."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QBoxLayout

from ui import theme

COLUMN = 320  # px at scale 1 under which a column is too narrow to be read
GAP = 16


class Beside(QBoxLayout):
    """A row of columns; where it gets less than `least` px (at scale 1) for each of them, they are stacked.

    It may stand in another layout: what it holds is Qt's, only the direction follows from the width.
    """

    def __init__(self, least: int = COLUMN, spacing: int = GAP) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self.least = least
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    @property
    def stacked(self) -> bool:
        """Whether one stands below the other now."""
        return self.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSize(self) -> QSize:
        """As wide as the widest column: there it is stacked."""
        sides = self.contentsMargins().left() + self.contentsMargins().right()
        return QSize(max(self._widths(), default=0) + sides, super().minimumSize().height())

    def setGeometry(self, rect: QRect) -> None:
        """Stack or not, then place."""
        ways = QBoxLayout.Direction
        sides = self.contentsMargins().left() + self.contentsMargins().right()
        wanted = ways.TopToBottom if rect.width() - sides < self._needed() else ways.LeftToRight
        if wanted != self.direction():
            self.setDirection(wanted)
        super().setGeometry(rect)

    def _needed(self) -> int:
        """The width from which the columns stand side by side, px."""
        widths = self._widths()
        between = self.spacing() * max(0, len(widths) - 1)
        return sum(max(wide, theme.px(self.least)) for wide in widths) + between if len(widths) > 1 else 0

    def _widths(self) -> list[int]:
        items = [self.itemAt(number) for number in range(self.count())]
        return [item.minimumSize().width() for item in items if item is not None and not item.isEmpty()]
