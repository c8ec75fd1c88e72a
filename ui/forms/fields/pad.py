"""The pad of a signature: strokes of mouse, finger or pen, always dark ink on white paper."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme

WIDE, HIGH = 420, 132  # px at scale 1
INK = QColor("#14213D")


class Pad(QWidget):
    """`stroked` tells that a stroke ended."""

    stroked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.px(WIDE), theme.px(HIGH))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._paths: list[QPainterPath] = []
        self._kept = QImage()

    def is_empty(self) -> bool:
        """Whether nothing was drawn since the last `show_image` or `clear`."""
        return not self._paths

    def show_image(self, image: QImage) -> None:
        """Show a signature that was kept; new strokes start afresh."""
        self._kept = image
        self._paths = []
        self.update()

    def clear(self) -> None:
        """An empty pad."""
        self.show_image(QImage())

    def drawn(self) -> QImage:
        """What was drawn, at twice the size, on white."""
        image = QImage(self.size() * 2, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(2, 2)
        self._paint_strokes(painter)
        painter.end()
        return image

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self._kept = QImage()
        path = QPainterPath(event.position())
        path.lineTo(event.position() + QPointF(0.1, 0.1))
        self._paths.append(path)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self._paths:
            self._paths[-1].lineTo(event.position())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """It ends."""
        self.stroked.emit()

    def sizeHint(self) -> QSize:
        """One size: what is drawn is kept as drawn."""
        return QSize(theme.px(WIDE), theme.px(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, line to sign on, and the signature."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("field"))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        base = self.height() - theme.px(28)
        painter.setPen(QPen(QColor("#C3CAD3"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(theme.px(20), base, self.width() - theme.px(20), base)
        if not self._kept.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Darken)
            painter.drawImage(self.rect().adjusted(3, 3, -3, -3), self._kept)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        self._paint_strokes(painter)
        painter.end()

    def _paint_strokes(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(INK, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for path in self._paths:
            painter.drawPath(path)
