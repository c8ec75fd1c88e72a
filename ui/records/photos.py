"""A record's photos: small pictures, read and decoded in the background, so that a tab opens at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.errors import DamagedStoreError
from fieldapp.records import Record
from fieldapp.store.blobs import Blobs
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.image_data import load
from ui.ports import Courier
from ui.records.photo_words import standing, told
from ui.session import Session
from ui.widgets import EmptyState, label

WIDE, HIGH = 176, 132
LARGE = 2400  # px: more than a window shows
SHA, DONE = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1


Photo = tuple[str, str]  # its caption, and its file value: SHA-256 and suffix


class Photos(QWidget):
    """A grid of pictures; Enter or a double-click shows one large. What is not here is asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: list[Photo] = []
        self._wished: set[str] = set()
        self._record: Record | None = None
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
        self._grid.activated.connect(lambda index: self._open(index.row()))
        self._grid.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())
        self.known = label("", "small", wrap=True)
        self.known.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._grid)
        self._stack.addWidget(EmptyState("camera", tr("No photos"), tr("Photos of this record appear here.")))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._stack, 1)
        column.addWidget(self.known)

    def show_photos(self, photos: Sequence[Photo], record: Record | None = None) -> None:
        """Show these pictures; the same ones again only look whether those that were missing have come. `record` says
        what is known of them."""
        self._record = record
        if list(photos) != self._shown:
            self._shown = list(photos)
            self._wished.clear()
            self._lay_out()
        self._tell()
        for row, photo in enumerate(self._shown):
            if not self._model.index(row, 0).data(DONE):
                self._fetch(row, photo)

    def _tell(self) -> None:
        """What is known of the chosen picture, of the first while none is chosen; whether each is verified."""
        row = max(0, self._grid.currentIndex().row())
        shown = self._record is not None and row < len(self._shown)
        self.known.setVisible(shown)
        if self._record is None or not shown:
            return
        store = self._session.store
        self.known.setText(told(store, self._record, self._shown[row][1]))
        for number, (caption, value) in enumerate(self._shown):
            spoken = f"{caption}. {standing(store, value)[0]}"
            self._model.setData(self._model.index(number, 0), spoken, Qt.ItemDataRole.ToolTipRole)
            self._model.setData(self._model.index(number, 0), spoken, Qt.ItemDataRole.AccessibleTextRole)

    def _lay_out(self) -> None:
        self._model.clear()
        self._stack.setCurrentIndex(0 if self._shown else 1)
        blank = _tile()
        for caption, value in self._shown:
            item = QStandardItem(QIcon(blank), caption)
            item.setData(value.partition(".")[0], SHA)
            item.setToolTip(caption)
            self._model.appendRow(item)

    def _fetch(self, row: int, photo: Photo) -> None:
        (caption, value), store, courier = photo, self._session.store, self._session.courier
        sha, dot, suffix = value.partition(".")
        if store.blobs.has(sha):
            self._model.setData(self._model.index(row, 0), True, DONE)
            self._session.bridge.work(partial(read_small, store.blobs, sha), partial(self._show, row, photo))
            return
        self._model.setData(self._model.index(row, 0), tr("{caption} · with the City", caption=caption))
        self._picture(row, _tile(absence(courier)))
        if courier is not None and value not in self._wished:
            self._wished.add(value)
            courier.fetch(sha, dot + suffix)

    def _show(self, row: int, photo: Photo, image: QImage | BaseException) -> None:
        index, (caption, value) = self._model.index(row, 0), photo
        if isinstance(image, QImage) and not image.isNull() and value.startswith(str(index.data(SHA))):
            self._model.setData(index, caption)
            self._picture(row, QPixmap.fromImage(image))
        elif isinstance(image, QImage):
            self._picture(row, _tile(tr("No picture")))
        elif isinstance(image, DamagedStoreError):  # the City may have it: the next look asks for it
            self._model.setData(index, False, DONE)
            self._picture(row, _tile(tr("Damaged on this laptop")))

    def _open(self, row: int) -> None:
        caption, value = self._shown[row]
        sha, store = value.partition(".")[0], self._session.store
        if store.blobs.has(sha):
            self._session.bridge.work(partial(read_large, store.blobs, sha), partial(self._show_large, caption))

    def _show_large(self, caption: str, image: QImage | BaseException) -> None:
        from ui.filling.compare import Compare

        if isinstance(image, QImage) and not image.isNull() and self.isVisible():
            Compare(caption, [(self.known.text(), image)], self.window()).open()

    def _picture(self, row: int, picture: QPixmap) -> None:
        self._model.setData(self._model.index(row, 0), QIcon(picture), Qt.ItemDataRole.DecorationRole)


def absence(courier: Courier | None) -> str:
    """Why the picture is not here, and what happens next."""
    waits = courier is None or courier.status.state.backing_off or courier.status.state.stuck
    return tr("With the City. It comes when there is a network.") if waits else tr("Coming from the City…")


def _tile(words: str = "") -> QPixmap:
    """A blank picture with words on it."""
    blank = QPixmap(theme.px(WIDE), theme.px(HIGH))
    blank.fill(theme.role("bg"))
    if words:
        painter = QPainter(blank)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.role("ink2"))
        inner = blank.rect().adjusted(theme.px(12), 0, -theme.px(12), 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        painter.end()
    return blank


def read_large(blobs: Blobs, sha256: str) -> QImage:
    """Decoded upright, as large as a screen shows it."""
    return load(blobs.read(sha256), QSize(LARGE, LARGE))


def read_small(blobs: Blobs, sha256: str) -> QImage:
    """Decoded upright and made small, in the background; a null image where it is no picture."""
    image = load(blobs.read(sha256), QSize(2 * WIDE, 2 * HIGH))
    if image.isNull():
        return image
    fit, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(2 * WIDE, 2 * HIGH, fit, smooth)
