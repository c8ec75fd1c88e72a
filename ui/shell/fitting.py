"""How large a window opens: as it asks, or as large as the screen, so that none of its buttons lies beyond it."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow


def show_fitting(window: QMainWindow) -> None:
    """Show a window. Where the screen has less room than it asks for (a laptop of 1366 by 768), it fills the screen."""
    room = window.screen().availableGeometry().size()
    fits = window.size().boundedTo(room) == window.size()
    window.resize(window.size().boundedTo(room).expandedTo(window.minimumSize()))
    if fits:
        window.show()
    else:
        window.showMaximized()
