"""A photo that is marked up: lines, arrows and words as a layer. The photo as taken goes along in the same file, so
that marks can be changed, and taken off, later and by others."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QScrollArea

from fieldapp.forms import Node
from fieldapp.marked_photo import MarkedPhoto, pack, unpack
from fieldapp.sniffing import mime_of
from fieldapp.texts import tr
from ui.forms.fields import draw_ink, draw_layer
from ui.forms.fields.draw_board import DrawBoard
from ui.forms.fields.draw_ink import Mark
from ui.forms.fields.image import ImageField
from ui.forms.fields.image_data import encoded, exif_of, load, max_pixels, with_exif
from ui.forms.sheet import Sheet
from ui.widgets import Button

MOST = 2048  # px of the longer side of a marked photo, where the form bounds it no closer
PAUSE = 1_000  # ms without a stroke until the marked photo is kept: each is a file of some hundred KB

BELOW = 12  # px that stay free below the board when it is scrolled to


class AnnotateField(ImageField):
    """A photo with a button that opens the board below it."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        self.mark_up = Button("", icon="pencil")
        self.board: DrawBoard | None = None
        self._own = False
        self._original = b""
        super().__init__(sheet, node)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep_marks)
        self.mark_up.clicked.connect(self.toggle)
        self._show_button(node)

    def show_node(self, node: Node) -> None:
        """Show the photo, and begin anew on it unless it is what stands on the board."""
        changed = node.value != self._value
        super().show_node(node)
        if changed and self.board is not None and not self._own:
            self._open_board() if node.value and not self.board.isHidden() else self.board.hide()
        self._own = self._own and not changed
        self._show_button(node)

    def flush(self) -> None:
        """Keep the marks at once."""
        if self.board is not None and self._pause.isActive():
            self._keep_marks()

    def retranslate(self) -> None:
        """All its words."""
        super().retranslate()
        if self.board is not None:
            self.board.retranslate()

    def name(self, name: str, description: str) -> None:
        """Board and button say the question."""
        super().name(name, description)
        self.mark_up.setAccessibleName(f"{name}: {self.mark_up.text()}")
        if self.board is not None:
            self.board.name(name)

    def toggle(self) -> None:
        """Open the board on the photo, or close it; what is drawn is kept."""
        self.flush()
        if self.board is not None and not self.board.isHidden():
            self.board.hide()
        else:
            self._open_board()
            self.sheet.grew.emit()
            QTimer.singleShot(0, self, self._come_to_sight)  # once the board has its place
        self._show_button(self.node())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the board."""
        if event.key() == Qt.Key.Key_Escape and self.board is not None and not self.board.isHidden():
            self.mark_up.setFocus()
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _come_to_sight(self) -> None:
        """A board that opens below what is seen would not be found: scroll until its tools, at its end, are seen."""
        scroll = self.parentWidget()
        while scroll is not None and not isinstance(scroll, QScrollArea):
            scroll = scroll.parentWidget()
        inside = scroll.widget() if scroll is not None else None
        if scroll is not None and inside is not None and self.board is not None:
            end = self.board.mapTo(inside, QPoint(0, self.board.height()))
            scroll.ensureVisible(0, end.y(), 0, BELOW)
            self.board.canvas.setFocus()

    def _tools(self) -> tuple[Button, ...]:
        return self.take_photo, self.choose, self.mark_up, self.remove

    def _open_board(self) -> None:
        if self.board is None:
            self.board = DrawBoard("red")
            self.board.clear.hide()  # the photo itself is removed above; marks are taken back step by step
            self.board.marked.connect(self._pause.start)
            self.column.addWidget(self.board)
            self.board.name(self.question)
        data = self.bytes_of(self.node().value)
        before = unpack(data)
        self._original = before.original if before else data
        most = max_pixels(self.node().question) or MOST
        picture = load(self._original, QSize(most, most))
        marks = draw_layer.read(before.layer, picture.size()) if before else ()
        self.board.canvas.show_picture(picture, marks)
        self.board.back.setEnabled(bool(marks))
        self.board.show()

    def _show_button(self, node: Node) -> None:
        is_open = self.board is not None and not self.board.isHidden()
        self.mark_up.show_as(tr("Done") if is_open else tr("Mark up"))
        if node.value or self.mark_up.parentWidget() is not None:
            self.mark_up.setVisible(bool(node.value))

    def _keep_marks(self) -> None:
        self._pause.stop()
        if self.board is not None:
            self._own = True
            canvas = self.board.canvas
            job = partial(marked, canvas.picture(), canvas.marks(), self._original)
            self.keep_made(job, "image/jpeg" if canvas.marks() else mime_of(self._original), "photo.jpg")


def marked(picture: QImage, marks: tuple[Mark, ...], original: bytes) -> bytes:
    """The marked photo as it is kept: with the EXIF data of the photo as taken, that photo itself, and the marks.

    Without a mark it is the photo as taken. Any thread may make it."""
    if not marks:
        return original
    upright = encoded(draw_ink.drawn_on(picture, marks), b"jpeg")
    shown = with_exif(upright, _upright(exif_of(original)))
    return pack(shown, MarkedPhoto(original, draw_layer.written(marks, picture.size())))


def _upright(segment: bytes) -> bytes:
    """An EXIF segment that says "not turned": the marked photo is upright already."""
    for tag, one in ((b"\x01\x12\x00\x03\x00\x00\x00\x01", b"\0\1"), (b"\x12\x01\x03\x00\x01\x00\x00\x00", b"\1\0")):
        place = segment.find(tag)
        if place >= 0:
            return segment[: place + len(tag)] + one + segment[place + len(tag) + 2 :]
    return segment
