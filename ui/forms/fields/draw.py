"""A drawing: a sheet of white paper, kept as a PNG after each stroke."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields import draw_ink
from ui.forms.fields.blob import BlobField
from ui.forms.fields.draw_board import DrawBoard
from ui.forms.fields.draw_ink import Mark
from ui.forms.fields.image_data import load, png
from ui.forms.sheet import Sheet

PAPER = QSize(1280, 800)  # px of the kept drawing
PAUSE = 150  # ms after the last stroke until the drawing is kept


class DrawField(BlobField):
    """The board; a drawing that was kept can be drawn on further."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._value = "?"
        self._blank = True
        self._own = False  # the next answer is what stands on the board
        self.board = DrawBoard("black")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep)
        self.board.marked.connect(self._pause.start)
        self.board.cleared.connect(lambda: self.clear(tr("Drawing removed")))
        self._row.addWidget(self.board)
        self.show_node(node)

    def target(self) -> QWidget:
        """The surface."""
        return self.board.canvas

    def show_node(self, node: Node) -> None:
        """Show the drawing that is kept; its bytes are read once."""
        if node.value == self._value:
            return
        self._value = node.value
        self.board.show_removable(bool(node.value))
        if self._own:
            self._own = False
            return
        kept = load(self.bytes_of(node.value)) if node.value else QImage()
        self._blank = kept.isNull()
        self.board.canvas.show_picture(_paper() if self._blank else kept)

    def flush(self) -> None:
        """Keep what was drawn at once."""
        if self._pause.isActive():
            self._keep()

    def _keep(self) -> None:
        self._pause.stop()
        canvas = self.board.canvas
        self._own = True
        if self._blank and not canvas.marks():
            self.entered.emit("")
            return
        self.keep_made(partial(drawing, canvas.picture(), canvas.marks()), "image/png", "drawing.png")

    def retranslate(self) -> None:
        """The board's words."""
        self.board.retranslate()

    def name(self, name: str, description: str) -> None:
        """The board says the question."""
        self.board.name(name)
        self.board.canvas.setAccessibleDescription(". ".join(filter(None, (description, self.board.keys.text()))))


def drawing(picture: QImage, marks: tuple[Mark, ...]) -> bytes:
    """A drawing as it is kept. Any thread may make it."""
    return png(draw_ink.drawn_on(picture, marks))


def _paper() -> QImage:
    paper = QImage(PAPER, QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    return paper
