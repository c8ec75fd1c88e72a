"""How one row of a ranking is drawn: its place, its words, and six dots that say it can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.widgets.focus import ring

Index = QModelIndex | QPersistentModelIndex
PLACE = int(Qt.ItemDataRole.UserRole) + 1
HIGH = 40  # px at scale 1


class RankRow(QStyledItemDelegate):
    """A card of its own, with a small gap to the next."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One row."""
        return QSize(0, theme.px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        box = QRect(option.rect).adjusted(1, 1, -1, -3)
        state = option.state
        marked = bool(state & QStyle.StateFlag.State_Selected) and option.widget.hasFocus()
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("field" if marked or over else "line"))
        painter.setBrush(theme.role("sel" if marked else "hover" if over else "card"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        self._paint_place(painter, box, index.data(PLACE) or 0)
        self._paint_dots(painter, box)
        painter.setPen(theme.role("ink"))
        painter.setFont(theme.font())
        room = box.adjusted(theme.px(44), 0, -theme.px(32), 0)
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if marked:
            ring(painter, box, 7)
        painter.restore()

    def _paint_place(self, painter: QPainter, box: QRect, place: int) -> None:
        size = theme.px(22)
        circle = QRectF(box.x() + theme.px(10), box.center().y() - size / 2 + 1, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("pri_soft" if place else "bg"))
        painter.drawEllipse(circle)
        painter.setPen(theme.role("pri" if place else "ink2"))
        painter.setFont(theme.font(theme.SMALL, bold=True))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(place) if place else "–")

    def _paint_dots(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("field"))
        gap, right = theme.px(5), box.right() - theme.px(14)
        for row in (-1, 0, 1):
            for column in (-1, 0):
                painter.drawEllipse(QPointF(right + column * gap, box.center().y() + 1 + row * gap), 1.4, 1.4)
