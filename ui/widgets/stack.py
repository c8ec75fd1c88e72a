"""Stack: screens of which one is shown, and which needs no more height than that one does."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class Stack(QStackedWidget):
    """Qt's own asks for what the highest of its screens would like: the page around it scrolled without need."""

    def __init__(self, *screens: QWidget) -> None:
        super().__init__()
        for screen in screens:
            self.addWidget(screen)
        self.currentChanged.connect(lambda _number: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """Its least height is told by the hint below."""
        return False

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest, as high as the one that is shown must be."""
        shown = self.currentWidget()
        wide = super().minimumSizeHint().width()
        return QSize(wide, least_height(shown, max(self.width(), wide)) if shown is not None else 0)


def least_height(widget: QWidget, wide: int) -> int:
    """What a widget must have at this width, px."""
    layout = widget.layout()
    if layout is None:
        return 0
    least = layout.totalMinimumSize().height()
    return max(least, layout.totalMinimumHeightForWidth(wide)) if layout.hasHeightForWidth() else least
