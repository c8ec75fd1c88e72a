"""How a trail is drawn on the map, and which of its points or legs lies under a pixel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ui import theme
from ui.map.projection import Point, View
from ui.map.trail import Trail

RADIUS = 7  # px at scale 1
CHOSEN = 10  # also of a position that stands alone
HANDLE = 4  # the middle of a leg, where a point can be pulled out
REACH = 14  # px around a point that still mean it
ROOM = 44  # px a leg needs to offer its middle
CROSS = 11


def at(trail: Trail, view: View, spot: QPointF) -> int:
    """The number of the point under a px, -1 for none; of several the one drawn last."""
    near = theme.px(REACH)
    hits = [n for n, where in enumerate(places(trail.points, view)) if (where - spot).manhattanLength() <= near]
    return hits[-1] if hits else -1


def middle_at(trail: Trail, view: View, spot: QPointF) -> int:
    """The number of the leg whose middle is under a px, -1 for none."""
    near = theme.px(REACH)
    hits = [n for n, where in _middles(trail, view) if (where - spot).manhattanLength() <= near]
    return hits[-1] if hits else -1


def places(points: Sequence[Point], view: View) -> list[QPointF]:
    """Where the points are in the picture."""
    return [QPointF(*view.to_px(point)) for point in points]


def paint(painter: QPainter, view: View, trail: Trail, chosen: int) -> None:
    """Draw ground, legs and points, the chosen one larger, with a number beside each where there are several."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    spots = places(trail.points, view)
    _paint_legs(painter, trail, spots)
    _paint_middles(painter, trail, view)
    for number, spot in enumerate(spots):
        if number != chosen:
            _paint_point(painter, spot, str(number + 1) if trail.most != 1 else "", chosen=False)
    if 0 <= chosen < len(spots):
        _paint_point(painter, spots[chosen], str(chosen + 1) if trail.most != 1 else "", chosen=True)


def paint_cross(painter: QPainter, middle: QPointF) -> None:
    """The aim in the middle of the map, for who works with keys."""
    arm = theme.px(CROSS)
    for width, role in ((4.0, "card"), (1.8, "ink")):
        painter.setPen(QPen(theme.role(role), width))
        painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
        painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))


def _middles(trail: Trail, view: View) -> list[tuple[int, QPointF]]:
    if trail.most:
        return []
    ends = [(QPointF(*view.to_px(a)), QPointF(*view.to_px(b))) for a, b in trail.legs()]
    room = theme.px(ROOM)
    return [(n, (a + b) / 2) for n, (a, b) in enumerate(ends) if (a - b).manhattanLength() > room]


def _paint_legs(painter: QPainter, trail: Trail, spots: list[QPointF]) -> None:
    if trail.closed and len(spots) > 2:
        fill = QColor(theme.role("pri"))
        fill.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(spots))
        spots = [*spots, spots[0]]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, role in ((5.5, "card"), (2.5, "pri")):
        painter.setPen(QPen(theme.role(role), width, j=Qt.PenJoinStyle.RoundJoin, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(spots)


def _paint_middles(painter: QPainter, trail: Trail, view: View) -> None:
    painter.setPen(QPen(theme.role("pri"), 1.5))
    painter.setBrush(theme.role("card"))
    for _, spot in _middles(trail, view):
        painter.drawEllipse(spot, theme.px(HANDLE), theme.px(HANDLE))


def _paint_point(painter: QPainter, spot: QPointF, number: str, *, chosen: bool) -> None:
    radius = theme.px(CHOSEN if chosen or not number else RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.role("card"))
    painter.drawEllipse(spot, radius + 2, radius + 2)
    painter.setPen(QPen(theme.role("pri"), 2.5))
    painter.setBrush(theme.role("pri" if chosen or not number else "card"))
    painter.drawEllipse(spot, radius - 1, radius - 1)
    if number:
        _paint_number(painter, spot + QPointF(radius + 3, -radius - 3), number)


def _paint_number(painter: QPainter, corner: QPointF, number: str) -> None:
    painter.setFont(theme.font(theme.SMALL, bold=True))
    wide, high = painter.fontMetrics().horizontalAdvance(number) + theme.px(8), theme.px(17)
    box = QRectF(corner.x() - 3, corner.y() - high / 2 - 3, wide, high)
    ground = QColor(theme.role("card"))
    ground.setAlphaF(0.88)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme.role("pri"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), number)
