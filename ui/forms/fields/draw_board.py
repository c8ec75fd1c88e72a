"""DrawBoard: a canvas with what one draws with: line or arrow, inks, words to write, a step back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.draw_canvas import Canvas
from ui.forms.undo_keys import OWN
from ui.widgets import Button, Option, Segmented, label
from ui.widgets.flow import Flow

LINE, ARROW = "line", "arrow"
WORDS = 300  # px at scale 1: the line invites in a whole sentence


class DrawBoard(QWidget):
    """`marked` tells each change of what is drawn; `cleared` that all of it is to go."""

    marked = Signal()
    cleared = Signal()

    def __init__(self, ink: str) -> None:
        super().__init__()
        self._question = ""
        self.canvas = Canvas()
        self.canvas.ink = ink
        self.canvas.marked.connect(self._marked)
        self.inks = Segmented([Option(name, words) for name, words in _inks()], clearable=False)
        self.inks.choose(ink)
        self.inks.chosen.connect(self._take_ink)
        self.pens = Segmented([Option(LINE, tr("Line")), Option(ARROW, tr("Arrow"))], clearable=False)
        self.pens.choose(LINE)
        self.pens.chosen.connect(self._take_pen)
        self.words = QLineEdit()
        self.words.setProperty(OWN, True)
        self.words.setFixedWidth(theme.px(WORDS))
        self.words.returnPressed.connect(self._write)
        self.back = Button("", icon="undo-2")
        self.back.clicked.connect(self.canvas.take_back)
        self.clear = Button("", "quiet")
        self.clear.clicked.connect(self.cleared)
        self.keys = label("", "small", wrap=True)
        self._lay_out()
        self.retranslate()

    def retranslate(self) -> None:
        """All its words."""
        self.words.setPlaceholderText(tr("Words to write at the cross, then Enter"))
        self.back.show_as(tr("Step back"))
        self.clear.show_as(tr("Clear"))
        self.keys.setText(
            tr("Draw with mouse or pen · keys: arrows move the cross, Space starts and ends a line or an arrow")
        )
        self._marked_names()

    def name(self, name: str) -> None:
        """Every part says the question."""
        self._question = name
        self._marked_names()

    def show_removable(self, on: bool) -> None:
        """Whether there is something to clear."""
        self.clear.setEnabled(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes the words, and the keys stay in their line: it goes no further."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not self.words.hasFocus():
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        tools = QWidget()
        flow = Flow(8)
        tools.setLayout(flow)
        for tool in (self.pens, self.inks, self.words, self.back, self.clear):
            flow.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.canvas)
        column.addWidget(self.keys)
        column.addWidget(tools)
        self.back.setEnabled(False)

    def _take_ink(self, ink: str) -> None:
        self.canvas.ink = ink or self.canvas.ink

    def _take_pen(self, pen: str) -> None:
        self.canvas.arrows = pen == ARROW

    def _write(self) -> None:
        self.canvas.write(self.words.text())
        self.words.clear()

    def _marked(self) -> None:
        self.back.setEnabled(bool(self.canvas.marks()))
        self.marked.emit()

    def _marked_names(self) -> None:
        name = self._question
        self.canvas.setAccessibleName(tr("{name}: surface to draw on", name=name))
        self.canvas.setAccessibleDescription(self.keys.text())
        self.words.setAccessibleName(tr("{name}: words to write on it", name=name))
        self.pens.name(tr("{name}: line or arrow", name=name))
        self.inks.name(tr("{name}: ink", name=name))
        for button in (self.back, self.clear):
            button.setAccessibleName(f"{name}: {button.text()}")


def _inks() -> list[tuple[str, str]]:
    return [("black", tr("Black")), ("red", tr("Red")), ("blue", tr("Blue"))]
