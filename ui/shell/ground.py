"""What all of a window's pages stand on. Files from outside may be dropped anywhere on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ui.came_back import dropped
from ui.widgets.dropping import accept_a_copy


class Ground(QWidget):
    """`let_go` tells the files (a list of Path) that were dropped where no field of a form takes them for itself.

    It is taken out of the window while that is locked: nothing falls through the cover."""

    let_go = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this machine are welcome; a picture or a text is not."""
        if dropped(event.mimeData()):
            accept_a_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        accept_a_copy(event)
        self.let_go.emit(dropped(event.mimeData()))
