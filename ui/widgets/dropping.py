"""What is dragged here from elsewhere is copied: a file manager that is told "moved" deletes the original."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent


def accept_a_copy(event: QDropEvent) -> None:
    """Take what is dragged or dropped, and leave the original where it is."""
    if event.possibleActions() & Qt.DropAction.CopyAction:
        event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
