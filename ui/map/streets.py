"""The streets of the map: each class in its colours, as wide as it looks from there, greater roads above lesser ones.

From near a street is a band with an edge on both sides, from afar a line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from fieldapp.places import Street
from fieldapp.places.streets import ARTERIAL, COLLECTOR, LOCAL
from ui import theme
from ui.map.projection import SIDE, Tile
from ui.map.runs import seen

EDGE = 1.0  # px
GROWING = 1.3  # from afar streets are to leave room for what is between them
SEEN = 0.4  # so much more of it in high contrast
WIDEST = 24.0  # px: how far a street out of sight still shows
BAND = 3.5  # px wide from which a street is a band


@dataclass(frozen=True)
class Road:
    """How a class looks: from how many px a metre on it is drawn and named; how wide it is: so many px from afar, and
    then by the metre, never more than `most`. Its edge is so much of one role on the ground, its fill another role."""

    drawn: float
    named: float
    least: float
    metres: float
    most: float
    edge: tuple[str, float]
    fill: str

    def width(self, scale: float) -> float:
        """How many px wide it is at so many px a metre."""
        return min(self.most, self.least + self.metres * math.pow(scale, GROWING))

    def is_band(self, scale: float) -> bool:
        """Whether it has edges at so many px a metre; else it is a line of the edges' colour."""
        return self.width(scale) >= BAND

    def ground(self, scale: float) -> QColor:
        """What its name stands on."""
        return theme.role(self.fill if self.is_band(scale) else "bg")

    def colours(self, scale: float) -> tuple[QColor, QColor | None]:
        """Of its edge, and of what is between them."""
        role, share = self.edge
        share = min(1.0, share + SEEN) if theme.look() == "contrast" else share
        edge = mixed(theme.role(role), theme.role("bg"), share)
        return edge, theme.role(self.fill) if self.is_band(scale) else None


ROADS: Mapping[str, Road] = {  # in the order in which they are painted
    LOCAL: Road(0.12, 0.55, 0.6, 9.0, 15.0, ("field", 0.35), "card"),
    COLLECTOR: Road(0.045, 0.3, 0.8, 11.0, 19.0, ("field", 0.6), "card"),
    ARTERIAL: Road(0.0, 0.1, 1.6, 13.0, 23.0, ("warn", 0.5), "warn_soft"),
}


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of one colour, the rest of the other."""
    rest = 1 - share
    return QColor(
        round(share * one.red() + rest * other.red()),
        round(share * one.green() + rest * other.green()),
        round(share * one.blue() + rest * other.blue()),
    )


def paint(painter: QPainter, tile: Tile, streets: Iterable[Street]) -> None:
    """Draw the streets of a tile. All edges come first, so that roads run into each other where they cross."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    roads = [(ROADS[name], lines) for name, lines in _seen(tile, streets).items()]
    for road, lines in roads:
        painter.setPen(_pen(road.colours(tile.scale)[0], road.width(tile.scale) * tile.ratio))
        _draw(painter, lines)
    for road, lines in roads:
        _edge, fill = road.colours(tile.scale)
        if fill is not None:
            painter.setPen(_pen(fill, (road.width(tile.scale) - 2 * EDGE) * tile.ratio))
            _draw(painter, lines)


def _seen(tile: Tile, streets: Iterable[Street]) -> dict[str, list[QPolygonF]]:
    """What comes into the tile of each class."""
    factors, beside = tile.factors(), WIDEST * tile.ratio
    found: dict[str, list[QPolygonF]] = {name: [] for name, road in ROADS.items() if tile.scale >= road.drawn}
    for street in streets:
        if street.road in found:
            parts = seen(street.line, factors, -beside, SIDE + beside)
            found[street.road] += [QPolygonF([QPointF(x, y) for x, y in part]) for part in parts]
    return found


def _draw(painter: QPainter, lines: Iterable[QPolygonF]) -> None:
    for line in lines:
        painter.drawPolyline(line)


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.MiterJoin)
