"""Lattice: widgets in columns of equal width, line by line or column by column; each line as high as it needs."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem

from ui.widgets.item_layout import ItemLayout


class Lattice(ItemLayout):
    """`columns` 0 = as many as fit; fewer than asked for where there is no room. `down` fills the columns first."""

    def __init__(self, columns: int = 0, *, across: int = 8, between: int = 8, down: bool = False) -> None:
        super().__init__()
        self._columns, self._across, self._between, self._down = columns, across, between, down

    def sizeHint(self) -> QSize:
        """All columns at their best width."""
        columns = self.columns_in(100_000)
        wide = columns * self._widest() + (columns - 1) * self._across
        return QSize(max(0, wide), self.heightForWidth(max(1, wide)))

    def minimumSize(self) -> QSize:
        """One column, as narrow as its widgets can be."""
        return QSize(max((item.minimumSize().width() for item in self._items), default=0), 0)

    def columns_in(self, width: int) -> int:
        """How many columns stand side by side in `width`."""
        if not self._items:
            return 1
        least = max(item.minimumSize().width() for item in self._items) if self._columns else self._widest()
        fitting = max(1, (width + self._across) // max(1, least + self._across))
        return min(self._columns or len(self._items), fitting, len(self._items))

    def _widest(self) -> int:
        return max((item.sizeHint().width() for item in self._items), default=0)

    def _place(self, rect: QRect, *, move: bool) -> int:
        columns = self.columns_in(rect.width())
        lines = -(-len(self._items) // columns)
        wide = (rect.width() - (columns - 1) * self._across) // columns
        if not self._columns:
            wide = min(wide, max(self._widest(), 1))
        y = rect.y()
        for line in range(lines):
            row = self._line(line, columns, lines)
            high = max(_height(item, wide) for item in row)
            for place, item in enumerate(row if move else ()):
                item.setGeometry(QRect(rect.x() + place * (wide + self._across), y, wide, high))
            y += high + self._between
        return max(0, y - self._between - rect.y())

    def _line(self, line: int, columns: int, lines: int) -> list[QLayoutItem]:
        if self._down:
            return self._items[line::lines]
        return self._items[line * columns : (line + 1) * columns]


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
