"""Compare: a photo large, or those of then and of now side by side; Escape closes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.widgets import Button, label

WIDE, HIGH = 1000, 620  # px at scale 1
SHARE = 0.92  # of the window, at most


class Compare(QDialog):
    """`pictures` are each a word (Then, Now) and what was photographed; a single one is a photo to be seen large."""

    def __init__(self, about: str, pictures: Sequence[tuple[str, QImage]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Then and now") if len(pictures) > 1 else tr("Photo"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.window().size() * SHARE
        wide, high = (theme.px(WIDE), theme.px(HIGH)) if len(pictures) > 1 else (room.width(), room.height())
        self.resize(min(wide, room.width()), min(high, room.height()))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(label(about, "strong", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        for word, image in pictures:
            side = QVBoxLayout()
            side.addWidget(label(word, "small", wrap=True))
            side.addWidget(_Picture(word, image), 1)
            row.addLayout(side, 1)
        column.addLayout(row, 1)
        close = Button(tr("Close"), "primary", hint=tr("Esc"))
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()


class _Picture(QWidget):
    """A picture, as large as its place allows."""

    def __init__(self, word: str, image: QImage) -> None:
        super().__init__()
        self._image = image
        self.setAccessibleName(f"{word}: {tr('Photo')}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = QSizeF(self._image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(QPointF(0, 0), size), self._image)  # right below its word
        painter.end()
