"""What is drawn on a picture: strokes, arrows and words in the picture's own pixels, so that any size of it shows the
same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPolygonF

INKS = {"black": "#14213D", "red": "#C6281C", "blue": "#0A5AA5"}  # the same by day and by night: it is paper
FINE, LETTER = 240, 26  # of the longer side: one part is the pen's width; letters are so many parts less high
HALO = QColor("#FFFFFF")
HEAD = 7  # the arrow's head is so many pens long
JOIN = Qt.PenJoinStyle.RoundJoin


@dataclass(frozen=True)
class Stroke:
    """A line of the pen through `points`; one point alone is a dot."""

    points: tuple[QPointF, ...]
    ink: str

    def on(self, point: QPointF) -> Stroke:
        """The stroke drawn further."""
        return replace(self, points=(*self.points, point))


@dataclass(frozen=True)
class Arrow:
    """From where one began to what one points at."""

    tail: QPointF
    tip: QPointF
    ink: str

    def on(self, point: QPointF) -> Arrow:
        """The arrow that points there."""
        return replace(self, tip=point)


@dataclass(frozen=True)
class Words:
    """Words written on the picture, beginning at `place`."""

    place: QPointF
    text: str
    ink: str


Mark = Stroke | Arrow | Words


def paint(painter: QPainter, marks: Sequence[Mark], size: QSize) -> None:
    """Draw the marks on a picture of `size`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    longer = max(size.width(), size.height())
    for mark in marks:
        if isinstance(mark, Stroke):
            _paint_stroke(painter, mark, longer / FINE)
        elif isinstance(mark, Arrow):
            _paint_arrow(painter, mark, longer / FINE)
        else:
            _paint_words(painter, mark, longer / LETTER)


def drawn_on(picture: QImage, marks: Sequence[Mark]) -> QImage:
    """A copy of the picture with the marks on it. Any thread may do it."""
    made = picture.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(made)
    paint(painter, marks, made.size())
    painter.end()
    return made


def _paint_stroke(painter: QPainter, stroke: Stroke, wide: float) -> None:
    points = stroke.points if len(stroke.points) > 1 else (*stroke.points, stroke.points[0] + QPointF(0.1, 0.1))
    colour = QColor(INKS[stroke.ink])
    painter.setPen(QPen(colour, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF(list(points)))


def _paint_arrow(painter: QPainter, arrow: Arrow, wide: float) -> None:
    """A line with a filled head, on a light ground that keeps it visible on any photo."""
    way = QLineF(arrow.tip, arrow.tail)
    if way.length() < wide:
        return
    long = min(way.length(), wide * HEAD)
    head = [arrow.tip]
    for turn in (-25, 25):
        side = QLineF(way)
        side.setAngle(way.angle() + turn)
        side.setLength(long)
        head.append(side.p2())
    shaft = QLineF(way)
    shaft.setLength(long * 0.8)
    for colour, more in ((HALO, wide), (QColor(INKS[arrow.ink]), 0.0)):
        painter.setPen(QPen(colour, wide + more, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(arrow.tail, shaft.p2())
        painter.setPen(QPen(colour, more or 1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, JOIN))
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF(head))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_words(painter: QPainter, words: Words, high: float) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(high)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    room = painter.fontMetrics().boundingRect(words.text)
    ground = QRectF(words.place.x() - high / 4, words.place.y() - high, room.width() + high / 2, high * 1.35)
    halo = QColor(HALO)
    halo.setAlphaF(0.82)  # words stay legible on any photo
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(halo)
    painter.drawRoundedRect(ground, high / 5, high / 5)
    painter.setPen(QColor(INKS[words.ink]))
    painter.drawText(words.place, words.text)
