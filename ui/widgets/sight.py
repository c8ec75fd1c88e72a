"""What got the focus by a key is to be seen: Qt scrolls for Tab alone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

ABOVE = 24  # px left free around it


def bring_into_sight(widget: QWidget) -> None:
    """Scroll all that it stands in, once what was opened just now has its place."""
    _later(widget, 2)  # room that grows inside room is laid out in two rounds


def _later(widget: QWidget, rounds: int) -> None:
    def look() -> None:
        _scroll_to(widget)
        if rounds > 1:
            _later(widget, rounds - 1)

    QTimer.singleShot(0, widget, look)


def _scroll_to(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            _show_in(around, widget)
        around = around.parentWidget()


def _show_in(around: QScrollArea, widget: QWidget) -> None:
    """All of it; of what is higher than the room, its beginning."""
    inside = around.widget()
    if inside is not None and widget.height() + 2 * ABOVE > around.viewport().height():
        around.verticalScrollBar().setValue(widget.mapTo(inside, QPoint(0, 0)).y() - ABOVE)
    else:
        around.ensureWidgetVisible(widget, 0, ABOVE)
