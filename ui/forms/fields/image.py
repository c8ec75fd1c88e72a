"""A photo: chosen from a file, dropped, or pasted. Its original bytes are kept as they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QImage, QImageWriter, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.blob import ChosenBlobField, size_of, thumbnail
from ui.forms.sheet import Sheet
from ui.widgets import label

WIDE, HIGH = 128, 96  # px of the thumbnail at scale 1


class ImageField(ChosenBlobField):
    """A thumbnail with what it is, or an invitation to choose, drop or paste."""

    OTHERWISE = "image/jpeg"

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node, "image")
        self._value = "?"
        self.picture = QLabel()
        self.picture.setFixedSize(theme.px(WIDE), theme.px(HIGH))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.caption = label("", "small", wrap=True)
        self.remove.clicked.connect(lambda: self.clear(tr("Photo removed")))
        self._row.addWidget(self.picture)
        self._row.addWidget(self._words(), 1)
        self.retranslate()

    def show_node(self, node: Node) -> None:
        """Show the photo; its bytes are read once."""
        if node.value == self._value:
            return
        self._value = node.value
        data = self.bytes_of(node.value)
        picture = thumbnail(data, WIDE, HIGH)
        self.picture.setPixmap(picture)
        self.picture.setVisible(not picture.isNull())
        self.picture.setAccessibleName(tr("Photo"))
        self.caption.setText(self._caption(node.value, data, picture.isNull()))
        self.remove.setVisible(bool(node.value))
        self.choose.show_as(tr("Replace…") if node.value else tr("Choose a photo…"))

    def retranslate(self) -> None:
        """All its words."""
        self._value = "?"
        self.remove.show_as(tr("Remove"))
        self.show_node(self.node())

    def take(self, mime: QMimeData) -> bool:
        """Keep what was dropped or pasted; False when it holds no photo."""
        if super().take(mime):
            return True
        image = mime.imageData() if mime.hasImage() else None
        if not isinstance(image, QImage):
            return False
        self.keep(png(image), "image/png", tr("pasted picture") + ".png")
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures that are no files may be dropped, too."""
        super().dragEnterEvent(event)
        if event.mimeData().hasImage():
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes a photo."""
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.take(QApplication.clipboard().mimeData())):
            super().keyPressEvent(event)

    def _fits(self, data: bytes, name: str) -> bool:
        if QImage.fromData(data).isNull():
            self.refused.emit(tr("“{name}” is no photo. Choose a JPEG or PNG file.", name=name))
            return False
        return True

    def _words(self) -> QWidget:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.choose)
        column.addWidget(self.remove)
        column.addWidget(self.caption)
        return words

    def _caption(self, value: str, data: bytes, unseen: bool) -> str:
        if not value:
            return tr("or drop it here, or paste it with Ctrl+V")
        if not data:
            return tr("The photo is with the City; it is not on this laptop.")
        return tr("File attached") if unseen else size_of(len(data))

    def _ask(self) -> None:
        kinds = tr("Photos") + " (*.jpg *.jpeg *.png *.webp *.bmp *.gif)"
        name, _kind = QFileDialog.getOpenFileName(self, tr("Choose a photo…"), "", kinds)
        if name:
            self.take_file(Path(name))


def png(image: QImage) -> bytes:
    """An image as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())
