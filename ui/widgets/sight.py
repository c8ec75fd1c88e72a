"""What got the focus by a key is to be seen: Qt scrolls for Tab alone."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

ABOVE = 24  # px left free around it


def bring_into_sight(widget: QWidget) -> None:
    """Scroll all that it stands in, once what was opened just now has its place."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, ABOVE)
        around = around.parentWidget()
