"""A signature: drawn on the pad, or, by keyboard, a typed name. Both are kept as a PNG."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.blob import BlobField
from ui.forms.fields.image_data import png
from ui.forms.fields.pad import HIGH, INK, WIDE, Pad
from ui.forms.sheet import Sheet
from ui.forms.undo_keys import OWN
from ui.widgets import Button

PAUSE = 150  # ms after the last stroke until the signature is kept


class SignatureField(BlobField):
    """Pad, line for a name, and a button that clears."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._value = ""
        self.pad = Pad()
        self.typed = QLineEdit()
        self.typed.setProperty(OWN, True)
        self.erase = Button("", "quiet")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep_strokes)
        self.pad.stroked.connect(self._pause.start)
        self.typed.editingFinished.connect(self._keep_name)
        self.erase.clicked.connect(self._clear)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.pad)
        below = QHBoxLayout()
        below.addWidget(self.typed, 1)
        below.addWidget(self.erase)
        column.addLayout(below)
        self._row.addLayout(column)
        self._row.addStretch(1)
        self.retranslate()

    def target(self) -> QWidget:
        """The line for the name: the pad is for the hand."""
        return self.typed

    def show_node(self, node: Node) -> None:
        """Show the signature that is kept; its bytes are read once."""
        self.erase.setVisible(bool(node.value))
        if node.value == self._value:
            return
        self._value = node.value
        if self.pad.is_empty() or not node.value:
            self.pad.show_image(QImage.fromData(self.bytes_of(node.value)))
        if not node.value:
            self.typed.clear()

    def retranslate(self) -> None:
        """Its words."""
        self.typed.setPlaceholderText(tr("Sign above, or type the name here"))
        self.erase.show_as(tr("Clear"))
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Pad, line and button say the question."""
        self.pad.setAccessibleName(tr("{name}: pad to sign on", name=name))
        self.typed.setAccessibleName(tr("{name}: typed name", name=name))
        self.typed.setAccessibleDescription(description)
        self.erase.setAccessibleName(f"{name}: {self.erase.text()}")

    def flush(self) -> None:
        """Keep strokes and name at once."""
        if self._pause.isActive():
            self._keep_strokes()
        self._keep_name()

    def _keep_strokes(self) -> None:
        self._pause.stop()
        if not self.pad.is_empty():
            self.typed.clear()
            self.keep(png(self.pad.drawn()), "image/png", "signature.png")

    def _keep_name(self) -> None:
        name = self.typed.text().strip()
        if name and self.typed.isModified():
            self.typed.setModified(False)
            image = written(name)
            self.pad.show_image(image)
            self.keep(png(image), "image/png", "signature.png")

    def _clear(self) -> None:
        self.pad.clear()
        self.typed.clear()
        self.clear(tr("Signature removed"))


def written(name: str) -> QImage:
    """A typed name as the signature's picture, marked as typed by its upright pen line."""
    image = QImage(WIDE * 2, HIGH * 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    font = theme.font(theme.TITLE)
    font.setItalic(True)
    font.setPixelSize(56)
    painter.setFont(font)
    painter.setPen(INK)
    room = QRect(40, 0, WIDE * 2 - 80, HIGH * 2 - 64)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), name)
    painter.end()
    return image
