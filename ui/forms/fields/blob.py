"""What picture, signature and file share: bytes go through the host, and a refusal is said, never swallowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QWidget

from fieldapp.errors import FieldAppError
from fieldapp.forms import Node
from fieldapp.sniffing import OTHERWISE, PROGRAM, mime_of
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.base import Field
from ui.forms.fields.image_data import load
from ui.forms.sheet import Sheet
from ui.widgets import Button
from ui.widgets.dropping import accept_a_copy

MOST = 64 * 1024 * 1024  # bytes of one file


class BlobField(Field):
    """Keeps bytes as the answer's file."""

    def keep(self, data: bytes, mime: str, name: str) -> None:
        """Attach and answer; what is too large is refused in words, what the disk does not take is said above."""
        if len(data) > MOST:
            self.refused.emit(tr("This file is larger than {n} MB. Choose a smaller one.", n=MOST // 1024 // 1024))
        else:
            self.keep_made(lambda: data, mime, name)

    def keep_made(self, make: Callable[[], bytes], mime: str, name: str) -> None:
        """Attach what `make` gives, made beside the screen, and answer with it."""
        self.sheet.entry.attach(self.path, make, mime, name)

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

    def mark(self, wrong: bool) -> None:
        """The message below says it."""


class ChosenBlobField(BlobField):
    """A file that is chosen or dropped: a button that chooses, one that removes, and words beside them.

    A subclass puts the three in, and asks which file in `_ask`.
    """

    OTHERWISE = "application/octet-stream"  # the kind of a file whose name tells none

    def __init__(self, sheet: Sheet, node: Node, icon: str) -> None:
        super().__init__(sheet, node)
        self.setAcceptDrops(True)
        self.choose = Button("", icon=icon)
        self.choose.clicked.connect(self._ask)
        self.remove = Button("", "quiet")

    def target(self) -> QWidget:
        """The button that chooses."""
        return self.choose

    def name(self, name: str, description: str) -> None:
        """Both buttons say the question."""
        self.choose.setAccessibleName(f"{name}: {self.choose.text()}")
        self.choose.setAccessibleDescription(description)
        self.remove.setAccessibleName(f"{name}: {self.remove.text()}")

    def take_file(self, path: Path) -> None:
        """Keep a file; what cannot be read or kept is refused in words."""
        try:
            if path.stat().st_size > MOST:
                self.refused.emit(tr("This file is larger than {n} MB. Choose a smaller one.", n=MOST // 1024 // 1024))
                return
            data = path.read_bytes()
        except OSError:
            self.refused.emit(tr("“{name}” cannot be read. Choose another file.", name=path.name))
            return
        kind = mime_of(data)  # what the name says is not believed
        if kind == PROGRAM:
            self.refused.emit(tr("“{name}” is a program. It is not attached.", name=path.name))
        else:
            self._take_bytes(data, self.OTHERWISE if kind == OTHERWISE else kind, path.name)

    def take(self, mime: QMimeData) -> bool:
        """Keep what was dropped, as far as it has a place; False when there is no file."""
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        self.take_files(files)
        return bool(files)

    def take_files(self, files: list[Path]) -> None:
        """Keep the first of them, and see to the others."""
        for file in files[:1]:
            self.take_file(file)
        self._take_more(files[1:])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            accept_a_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped."""
        if self.take(event.mimeData()):
            accept_a_copy(event)

    def _take_bytes(self, data: bytes, mime: str, name: str) -> None:
        """Keep a file that was read; a subclass refuses, in words, what the question does not take."""
        self.keep(data, mime, name)

    def _take_more(self, files: list[Path]) -> None:
        """What was dropped beyond the first file."""
        if files:
            names = ", ".join(file.name for file in files)
            self.sheet.undoable(tr("One file has its place here. Not taken: {names}", names=names))

    def _ask(self) -> None:
        raise NotImplementedError


def thumbnail(data: bytes, wide: int, high: int) -> QPixmap:
    """The picture, fitted, upright and sharp on any screen; null when the bytes are no picture."""
    ratio = 2.0
    room = QSize(round(theme.px(wide) * ratio), round(theme.px(high) * ratio))
    image = load(data, room)
    if image.isNull():
        return QPixmap()
    fitted = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    picture = QPixmap.fromImage(fitted)
    picture.setDevicePixelRatio(ratio)
    return picture


def size_of(count: int) -> str:
    """A file's size in words: 240 KB."""
    return tr("{n} KB", n=max(1, round(count / 1024))) if count < 1024**2 else tr("{n:.1f} MB", n=count / 1024**2)
