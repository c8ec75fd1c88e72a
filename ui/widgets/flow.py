"""Flow: buttons side by side that go on in a next line where there is no room. Words grow in French."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget

from ui.widgets.item_layout import ItemLayout


class Flow(ItemLayout):
    """A layout of lines, each as high as its highest widget, the others in its middle."""

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
        y = rect.y()
        for line in self._lines(rect.width()):
            x, high = rect.x(), max(item.sizeHint().height() for item in line)
            for item in line:
                size = item.sizeHint().boundedTo(QSize(max(rect.width(), item.minimumSize().width()), high))
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (high - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += high + self.spacing()
        return max(0, y - self.spacing() - rect.y())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """What stands in each line of this width."""
        lines: list[list[QLayoutItem]] = []
        x = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or x + wide > width:
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += wide + self.spacing()
        return lines


def flowing(*widgets: QWidget, spacing: int = 8) -> QWidget:
    """A strip that holds `widgets`, in as many lines as they need."""
    strip, flow = QWidget(), Flow(spacing)
    strip.setLayout(flow)
    for widget in widgets:
        flow.addWidget(widget)
    return strip


def _hidden(widget: QWidget | None) -> bool:
    return widget is not None and widget.isHidden()
