"""Matrix: questions that share their choices, as a table: the choices' words above, one line a question."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.forms import Node
from ui import theme
from ui.forms.check_line import CheckLine
from ui.forms.fields import Field, fixed, make
from ui.forms.fields.cells import CellsField, column_wide
from ui.forms.note import NoteBox
from ui.forms.shape import heading_of, kind_of, matrix_rows
from ui.forms.sheet import Sheet
from ui.widgets import label


class Matrix(QWidget):
    """XLSForm's `table-list`. Notes of the group stand above the table."""

    def __init__(self, sheet: Sheet, group: Node) -> None:
        super().__init__()
        self._sheet, self._path = sheet, group.path
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for note in group.children:
            if kind_of(note) == "note" and note is not heading_of(group):
                self._column.addWidget(NoteBox(sheet, note))
                self._column.addSpacing(theme.px(8))
        self.names: list[QLabel] = []
        self._head = QHBoxLayout()
        self._head.setContentsMargins(0, 4, 0, 6)
        self._head.setSpacing(0)
        self._head.addStretch(1)
        self._column.addLayout(self._head)
        self.lines = [MatrixLine(sheet, row) for row in matrix_rows(group)]
        for line in self.lines:
            self._column.addWidget(line)
        self.reword()

    def reword(self) -> None:
        """The choices' words, in the language of the moment."""
        rows = matrix_rows(self._sheet.session.node(self._path))
        choices = self._sheet.session.choices(rows[0]) if rows else []
        while len(self.names) < len(choices):
            words = label("", "caption", wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            self._head.addWidget(words)
            self.names.append(words)
        for number, words in enumerate(self.names):
            words.setVisible(number < len(choices))
            words.setFixedWidth(column_wide(choices))
            words.setText(choices[number].label if number < len(choices) else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline under the words."""
        if self.lines:
            painter = QPainter(self)
            painter.fillRect(0, self.lines[0].y() - 1, self.width(), 1, theme.role("line"))
            painter.end()


class MatrixLine(CheckLine):
    """One question with its cells. Up and Down go to the line above and below."""

    side = 0
    starred = True

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node, ())

    def _control(self, node: Node) -> Field:
        return make(self.sheet, node) if fixed(self.sheet, node) else CellsField(self.sheet, node)

    def _fit(self) -> None:
        """Its cells stay under their words, however little room there is."""
