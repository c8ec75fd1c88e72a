"""The table of a panel: every number of it, by keys and screen reader; Enter opens a line's records."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from fieldapp.reports.board import Panel
from ui import theme
from ui.widgets.focus import ring

ROW = 36


class PanelTable(QTableWidget):
    """`opened` tells the number of a line on Enter or double-click, `marked` when the current line changes."""

    opened = Signal(int)
    marked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.currentCellChanged.connect(lambda row, *_: self.marked.emit(row))

    def show_panel(self, panel: Panel) -> None:
        """Show another panel; the line that was current stays so where it is still there."""
        kept = self.currentRow()
        self.setAccessibleName(panel.title)
        self.clear()
        self.setColumnCount(1 + len(panel.columns))
        self.setRowCount(len(panel.lines))
        self.setHorizontalHeaderLabels([panel.of, *panel.columns])
        for row, line in enumerate(panel.lines):
            for column, text in enumerate((line.label, *map(panel.told, line.values))):
                self.setItem(row, column, _item(text, right=column > 0))
        self._set_widths(len(panel.columns))
        if 0 <= kept < len(panel.lines):
            self.setCurrentCell(kept, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.opened.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring around the current line, as every list has it."""
        super().paintEvent(event)
        if self.hasFocus() and self.currentRow() >= 0:
            top, high = self.rowViewportPosition(self.currentRow()), self.rowHeight(self.currentRow())
            painter = QPainter(self.viewport())
            ring(painter, QRect(0, top, self.viewport().width(), high), 6)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By Tab one lands on a line, never on nothing."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, 0)

    def _set_widths(self, columns: int) -> None:
        head = self.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(columns + 1):
            title = self.horizontalHeaderItem(column)
            if title is not None:
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                title.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            if column:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)


def _item(text: str, *, right: bool) -> QTableWidgetItem:
    made = QTableWidgetItem(text)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    made.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return made
