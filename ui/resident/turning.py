"""Turning the window round: the resident has it whole, nothing of the clerk's is on it or one key away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from ui.unlock.cover import Cover


class Turned(QWidget):
    """What is shown on a window that is turned. `done`: back to the clerk."""

    done = Signal()

    def enter(self) -> None:
        """The keyboard at its first thing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing passes through to what is below."""
        event.accept()


def turn(window: QMainWindow, shown: Turned, focus: QWidget | None) -> None:
    """Let the resident have the window until `shown` is done; then everything is as before, with the focus at `focus`.

    Should somebody else sign in meanwhile, what was below is forgotten."""
    cover = Cover(window, shown, focus)

    def back() -> None:
        shown.destroyed.disconnect(cover.forget)
        cover.lift()

    shown.destroyed.connect(cover.forget)
    shown.done.connect(back)
    shown.enter()
