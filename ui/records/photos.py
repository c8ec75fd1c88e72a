"""A record's photos: small pictures, read and decoded in the background, so that a tab opens at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.session import Session
from ui.widgets import EmptyState

WIDE, HIGH = 176, 132
SHA = int(Qt.ItemDataRole.UserRole)


class Photos(QWidget):
    """A grid of (caption, SHA-256) pictures; `opened` tells the SHA-256 on Enter or double-click."""

    opened = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: list[tuple[str, str]] = []
        self._model = QStandardItemModel(self)
        self._grid = QListView()
        self._grid.setAccessibleName(tr("Photos"))
        self._grid.setModel(self._model)
        self._grid.setViewMode(QListView.ViewMode.IconMode)
        self._grid.setResizeMode(QListView.ResizeMode.Adjust)
        self._grid.setMovement(QListView.Movement.Static)
        self._grid.setFrameShape(QFrame.Shape.NoFrame)
        self._grid.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._grid.setIconSize(QSize(theme.px(WIDE), theme.px(HIGH)))
        self._grid.setGridSize(QSize(theme.px(WIDE + 12), theme.px(HIGH + 32)))
        self._grid.activated.connect(lambda index: self.opened.emit(str(index.data(SHA))))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._grid)
        self._stack.addWidget(EmptyState("camera", tr("No photos"), tr("Photos of this record appear here.")))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._stack)

    def show_photos(self, photos: Sequence[tuple[str, str]]) -> None:
        """Show these pictures."""
        if list(photos) == self._shown:
            return
        self._shown = list(photos)
        self._model.clear()
        self._stack.setCurrentIndex(0 if photos else 1)
        blank = QPixmap(theme.px(WIDE), theme.px(HIGH))
        blank.fill(theme.role("bg"))
        for caption, sha in photos:
            item = QStandardItem(QIcon(blank), caption)
            item.setData(sha, SHA)
            item.setToolTip(caption)
            self._model.appendRow(item)
            self._fetch(item.row(), sha)

    def _fetch(self, row: int, sha: str) -> None:
        def read() -> QImage:
            image = QImage.fromData(self._session.store.blobs.read(sha))
            fit, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            return image.scaled(2 * WIDE, 2 * HIGH, fit, smooth)

        def show(image: QImage | BaseException) -> None:
            item = self._model.item(row)
            if (
                isinstance(image, QImage)
                and not image.isNull()
                and row < self._model.rowCount()
                and item.data(SHA) == sha
            ):
                item.setIcon(QIcon(QPixmap.fromImage(image)))

        self._session.bridge.work(read, show)
