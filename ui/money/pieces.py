"""PieceGrid: how many of each note and coin. Enter goes to the next; the sum follows while one types."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from fieldapp.money.cash import DENOMINATIONS, counted, dollars
from fieldapp.texts import tr
from ui import theme
from ui.widgets import label

HIGHEST = 9999
NARROW = 96  # px of a number
ROWS = 5  # notes at the left, coins at the right; with large letters there is room for one column


class PieceGrid(QWidget):
    """Notes in one column, coins in the other. Nothing typed counts as none."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[int, QLineEdit] = {}
        self._amounts: dict[int, QLabel] = {}
        self.total = label("", "strong")
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self.setLayout(grid)
        rows = len(DENOMINATIONS) if theme.is_large() else ROWS
        for number, worth in enumerate(DENOMINATIONS):
            self._add(grid, worth, number % rows, number // rows * 4)
        grid.setColumnStretch(2, 1)
        grid.setColumnStretch(6, 1)
        grid.addWidget(self.total, rows, 0, 1, 7)
        self._sum()

    @property
    def pieces(self) -> dict[int, int]:
        """{cents of one: how many}."""
        return {worth: int(field.text()) for worth, field in self.fields.items() if field.text().strip()}

    @property
    def worth(self) -> Decimal:
        """What they come to."""
        return counted(self.pieces)

    def show_pieces(self, pieces: Mapping[int, int]) -> None:
        """What was counted before."""
        for worth, field in self.fields.items():
            field.setText(str(pieces[worth]) if pieces.get(worth) else "")

    def clear(self) -> None:
        """Begin anew."""
        for field in self.fields.values():
            field.clear()

    def begin(self) -> None:
        """The first field has the keys."""
        self.fields[DENOMINATIONS[0]].setFocus()

    def _add(self, grid: QGridLayout, worth: int, row: int, column: int) -> None:
        name = dollars(Decimal(worth) / 100)
        field = _Pieces()
        field.setValidator(QIntValidator(0, HIGHEST, field))
        field.setFixedWidth(theme.px(NARROW))
        field.setMinimumHeight(field.sizeHint().height())  # on a low screen the page scrolls; fields never overlap
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setAccessibleName(tr("How many of {worth}", worth=name))
        field.textChanged.connect(self._sum)
        field.entered.connect(partial(self._next, worth))
        shown = label(name)
        shown.setBuddy(field)
        self.fields[worth], self._amounts[worth] = field, label("", "sub")
        grid.addWidget(shown, row, column, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(field, row, column + 1)
        grid.addWidget(self._amounts[worth], row, column + 2)

    def _next(self, worth: int) -> None:
        place = DENOMINATIONS.index(worth) + 1
        if place < len(DENOMINATIONS):
            self.fields[DENOMINATIONS[place]].setFocus()
        else:
            self.focusNextChild()

    def _sum(self) -> None:
        for worth, shown in self._amounts.items():
            number = self.pieces.get(worth, 0)
            shown.setText(f"= {dollars(Decimal(worth * number) / 100)}" if number else "")
        self.total.setText(tr("Total {amount}", amount=dollars(self.worth)))


class _Pieces(QLineEdit):
    """`entered` with Enter, also where nothing stands: Qt tells Enter only of what its validator takes."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, whatever is typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
