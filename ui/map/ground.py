"""The ground of the map, tile by tile: ward outlines, and properties as small squares once one is near enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from fieldapp.places import Layers, Marker, Outline
from fieldapp.places.found import Box
from fieldapp.places.outlines import level_for
from ui import theme
from ui.map import streets
from ui.map.borders import BESIDE, lines_in_sight
from ui.map.projection import Piece, Point, Tile, around_point
from ui.map.street_names import StreetNames

NEAR = 0.03  # px a metre from which properties are drawn
ALL = 0.25  # px a metre from which all of them are, also in a dense city: farther off only those around the pins
FEW = 6000  # properties of a city that is so small that all are drawn from NEAR on
HOUSE = 13.0  # metres: about the width of a lot, for layers that hold points only
MOST = 6000  # squares of a tile that are drawn at most
AROUND = 350.0  # metres
LOTS = 0.5  # px a metre from which a lot's own outline can be told from a square
SEEN = 2.3  # half px that a border, drawn 5 px wide, may be beside its place: nobody sees one
WORLD = (-180.0, -90.0, 180.0, 90.0)
COARSE = 0.01  # degrees a px


class Ground:
    """What the layers hold of the ground. What is asked anew for each tile is read once."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self.street_names = StreetNames(layers)
        self._read: dict[int, list[Outline]] = {}

    def paint(self, painter: QPainter, tile: Tile, spots: Sequence[Point] = ()) -> None:
        """Draw a tile; with empty layers that is the plain ground. `spots` are the pins."""
        if tile.scale >= NEAR:
            self._paint_properties(painter, tile, spots)
        streets.paint(painter, tile, self._layers.streets(tile.box(BESIDE), tile.degrees_a_pixel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_borders(painter, tile, self.wards(tile, SEEN))
        self.street_names.paint(painter, tile)

    def wards(self, piece: Piece, rough: float) -> list[Outline]:
        """All wards, in the detail that shows when `rough` half px more or less are not seen."""
        level = level_for(piece.degrees_a_pixel * rough)
        if level not in self._read:
            self._read[level] = self._layers.outlines("wards", WORLD, piece.degrees_a_pixel * rough)
        return self._read[level]

    def shows_all(self, scale: float) -> bool:
        """Whether all properties are drawn at so many px a metre, wherever the pins are."""
        return scale < NEAR or scale >= ALL or self.is_small

    def corners(self) -> list[Point]:
        """Two corners of the box around all wards; none without wards."""
        rings = [ring for ward in self._layers.outlines("wards", WORLD, COARSE) for ring in ward.rings]
        if not rings:
            return []
        west, east = min(min(ring[0::2]) for ring in rings), max(max(ring[0::2]) for ring in rings)
        south, north = min(min(ring[1::2]) for ring in rings), max(max(ring[1::2]) for ring in rings)
        return [Point(south, west), Point(north, east)]

    @cached_property
    def _layer(self) -> str:
        return "parcels" if self._layers.markers("parcels", WORLD, 1) else "addresses"

    @cached_property
    def is_small(self) -> bool:
        """Whether the city has so few properties that all are drawn from far away too."""
        return not self._layers.crowded(self._layer, WORLD, FEW)

    def _paint_properties(self, painter: QPainter, tile: Tile, spots: Sequence[Point]) -> None:
        painter.setPen(QPen(theme.role("line"), max(1, round(tile.ratio))))
        painter.setBrush(theme.role("card"))
        lots = self._layers.outlines("parcels", tile.box(BESIDE)) if tile.scale >= LOTS else []
        if lots:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for lot in sorted(lots, key=lambda one: one.id):
                painter.drawPath(path_of(lot, tile))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)  # squares at whole px: sharper, and quicker
        painter.drawRects(_squares(self._markers(tile, spots), tile))

    def _markers(self, tile: Tile, spots: Sequence[Point]) -> Iterable[Marker]:
        """The properties of a tile, in an order that is the same for its neighbours: each covers those before it."""
        whole = tile.box(_side(tile) + BESIDE)
        boxes = [whole]
        if not self.shows_all(tile.scale):
            around = (_shared(around_point(spot, AROUND), whole) for spot in spots)
            boxes = [box for box in around if box is not None]
        found = {one.id: one for box in boxes for one in self._layers.markers(self._layer, box, MOST)}
        return (found[number] for number in sorted(found))


def _shared(one: Box, other: Box) -> Box | None:
    """What both boxes hold; None where they are apart."""
    west, south, east, north = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    return (west, south, east, north) if west < east and south < north else None


def _side(tile: Tile) -> int:
    return round(max(2.5, HOUSE * tile.scale) * tile.ratio)


def _squares(markers: Iterable[Marker], tile: Tile) -> list[QRect]:
    side = _side(tile)
    kx, ky, dx, dy = tile.factors()
    half = side / 2
    return [QRect(round(one.lon * kx + dx - half), round(one.lat * ky + dy - half), side, side) for one in markers]


def _paint_borders(painter: QPainter, tile: Tile, wards: list[Outline]) -> None:
    lines = [line for ward in wards for line in lines_in_sight(ward, tile)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, role in ((5, "card"), (1.6, "field")):
        painter.setPen(QPen(theme.role(role), width * tile.ratio, j=Qt.PenJoinStyle.RoundJoin))
        for line in lines:
            painter.drawPolyline(line)


def path_of(area: Outline, piece: Piece) -> QPainterPath:
    """The outline of an area as it is drawn."""
    kx, ky, dx, dy = piece.factors()
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in area.rings:
        points = [QPointF(lon * kx + dx, lat * ky + dy) for lon, lat in zip(ring[0::2], ring[1::2], strict=False)]
        path.addPolygon(QPolygonF(points))
    return path
