"""Pins: numbered discs on the map, the chosen one filled, a dashed way from each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui import theme
from ui.map.projection import Point, View

RADIUS = 16
DOT = 8  # of a pin without a number
ASIDE = 2 * RADIUS - 4  # px between pins that would hide each other


@dataclass(frozen=True)
class Pin:
    """A thing on the map; `id` and number are those of its line in the list."""

    id: str
    number: str
    point: Point
    name: str = ""


def places(pins: Sequence[Pin], view: View) -> list[tuple[Pin, QPointF]]:
    """Where each pin is drawn: at its point, or beside an earlier pin that stands there already."""
    found: list[tuple[Pin, QPointF]] = []
    for pin in pins:
        where = QPointF(*view.to_px(pin.point))
        while any((where - other).manhattanLength() < theme.px(RADIUS) for _, other in found):
            where += QPointF(theme.px(ASIDE), 0)
        found.append((pin, where))
    return found


def at(pins: Sequence[Pin], view: View, spot: QPointF) -> Pin | None:
    """The pin under a px, the topmost first."""
    near = theme.px(RADIUS)
    hits = [pin for pin, where in places(pins, view) if (where - spot).manhattanLength() <= near * 1.4]
    return hits[-1] if hits else None


def paint(painter: QPainter, view: View, pins: Sequence[Pin], chosen: str, *, way: bool) -> None:
    """Draw the way and all pins, the chosen one last so that nothing hides it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    placed = places(pins, view)
    if way:
        pen = QPen(theme.role("pri"), theme.px(2) + 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawPolyline([where for _, where in placed])
    for pin, where in sorted(placed, key=lambda pair: pair[0].id == chosen):
        _paint_one(painter, pin, where, filled=pin.id == chosen)


def _paint_one(painter: QPainter, pin: Pin, where: QPointF, *, filled: bool) -> None:
    radius = (theme.px(RADIUS) if pin.number else theme.px(DOT)) + (2 if filled else 0)
    painter.setPen(QPen(theme.role("card"), 2))
    painter.setBrush(theme.role("card"))
    painter.drawEllipse(where, radius + 1.5, radius + 1.5)
    painter.setPen(QPen(theme.role("pri"), 2.5))
    painter.setBrush(theme.role("pri" if filled else "card"))
    painter.drawEllipse(where, radius - 1, radius - 1)
    painter.setPen(theme.role("on_pri" if filled else "pri"))
    painter.setFont(theme.font(theme.BODY, bold=True))
    box = QRectF(where.x() - radius, where.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, pin.number)
