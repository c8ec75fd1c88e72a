"""Pictures and sounds that belong to a form: files beside it, found by name, never outside its folders."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImageReader, QPixmap

from fieldapp.forms import FormSession
from ui import theme

MOST_MEMORY = 256  # MB that one picture may take while it is read: a photo has about 50


def picture(session: FormSession, name: str, wide: int, high: int) -> QPixmap:
    """A form's picture, no larger than `wide` by `high` (px at scale 1); empty where there is none."""
    path = session.definition.media.file(name)
    if path is None:
        return QPixmap()
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setAllocationLimit(MOST_MEMORY)
    size = reader.size()
    room = QSize(round(theme.px(wide) * ratio), round(theme.px(high) * ratio))
    if size.isValid() and (size.width() > room.width() or size.height() > room.height()):
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    made = QPixmap.fromImage(reader.read())
    made.setDevicePixelRatio(ratio)
    return made
