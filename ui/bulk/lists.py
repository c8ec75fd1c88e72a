"""The two lists: records that are dragged, and people onto whom they are let go. Keys do the same."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from fieldapp.texts import tr
from ui.widgets import ListCard

MIME = "application/x-fieldapp-records"


class RecordsList(ListCard):
    """The one that is taken hold of is dragged, alone: Enter on a person gives them all."""

    def __init__(self) -> None:
        super().__init__(tr("Records"))
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Maybe a drag begins here."""
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """With the button down and far enough: a drag."""
        super().mouseMoveEvent(event)
        if not event.buttons() & Qt.MouseButton.LeftButton or self._pressed is None or not self.current():
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(self.burden())
            drag.exec(Qt.DropAction.MoveAction)

    def burden(self) -> QMimeData:
        """What is dragged."""
        data = QMimeData()
        data.setData(MIME, self.current().encode())
        return data


class PeopleList(ListCard):
    """`given` tells a user id and the records that were let go on that person."""

    given = Signal(str, list)

    def __init__(self) -> None:
        super().__init__(tr("People, and their open work"))
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Records may be let go here."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show onto whom."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.mimeData().hasFormat(MIME):
            self.setCurrentIndex(index)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are let go."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.mimeData().hasFormat(MIME):
            self.setCurrentIndex(index)
            ids = event.mimeData().data(MIME).toStdString().split()
            event.acceptProposedAction()
            self.given.emit(self.current(), ids)
