"""Windows that flash: a widget that is made visible before it has a place is a window of its own for a moment, and the
window where a person types loses the keyboard to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget


class _Seen(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what becomes a window; everything goes on as it would."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


@contextmanager
def windows_shown() -> Iterator[list[str]]:
    """The classes of all that is shown as a window of its own inside the block."""
    seen, app = _Seen(), QCoreApplication.instance()
    assert app is not None
    app.installEventFilter(seen)
    try:
        yield seen.names
    finally:
        app.removeEventFilter(seen)
