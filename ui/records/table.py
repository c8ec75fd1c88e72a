"""The table: painted rows with chips, columns that give way on small screens, sorting by the head."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from fieldapp.store import Row
from fieldapp.texts import tr
from ui import theme
from ui.records.model import COLUMNS, SORTS, Index, RecordsModel
from ui.records.words import Words
from ui.widgets import chip, icons
from ui.widgets.focus import ring
from ui.widgets.wrapped import wrapped

ROW, SIDE = 40, 12  # px: a row, high enough for two lines, and what words keep from the column's edge
WIDTHS = {
    "reference": 204,
    "short reference": 136,
    "service": 172,
    "state": 176,
    "with": 124,
    "ward": 60,
    "due": 136,
    "updated": 112,
    "place": 144,
}
LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
LONG = 1240  # px of the table from which an offline reference is read whole
GIVES_WAY = (
    ("service", 1400), ("ward", 1150), ("updated", 1090), ("with", 970), ("due", 720), ("place", 640),
    ("reference", 480),
)  # fmt: skip


class RecordsTable(QTableView):
    """`opened` tells a record's id on Enter or double-click, `marked` when the current row changes."""

    opened = Signal(str)
    marked = Signal(str)
    sorted_by = Signal(str, bool)

    def __init__(self, model: RecordsModel, words: Words) -> None:
        super().__init__()
        self._lines = model
        self.setAccessibleName(tr("Records"))
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(self._frame_moved)
        self.setItemDelegate(_Painter(self, model, words))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What is painted whole is moved when one scrolls, and only what comes into sight is painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._head_rows()
        self.doubleClicked.connect(self._open)

    def current(self) -> str:
        """The id of the current record, "" for none."""
        line = self._lines.line(self.currentIndex().row())
        return line.id if line else ""

    def chosen(self, most: int) -> list[str]:
        """The ids of the chosen records, in their order, at most so many; of none, the one that has the frame."""
        ranges = sorted((one.top(), one.bottom()) for one in self.selectionModel().selection().toList())
        numbers = (number for top, bottom in ranges for number in range(top, bottom + 1))
        lines = (self._lines.line(number) for number in islice(dict.fromkeys(numbers), most))
        return [line.id for line in lines if line] or list(filter(None, [self.current()]))

    def mark(self, row: int) -> None:
        """Make a row current and bring it into sight."""
        if 0 <= row < self._lines.rowCount():
            index = self._lines.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Home and End go to the first and last record."""
        rows = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._lines.rowCount() - 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() in rows:
            self.mark(rows[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which record is current."""
        super().selectionChanged(selected, deselected)
        self.marked.emit(self.current())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the rows."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.role("card"))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way on small screens, the least needed first."""
        super().resizeEvent(event)
        reference = "reference" if self.viewport().width() >= theme.px(LONG) else "short reference"
        self.setColumnWidth(COLUMNS.index("reference"), theme.px(WIDTHS[reference]))
        for column, least in GIVES_WAY:
            self.setColumnHidden(COLUMNS.index(column), self.viewport().width() < theme.px(least))

    def _frame_moved(self) -> None:
        """The frame goes around a whole row: none of the old one stays."""
        self.viewport().update()

    def _open(self, index: Index) -> None:
        line = self._lines.line(index.row())
        if line:
            self.opened.emit(line.id)

    def _head_rows(self) -> None:
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(ROW))
        head = _Head(self)
        self.setHorizontalHeader(head)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for number, column in enumerate(COLUMNS):
            if column == "title":
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            else:
                head.resizeSection(number, theme.px(WIDTHS[column]))
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(COLUMNS.index("updated"), Qt.SortOrder.DescendingOrder)
        head.sectionClicked.connect(self._sort)

    def _sort(self, section: int) -> None:
        column = COLUMNS[section]
        if column in SORTS:
            down = self.horizontalHeader().sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            self.sorted_by.emit(SORTS[column], down)


class _Head(QHeaderView):
    """The head: words at the left, an arrow beside the column that sorts."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHighlightSections(False)
        self.setFont(theme.font(theme.SMALL, bold=True))
        self.setAccessibleName(tr("Columns"))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logical)
        painter.restore()
        if logical == self.sortIndicatorSection() and COLUMNS[logical] in SORTS:
            name = "arrow-down" if self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder else "arrow-up"
            words = str(self.model().headerData(logical, Qt.Orientation.Horizontal))
            told = QFontMetrics(theme.font(theme.SMALL, bold=True)).horizontalAdvance(words)
            left, size = rect.left() + theme.px(SIDE) + told + 6, theme.px(14)
            icons.paint(painter, name, QRect(left, rect.center().y() - size // 2, size, size), theme.role("pri"))


class _Painter(QStyledItemDelegate):
    def __init__(self, table: QTableView, lines: RecordsModel, words: Words) -> None:
        super().__init__(table)
        self._table, self._lines, self._words = table, lines, words

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, box = self._lines.line(index.row()), QRect(option.rect)  # not by way of Qt, which takes as long again
        column = COLUMNS[index.column()]
        painter.save()
        self._ground(painter, option, index, box)
        if line is not None:
            inner = box.adjusted(theme.px(SIDE), 0, -theme.px(8), -1)
            shown = self._words.chip(line, column)
            if shown:
                wide = min(chip.width_of(shown[0]), inner.width())
                high = theme.px(chip.HEIGHT)
                chip.paint(painter, QRect(inner.left(), inner.center().y() - high // 2 + 1, wide, high), *shown)
            else:
                self._text(painter, inner, line, column)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRect) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.role("sel"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.role("line"))
        if index.row() == self._table.currentIndex().row() and self._table.hasFocus():
            whole = QRect(0, box.top(), self._table.viewport().width(), box.height())
            painter.setClipRect(box)
            ring(painter, whole, 6)

    def _text(self, painter: QPainter, box: QRect, line: Row, column: str) -> None:
        painter.setFont(theme.font(bold=column == "title"))
        painter.setPen(theme.role("ink" if column in ("title", "reference") else "ink2"))
        words = self._words.plain(line, column)
        if column == "reference":
            words = words.replace("-", "-\N{ZERO WIDTH SPACE}")  # it may go on in a next line behind any of its parts
        shown = wrapped(words, painter.font(), box.width(), 2)
        high = painter.fontMetrics().height()
        top = box.center().y() - high * len(shown) // 2 + 1
        for number, told in enumerate(shown):
            painter.drawText(QRect(box.left(), top + number * high, box.width(), high), LEFT, told)
