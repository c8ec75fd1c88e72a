"""The list that opens below a line while one types: addresses, or the choices that match."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme

NOTE = int(Qt.ItemDataRole.UserRole) + 1  # a row that only says something
Index = QModelIndex | QPersistentModelIndex


class Suggestions(QListView):
    """Rows of 36 px; the one that Enter would take is marked. `taken` tells the number of the row that was taken."""

    taken = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._completer: QCompleter | None = None
        self.setObjectName("Card")
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def serve(self, completer: QCompleter) -> None:
        """Be the list of a completer, which brings its own way of drawing."""
        completer.setPopup(self)
        self.setItemDelegate(_Rows(self))
        completer.activated.connect(lambda _text: self.taken.emit(self.currentIndex().row()))
        self._completer = completer
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A key that leads away from the line (F8) closes the list too: it would keep the keys to itself."""
        line = self._completer.widget() if self._completer is not None else None
        if line is None or now is None or now is line or not self.isVisible() or self.isAncestorOf(now) or now is self:
            return
        self.hide()
        if isinstance(line, QLineEdit):
            line.editingFinished.emit()  # Qt keeps from it that it was left


class _Rows(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.px(theme.CONTROL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, state = QRect(option.rect), option.state
        marked = state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        painter.save()
        note = bool(index.data(NOTE))
        painter.fillRect(box, theme.role("sel" if marked and not note else "card"))
        painter.setPen(theme.role("ink2" if note else "ink"))
        painter.setFont(theme.font(theme.SMALL if note else theme.BODY))
        inner = box.adjusted(theme.px(12), 0, -theme.px(12), 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        painter.restore()
