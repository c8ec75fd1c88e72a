"""Rows: a list of things with a title, a line below, and a chip at the right. Painted, so long lists stay fast."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from ui import theme
from ui.widgets.focus import ring
from ui.widgets.row import Index, Row, RowDelegate, height_of

ROOT = QModelIndex()


class RowModel(QAbstractListModel):
    """Rows in order; a row's object is at UserRole."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, spoken text, or the row itself."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken()
        return row if role == Qt.ItemDataRole.UserRole else None


class ListCard(QListView):
    """A card of rows. `opened` on Enter or double-click, `chosen` when the current row changes."""

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, name: str, rows: Sequence[Row] = (), *, flat: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("flat", flat)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(RowDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)  # rows grow where there is less room
        self._most = self._least = 0  # rows that its height was asked for
        self._wished = 0  # px of them
        self._model = RowModel()
        self.setModel(self._model)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._tell)
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the current one stays current when it is still there."""
        current = self.current()
        self._model.show_rows(rows)
        self.updateGeometry()
        if current and any(row.id == current for row in rows):
            self.choose(current)

    def current(self) -> str:
        """The id of the current row, "" for none."""
        row = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row.id if isinstance(row, Row) else ""

    def choose(self, row_id: str) -> None:
        """Make a row current."""
        for number, row in enumerate(self._model.rows):
            if row.id == row_id:
                self.setCurrentIndex(self._model.index(number))
                return

    def step_in(self) -> None:
        """Down from the line above: to the row after the one that Enter would have taken already."""
        here = self.currentIndex()
        self.setFocus()
        if here.isValid() and here.row() + 1 < self._model.rowCount():
            self.setCurrentIndex(self._model.index(here.row() + 1))

    def open_with_one_click(self) -> None:
        """A click opens, as on a button; Enter does too."""
        self.doubleClicked.disconnect(self._open)
        self.clicked.connect(self._open)

    def fit(self, most: int = 8, least: int = 0) -> None:
        """Take just the height of the rows, of `most` rows where there are more; on a small screen of `least` rows."""
        self._most, self._least = most, least or most
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as was asked for."""
        usual = super().sizeHint()
        return QSize(usual.width(), self._wished) if self._wished else usual

    def minimumSizeHint(self) -> QSize:
        """One row and the beginning of the next; with large letters, when lists stand above what they choose, two."""
        first = self._model.rows[: 2 if theme.is_large() else 1]
        high = sum(height_of(row, self.viewport().width()) for row in first) + theme.px(16)
        return QSize(theme.px(76), max(theme.px(76), high))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By Tab one lands on a row, never on nothing."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rows:
            self.setCurrentIndex(self._model.index(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are higher where there is less room for their words."""
        super().resizeEvent(event)
        if self._most:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A list without rows shows by its own edge that it has the focus."""
        super().paintEvent(event)
        if self.hasFocus() and not self._model.rows:
            painter = QPainter(self.viewport())
            ring(painter, self.viewport().rect())
            painter.end()

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width() if len(self._model.rows) > self._most else 0
        wide = self.contentsRect().width() - bar
        heights = [height_of(row, wide) for row in self._model.rows[: self._most]]
        highest, lowest = 2 + sum(heights), 2 + sum(heights[: self._least])
        if (highest, lowest) == (self._wished, self.minimumHeight()):
            return
        self._wished = highest
        self.setMaximumHeight(highest)
        self.setMinimumHeight(lowest)
        self.updateGeometry()

    def _open(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, Row):
            self.opened.emit(row.id)

    def _tell(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        self.chosen.emit(row.id if isinstance(row, Row) else "")
