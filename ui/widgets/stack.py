"""Stack: screens of which one is shown, and which needs no more height than that one does."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import theme


class Stack(QStackedWidget):
    """Qt's own asks for what the highest of its screens would like: the page around it scrolled without need. With
    larger letters, where everything is stacked and wraps, it has all that they like."""

    def __init__(self, *screens: QWidget) -> None:
        super().__init__()
        for screen in screens:
            self.addWidget(screen)
        self.currentChanged.connect(lambda _number: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """Its least height is told by the hint below."""
        return theme.scale() > 1 and super().hasHeightForWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width columns are stacked, and words wrap: the least height is another."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest, as high as the one that is shown must be."""
        usual, shown = super().minimumSizeHint(), self.currentWidget()
        if theme.scale() > 1 or shown is None:
            return usual
        return QSize(usual.width(), least_height(shown, self.width()))


def least_height(widget: QWidget, wide: int) -> int:
    """What a widget must have at this width, px."""
    layout = widget.layout()
    if layout is None:
        return 0
    least = layout.totalMinimumSize().height()
    return max(least, layout.totalMinimumHeightForWidth(wide)) if layout.hasHeightForWidth() else least
