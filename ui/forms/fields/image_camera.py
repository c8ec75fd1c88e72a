"""CameraPane: what the camera sees, in its place on the page; Space takes the picture, Escape closes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.forms.devices import Frames
from ui.widgets import Button

WIDE, HIGH = 480, 270  # px of the finder at scale 1


class CameraPane(QWidget):
    """`taken` tells the picture, `closed` that nobody wants one. The camera runs only while the pane is seen."""

    taken = Signal(QImage)
    closed = Signal()

    def __init__(self, frames: Frames, shutter: str = "") -> None:
        super().__init__()
        self._frames = frames
        frames.setParent(self)
        self.finder = _Finder()
        frames.frame.connect(self.finder.show_frame)
        self.shutter = Button(shutter or tr("Take it"), icon="camera", hint=tr("Space"))
        self.shutter.clicked.connect(self._take)
        self.shutter.setEnabled(False)
        frames.frame.connect(self._ready)
        self.cancel = Button(tr("Cancel"), "quiet", hint="Esc")
        self.cancel.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.shutter)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.finder)
        column.addLayout(row)

    def name(self, name: str) -> None:
        """Finder and buttons say the question."""
        self.finder.setAccessibleName(tr("{name}: what the camera sees", name=name))
        for button in (self.shutter, self.cancel):
            button.setAccessibleName(f"{name}: {button.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The camera sees."""
        super().showEvent(event)
        self._frames.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """The camera is let go at once: its light goes out."""
        self._frames.stop()
        super().hideEvent(event)

    def _ready(self) -> None:
        """The first picture is there: from now on one can be taken."""
        if not self.shutter.isEnabled():
            self.shutter.setEnabled(True)
            if self.cancel.hasFocus():
                self.shutter.setFocus()

    def _take(self) -> None:
        if not self.finder.image().isNull():
            self.taken.emit(self.finder.image())


class _Finder(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setFixedSize(theme.px(WIDE), theme.px(HIGH))

    def show_frame(self, image: QImage) -> None:
        self._image = image
        self.update()

    def image(self) -> QImage:
        return self._image

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setClipPath(frame)
        painter.fillRect(self.rect(), theme.role("bg"))
        if self._image.isNull():
            painter.setPen(theme.role("ink2"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), tr("The camera is starting…"))
        else:
            size = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            box = QRect(0, 0, size.width(), size.height())
            box.moveCenter(self.rect().center())
            painter.drawImage(box, self._image)
        painter.end()
