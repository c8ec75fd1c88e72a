"""Flow: buttons side by side that go on in a next line where there is no room. Words grow in French."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget

from ui.widgets.item_layout import ItemLayout


class Flow(ItemLayout):
    """A layout of lines, each as high as its highest widget."""

    def __init__(self, spacing: int = 8) -> None:
        super().__init__()
        self.setSpacing(spacing)

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest widget."""
        sizes = [item.minimumSize() for item in self._shown()]
        wide, high = (
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )
        return QSize(wide, high)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not _hidden(item.widget())]

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._shown():
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()


def _hidden(widget: QWidget | None) -> bool:
    return widget is not None and widget.isHidden()
