"""Rows: a list of things with a title, a line below, and a chip at the right. Painted, so long lists stay fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.widgets import chip, icons
from ui.widgets.focus import ring

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
PLAIN, WITH_LINE, CAPTION = 40, 60, 28  # px of a row, of one with a second line, and of a group's name above it


@dataclass(frozen=True)
class Row:
    """One row. `lead` stands at the left (a time); `chip` is (word, kind); `trailing` is small text at the right."""

    id: str
    title: str
    subtitle: str = ""
    lead: str = ""
    icon: str = ""
    chip: tuple[str, str] | None = None
    trailing: str = ""
    caption: str = ""  # of the group that begins with it, above it

    def spoken(self) -> str:
        """The whole row as a screen reader says it."""
        parts = (self.caption, self.lead, self.title, self.subtitle, self.chip[0] if self.chip else "", self.trailing)
        return ", ".join(part for part in parts if part)


def height_of(row: Row) -> int:
    """How high a row is, in px of this screen."""
    return theme.px((WITH_LINE if row.subtitle else PLAIN) + (CAPTION if row.caption else 0))


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


class RowDelegate(QStyledItemDelegate):
    """Paints a Row: 60 px with a second line, 40 px without."""

    SIDE = 16

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all rows that have the same parts."""
        row = index.data(Qt.ItemDataRole.UserRole)
        return QSize(0, height_of(row) if row is not None else theme.px(PLAIN))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, words, chip, hairline and focus ring."""
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        box, state = QRect(option.rect), option.state
        painter.save()
        box = self._paint_caption(painter, box, row)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.role("sel"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.role("hover"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.role("line"))
        inner = box.adjusted(theme.px(self.SIDE), 0, -theme.px(self.SIDE), -1)
        inner.setLeft(self._paint_lead(painter, inner, row))
        inner.setRight(self._paint_end(painter, inner, row))
        self._paint_words(painter, inner, row)
        if state & QStyle.StateFlag.State_HasFocus:
            ring(painter, box, 6)
        painter.restore()

    def _paint_caption(self, painter: QPainter, box: QRect, row: Row) -> QRect:
        """The group's name; what is left for the row itself."""
        if not row.caption:
            return box
        painter.setFont(theme.font(theme.SMALL, bold=True))
        painter.setPen(theme.role("ink2"))
        where = QRect(box.left() + theme.px(self.SIDE), box.top(), box.width(), theme.px(CAPTION))
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), row.caption)
        return box.adjusted(0, theme.px(CAPTION), 0, 0)

    def _paint_lead(self, painter: QPainter, box: QRect, row: Row) -> int:
        left = box.left()
        if row.icon:
            size = theme.px(18)
            where = QRect(left, box.center().y() - size // 2, size, size)
            icons.paint(painter, row.icon, where, theme.role("ink2"))
            left += size + theme.px(12)
        if row.lead:
            font = theme.font(bold=True)
            wide = max(theme.px(42), QFontMetrics(font).horizontalAdvance(row.lead))
            painter.setFont(font)
            painter.setPen(theme.role("ink"))
            where = QRect(left, box.top(), wide + 2, box.height())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), row.lead)
            left += wide + theme.px(14)
        return left

    def _paint_end(self, painter: QPainter, box: QRect, row: Row) -> int:
        right = box.right()
        if row.chip:
            wide, high = min(chip.width_of(row.chip[0]), box.width() * 3 // 5), theme.px(chip.HEIGHT)
            where = QRect(right - wide + 1, box.center().y() - high // 2, wide, high)
            chip.paint(painter, where, row.chip[0], row.chip[1])
            right -= wide + theme.px(12)
        if row.trailing:
            font = theme.font(theme.SMALL)
            wide = QFontMetrics(font).horizontalAdvance(row.trailing) + 2
            painter.setFont(font)
            painter.setPen(theme.role("ink2"))
            where = QRect(right - wide, box.top(), wide, box.height())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), row.trailing)
            right -= wide + theme.px(12)
        return right

    def _paint_words(self, painter: QPainter, box: QRect, row: Row) -> None:
        title, below = theme.font(bold=True), theme.font(theme.SMALL)
        high, low = QFontMetrics(title).height(), QFontMetrics(below).height()
        top = box.center().y() - (high + (low if row.subtitle else 0)) // 2
        for text, font, colour, tall in ((row.title, title, "ink", high), (row.subtitle, below, "ink2", low)):
            painter.setFont(font)
            painter.setPen(theme.role(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(QRect(box.left(), top, box.width() + 1, tall), int(Qt.AlignmentFlag.AlignVCenter), shown)
            top += tall


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
        self._wished = 0  # px, where its height was asked for
        self._model = RowModel()
        self.setModel(self._model)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._tell)
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the current one stays current when it is still there."""
        current = self.current()
        self._model.show_rows(rows)
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
        highest, lowest = (2 + sum(map(height_of, self._model.rows[:many])) for many in (most, least or most))
        self.setMaximumHeight(highest)
        self.setMinimumHeight(lowest)
        self._wished = highest
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as was asked for."""
        usual = super().sizeHint()
        return QSize(usual.width(), self._wished) if self._wished else usual

    def minimumSizeHint(self) -> QSize:
        """One row and the beginning of the next."""
        return QSize(theme.px(76), theme.px(76))

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """A list without rows shows by its own edge that it has the focus."""
        super().paintEvent(event)
        if self.hasFocus() and not self._model.rows:
            painter = QPainter(self.viewport())
            ring(painter, self.viewport().rect())
            painter.end()

    def _open(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, Row):
            self.opened.emit(row.id)

    def _tell(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        self.chosen.emit(row.id if isinstance(row, Row) else "")
