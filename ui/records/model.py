"""The table's model: all row numbers in order, and only the pages of lines that are looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from fieldapp.store import Row, Store
from fieldapp.texts import tr
from ui.records.words import Words

PAGE, PAGES = 50, 96  # lines a page, about two screens full; pages kept
COLUMNS = ("reference", "title", "service", "state", "with", "ward", "due", "updated", "place")
SORTS = {"title": "title", "due": "due", "updated": "updated"}
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


def heading(column: str) -> str:
    """A column's name."""
    return {
        "reference": tr("Reference"),
        "title": tr("What and where"),
        "service": tr("Service"),
        "state": tr("State"),
        "with": tr("With"),
        "ward": tr("Ward"),
        "due": tr("Due"),
        "updated": tr("Changed"),
        "place": tr("Where it is"),
    }[column]


class RecordsModel(QAbstractTableModel):
    """100,000 rows cost one array of numbers; lines are read a page at a time and forgotten again."""

    def __init__(self, store: Store, words: Words) -> None:
        super().__init__()
        self._store, self._words = store, words
        self._numbers: array[int] = array("q")
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()

    def show_all(self, numbers: array[int]) -> None:
        """Show these rows of the store, in this order; the lines anew where they are the same as before."""
        if numbers == self._numbers:
            self.forget_lines()
            return
        self.beginResetModel()
        self._numbers = numbers
        self._pages.clear()
        self.endResetModel()

    def forget_lines(self) -> None:
        """Read the lines anew, the same rows in the same order: something in them changed."""
        self._pages.clear()
        if self._numbers:
            last = self.index(len(self._numbers) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def line(self, number: int) -> Row | None:
        """The line in row `number`, None when its record is gone."""
        if not 0 <= number < len(self._numbers):
            return None
        page = self._page(number // PAGE)
        wanted = self._numbers[number]
        place = number % PAGE
        if place < len(page) and page[place].n == wanted:
            return page[place]
        return next((row for row in page if row.n == wanted), None)

    def row_of(self, record_number: int) -> int:
        """The row that shows the record with this row number of the store, -1 for none."""
        try:
            return self._numbers.index(record_number)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many records answer."""
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = ROOT) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return heading(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's words; at UserRole the whole line."""
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.UserRole)
        if not index.isValid() or role not in wanted:
            return None
        line = self.line(index.row())
        if line is None or role == Qt.ItemDataRole.UserRole:
            return line
        return self._words.cell(line, COLUMNS[index.column()])

    def _page(self, number: int) -> list[Row]:
        page = self._pages.get(number)
        if page is None:
            start = number * PAGE
            page = self._store.rows(self._numbers[start : start + PAGE])
            self._pages[number] = page
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page
