"""A photo or signature that cannot be changed: just the picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields.blob import BlobField, thumbnail
from ui.forms.sheet import Sheet

WIDE, HIGH = 256, 160  # px at scale 1


class PictureField(BlobField):
    """The picture, or words where there is none."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._hold(self.picture)
        self.show_node(node)

    def target(self) -> QWidget:
        """The picture."""
        return self.picture

    def show_node(self, node: Node) -> None:
        """Show the picture."""
        picture = thumbnail(self.bytes_of(node.value), WIDE, HIGH)
        if picture.isNull():
            self.picture.setText(tr("The photo is with the City; it is not on this laptop.") if node.value else "–")
        else:
            self.picture.setPixmap(picture)

    def retranslate(self) -> None:
        """The words, where there is no picture."""
        self.show_node(self.node())
