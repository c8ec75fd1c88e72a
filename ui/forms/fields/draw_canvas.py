"""Canvas: a picture that is drawn on, with mouse, finger or pen; by keys the arrows move a cross and Space draws."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.forms.fields import draw_ink
from ui.forms.fields.draw_ink import Arrow, Mark, Stroke, Words
from ui.forms.undo_keys import OWN
from ui.widgets.focus import ring

WIDE, HIGH = 560, 400  # px at scale 1: what a picture is fitted into
STEP, LEAP = 6, 36  # px that an arrow moves the cross, and with Shift
ARM = 10  # px of the cross
CORNER = 6
ARROWS: dict[int, QPointF] = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class Canvas(QWidget):
    """`marked` tells that a stroke ended, words were written, or the last mark was taken back."""

    marked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ink = "black"
        self.arrows = False  # what is begun becomes an arrow, no free line
        self._picture = QImage()
        self._marks: list[Mark] = []
        self._drawing = False  # the pen is down
        self._cross = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(240))

    def show_picture(self, picture: QImage, marks: Sequence[Mark] = ()) -> None:
        """Begin anew on a picture, or go on with the marks that are on it."""
        self._picture, self._marks, self._drawing = picture, list(marks), False
        self._cross = QPointF(picture.width() / 2, picture.height() / 2)
        size = QSize(picture.size()).scaled(theme.px(WIDE), theme.px(HIGH), Qt.AspectRatioMode.KeepAspectRatio)
        self.setMaximumWidth(max(size.width(), 1))
        self.setFixedHeight(max(size.height(), 1))
        self._note()

    def picture(self) -> QImage:
        """What is drawn on."""
        return self._picture

    def marks(self) -> tuple[Mark, ...]:
        """What was drawn since `show_picture`."""
        return tuple(self._marks)

    def write(self, text: str) -> None:
        """Write words at the cross, which moves on to the next line."""
        if text.strip() and not self._picture.isNull():
            high = max(self._picture.width(), self._picture.height()) / draw_ink.LETTER
            if self._marks and isinstance(last := self._marks[-1], Arrow) and last.tip == self._cross:
                self._move_cross(QPointF(0, high * 1.6))  # below its head, which is to be seen
            self._marks.append(Words(self._cross, text.strip(), self.ink))
            self._move_cross(QPointF(0, high * 1.6))
            self._end()

    def take_back(self) -> None:
        """Without the last mark."""
        if self._marks:
            self._marks.pop()
            self._end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        if event.button() == Qt.MouseButton.LeftButton and not self._picture.isNull():
            self._begin(self._to_picture(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self._drawing:
            self._go_on(self._to_picture(event.position()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """It ends."""
        if self._drawing:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cross, with Shift farther; Space puts the pen down and up; Ctrl+Z takes a mark back."""
        key = event.key()
        if key in ARROWS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_cross(ARROWS[key] * ((LEAP if far else STEP) / self._scale()))
            if self._drawing:
                self._go_on(self._cross)
        elif key == Qt.Key.Key_Space and not self._picture.isNull():
            self._end() if self._drawing else self._begin(self._cross)
        elif key == Qt.Key.Key_Z and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take_back()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """The picture, fitted."""
        return QSize(self.maximumWidth(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The height follows the width."""
        super().resizeEvent(event)
        if not self._picture.isNull():
            self.setFixedHeight(max(1, round(self._picture.height() * self.width() / self._picture.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, marks, and the cross for who works with keys."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), CORNER, CORNER)
        painter.save()
        painter.setClipPath(frame)
        painter.scale(self._scale(), self._scale())
        painter.drawImage(QPointF(), self._picture)
        draw_ink.paint(painter, self._marks, self._picture.size())
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.role("field"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        if self.hasFocus():
            self._paint_cross(painter)
            ring(painter, self.rect(), CORNER)
        painter.end()

    def _begin(self, point: QPointF) -> None:
        self._marks.append(Arrow(point, point, self.ink) if self.arrows else Stroke((point,), self.ink))
        self._drawing = True
        self._cross = point
        self.update()

    def _go_on(self, point: QPointF) -> None:
        last = self._marks[-1]
        if isinstance(last, Stroke | Arrow):
            self._marks[-1] = last.on(point)
            self._cross = point
            self.update()

    def _end(self) -> None:
        self._drawing = False
        self._note()
        self.marked.emit()

    def _note(self) -> None:
        self.setProperty(OWN, bool(self._marks))
        self.update()

    def _move_cross(self, by: QPointF) -> None:
        where = self._cross + by
        wide, high = self._picture.width(), self._picture.height()
        self._cross = QPointF(min(max(where.x(), 0), wide), min(max(where.y(), 0), high))
        self.update()

    def _scale(self) -> float:
        return self.width() / self._picture.width() if self._picture.width() else 1.0

    def _to_picture(self, spot: QPointF) -> QPointF:
        return spot / self._scale()

    def _paint_cross(self, painter: QPainter) -> None:
        middle, arm = self._cross * self._scale(), theme.px(ARM)
        for wide, colour in ((4.0, Qt.GlobalColor.white), (1.8, Qt.GlobalColor.black)):
            painter.setPen(QPen(colour, wide))
            painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
            painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))
