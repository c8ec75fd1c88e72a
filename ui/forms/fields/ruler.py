"""Ruler: a slider that shows its ticks and what they mean, and no handle until something is answered."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from ui import theme
from ui.widgets.focus import ring

HANDLE, ACROSS, LONG, TALL = 20, 36, 420, 220  # px at scale 1
STEPS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown})  # fmt: skip
CENTRE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)


class Ruler(QSlider):
    """`chosen` tells the place when a person chooses one, -1 when it is cleared with Delete."""

    chosen = Signal(int)

    def __init__(self, way: Qt.Orientation, count: int, *, ticks: list[int], ghost: int | None) -> None:
        super().__init__(way)
        self._ticks, self._ghost = ticks, ghost
        self._labels: dict[int, str] = {}
        self.answered = False
        self.setRange(0, count)
        self.setPageStep(max(1, count // 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        upright = way == Qt.Orientation.Vertical
        wide, high = QSizePolicy.Policy.Fixed if upright else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, high)

    def show_place(self, place: int | None) -> None:
        """Show an answer's place, None for none."""
        self.answered = place is not None
        self.setValue(place if place is not None else self._ghost or 0)
        self.update()

    def show_labels(self, labels: Mapping[int, str]) -> None:
        """What stands beside which place."""
        self._labels = dict(labels)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the line, the ticks and the words."""
        metrics = QFontMetrics(theme.font(theme.SMALL))
        if self._upright():
            words = max((metrics.horizontalAdvance(text) for text in self._labels.values()), default=0)
            return QSize(theme.px(ACROSS) + words + 8, theme.px(TALL))
        return QSize(theme.px(LONG), theme.px(ACROSS) + (metrics.height() + 2 if self._labels else 0))

    def minimumSizeHint(self) -> QSize:
        """It may be short, not flat."""
        hint = self.sizeHint()
        return hint if self._upright() else QSize(theme.px(160), hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Page, Home and End move; Delete clears; the first key takes the place that is shown."""
        before = self.value()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.chosen.emit(-1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or _is_forms(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Space:
            self._choose(self.value())
        else:
            super().keyPressEvent(event)
            first = not self.answered and event.key() in STEPS
            if first or self.value() != before or (not self.answered and event.key() == Qt.Key.Key_Home):
                self._choose(before if first else self.value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere goes there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging goes along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Everything was told on the way."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw line, ticks, words and handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter)
        for place in self._ticks:
            self._paint_tick(painter, place)
        painter.setFont(theme.font(theme.SMALL))
        for place, text in self._labels.items():
            self._paint_label(painter, place, text)
        self._paint_handle(painter)
        painter.end()

    def _go(self, where: QPointF) -> None:
        place = self._place_at(where)
        if place != self.value() or not self.answered:
            self._choose(place)

    def _choose(self, place: int) -> None:
        self.show_place(place)
        self.chosen.emit(place)

    def _upright(self) -> bool:
        return self.orientation() == Qt.Orientation.Vertical

    def _ends(self) -> tuple[float, float]:
        """Where the first and the last place are, along the line."""
        side = theme.px(HANDLE) / 2 + 2
        if self._upright():
            return self.height() - side, side
        return side, self.width() - side

    def _point(self, place: int) -> QPointF:
        first, last = self._ends()
        along = first + (last - first) * (place / max(1, self.maximum()))
        middle = theme.px(ACROSS) / 2
        return QPointF(middle, along) if self._upright() else QPointF(along, middle)

    def _place_at(self, where: QPointF) -> int:
        first, last = self._ends()
        along = where.y() if self._upright() else where.x()
        share = (along - first) / (last - first) if last != first else 0.0
        return round(min(1.0, max(0.0, share)) * self.maximum())

    def _paint_line(self, painter: QPainter) -> None:
        first, last = self._point(0), self._point(self.maximum())
        painter.setPen(QPen(theme.role("field"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(first, last)
        if self.answered:
            painter.setPen(QPen(theme.role("pri"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(first, self._point(self.value()))

    def _paint_tick(self, painter: QPainter, place: int) -> None:
        point = self._point(place)
        passed = self.answered and place <= self.value()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("card"))
        painter.drawEllipse(point, 4.5, 4.5)
        painter.setBrush(theme.role("pri" if passed else "field"))
        painter.drawEllipse(point, 3.5, 3.5)

    def _paint_label(self, painter: QPainter, place: int, text: str) -> None:
        point, metrics = self._point(place), painter.fontMetrics()
        here = self.answered and place == self.value()
        painter.setPen(theme.role("ink" if here else "ink2"))
        wide, high = metrics.horizontalAdvance(text) + 2, metrics.height()
        if self._upright():
            painter.drawText(QPointF(theme.px(ACROSS), point.y() + metrics.ascent() / 2 - 1), text)
            return
        left = min(max(0, round(point.x() - wide / 2)), self.width() - wide)
        painter.drawText(QRect(left, theme.px(ACROSS) - 2, wide, high), CENTRE, text)

    def _paint_handle(self, painter: QPainter) -> None:
        shown = self.value() if self.answered else self._ghost
        if shown is None:
            if self.hasFocus():
                ring(painter, self.rect(), 7)
            return
        size = theme.px(HANDLE)
        point = self._point(shown)
        box = QRectF(point.x() - size / 2, point.y() - size / 2, size, size)
        if self.hasFocus():
            soft = QColor(theme.role("pri"))
            soft.setAlphaF(0.25)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(soft)
            painter.drawEllipse(box.adjusted(-5, -5, 5, 5))
        painter.setPen(QPen(theme.role("pri" if self.answered else "field"), 2 if self.answered else 1.5))
        painter.setBrush(theme.role("card"))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if self.answered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.role("pri"))
            painter.drawEllipse(point, size / 2 - 5, size / 2 - 5)


def _is_forms(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
