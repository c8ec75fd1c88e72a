"""The choices of one question as a row of circles or boxes without words: a line of a table of choices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from fieldapp.forms import Choice, Node
from ui import theme
from ui.forms.fields.base import Field
from ui.forms.fields.tile import CheckTile, RadioTile, Tile
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet

CELL, ALL = 84, 520  # px at scale 1: a column at least, and what all of them take at most where words are long


def column_wide(choices: Sequence[Choice]) -> int:
    """The width of each column in px: room for the longest word, and for the longest words in three lines."""
    metrics = QFontMetrics(theme.font(theme.SMALL, bold=True))
    words = [word for choice in choices for word in choice.label.split()]
    longest = max(map(metrics.horizontalAdvance, words), default=0)
    lines = max((metrics.horizontalAdvance(choice.label) // 3 for choice in choices), default=0)
    wanted = max(longest, lines + longest // 3) + theme.px(12)
    return max(theme.px(CELL), min(wanted, theme.px(ALL) // max(1, len(choices))))


class CellsField(Field):
    """Left and Right move and choose, Delete clears; each cell says question and choice to a screen reader."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._choices: Sequence[Choice] = ()
        self._names = ("", "")
        self._several = kind_of(node) == "multiple"
        self._group = QButtonGroup(self)
        self.cells: dict[str, Tile] = {}
        self._row.setSpacing(0)
        self.show_node(node)

    def target(self) -> QWidget:
        """The chosen cell, else the first."""
        chosen = next((cell for cell in self.cells.values() if cell.isChecked()), None)
        return (None if self._several else chosen) or next(iter(self.cells.values()), self)

    def show_node(self, node: Node) -> None:
        """Show what is chosen; a filter may have changed the columns."""
        choices = self.sheet.session.choices(node)
        if [item.name for item in choices] != [item.name for item in self._choices]:
            self._rebuild(choices)
        self._choices = choices
        for cell in self.cells.values():
            cell.setFixedWidth(column_wide(choices))
        chosen = set(node.question.chosen(node.value))
        self._group.setExclusive(False)
        for name, cell in self.cells.items():
            cell.setChecked(name in chosen)
        self._group.setExclusive(True)
        self.name(*self._names)

    def retranslate(self) -> None:
        """What the cells say."""
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Each cell says question and choice."""
        self._names = (name, description)
        for item in self._choices:
            self.cells[item.name].setAccessibleName(f"{name}: {item.label}")
            self.cells[item.name].setAccessibleDescription(description)
            self.cells[item.name].setToolTip(item.label)

    def mark(self, wrong: bool) -> None:
        """The message says it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the choice back; Up and Down are the table's."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.entered.emit("")
        else:
            super().keyPressEvent(event)

    def _rebuild(self, choices: Sequence[Choice]) -> None:
        for cell in self.cells.values():
            cell.hide()
            cell.deleteLater()
        self.cells = {}
        for item in choices:
            cell = CheckTile("") if self._several else _Cell("")
            cell.setFixedHeight(theme.px(theme.CONTROL))
            cell.clicked.connect(lambda _on=False, name=item.name: self._clicked(name))
            if isinstance(cell, RadioTile):
                self._group.addButton(cell)
            self._row.addWidget(cell)
            self.cells[item.name] = cell

    def _clicked(self, name: str) -> None:
        if not self._several:
            self.entered.emit(name)
            return
        self.entered.emit(" ".join(item.name for item in self._choices if self.cells[item.name].isChecked()))


class _Cell(RadioTile):
    """Up and Down go to the next line, not to the next column."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)
