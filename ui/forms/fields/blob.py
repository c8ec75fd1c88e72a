"""What picture, signature and file share: bytes go through the host, and a refusal is said, never swallowed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

from fieldapp.errors import FieldAppError, StoreError
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.base import Field

MOST = 64 * 1024 * 1024  # bytes of one file


class BlobField(Field):
    """Keeps bytes as the answer's file."""

    def keep(self, data: bytes, mime: str, name: str) -> bool:
        """Attach and answer; False, with words, when the file cannot be kept."""
        if len(data) > MOST:
            self.refused.emit(tr("This file is larger than {n} MB. Choose a smaller one.", n=MOST // 1024 // 1024))
            return False
        try:
            value = self.sheet.host.attach(data, mime, name)
        except StoreError as error:
            self.sheet.entry.failed.emit(str(error))
            return False
        self.entered.emit(value)
        return True

    def bytes_of(self, value: str) -> bytes:
        """The file's bytes, empty when it is not on this laptop (yet)."""
        try:
            return self.sheet.host.read_blob(value) if value else b""
        except FieldAppError:
            return b""

    def clear(self, what: str) -> None:
        """Take the file away, with a way back."""
        entry, path, old = self.sheet.entry, self.path, self.node().value
        self.entered.emit("")
        self.sheet.undoable(what, lambda: entry.put(path, old))  # it works when this control is gone, too


def thumbnail(data: bytes, wide: int, high: int) -> QPixmap:
    """The picture, fitted and sharp on any screen; null when the bytes are no picture."""
    image = QImage.fromData(data)
    if image.isNull():
        return QPixmap()
    ratio = 2.0
    fitted = image.scaled(
        round(theme.px(wide) * ratio),
        round(theme.px(high) * ratio),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    picture = QPixmap.fromImage(fitted)
    picture.setDevicePixelRatio(ratio)
    return picture


def size_of(count: int) -> str:
    """A file's size in words: 240 KB."""
    return tr("{n} KB", n=max(1, round(count / 1024))) if count < 1024**2 else tr("{n:.1f} MB", n=count / 1024**2)
