"""The ground of the map: ward outlines with their numbers, and properties as small squares once one is near enough."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from fieldapp.places import Layers, Marker, Outline
from fieldapp.texts import tr
from ui import theme
from ui.map.borders import lines_in_sight
from ui.map.projection import Point, View, around_point

NEAR = 0.03  # px a metre from which properties are drawn
HOUSE = 13.0  # metres: about the width of a lot, for layers that hold points only
MOST = 6000  # squares that are drawn at most; where there are more, only those around the pins are
AROUND = 350.0  # metres
MOST_AROUND = 1200
LOTS = 0.15  # px a metre from which a lot's own outline can be seen
SEEN = 2.3  # half px that a border, drawn 5 px wide, may be beside its place: nobody sees one
ROUGH = 25  # how much rougher an area may be for the place of its name
ROOM = 70.0  # px that a name needs, and keeps from pins
WORLD = (-180.0, -90.0, 180.0, 90.0)
COARSE = 0.01  # degrees a px
FAR_WARDS = 0.012  # px a metre below which ward numbers would cover each other


def paint(painter: QPainter, view: View, layers: Layers, spots: Sequence[Point] = ()) -> None:
    """Draw what the layers hold of the view; with empty layers that is the plain ground. `spots` are the pins."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if view.scale >= NEAR:
        _paint_properties(painter, view, layers, spots)
    wards = layers.outlines("wards", view.box(), view.degrees_a_pixel * SEEN)
    _paint_borders(painter, view, wards)
    if view.scale >= FAR_WARDS:
        _paint_names(painter, view, layers.outlines("wards", view.box(), view.degrees_a_pixel * ROUGH), spots)


def corners(layers: Layers) -> list[Point]:
    """Two corners of the box around all wards; none without wards."""
    rings = [ring for ward in layers.outlines("wards", WORLD, COARSE) for ring in ward.rings]
    if not rings:
        return []
    west, east = min(min(ring[0::2]) for ring in rings), max(max(ring[0::2]) for ring in rings)
    south, north = min(min(ring[1::2]) for ring in rings), max(max(ring[1::2]) for ring in rings)
    return [Point(south, west), Point(north, east)]


def _paint_properties(painter: QPainter, view: View, layers: Layers, spots: Sequence[Point]) -> None:
    painter.setPen(QPen(theme.role("line"), 1))
    painter.setBrush(theme.role("card"))
    lots = layers.outlines("parcels", view.box(), view.degrees_a_pixel) if view.scale >= LOTS else []
    for lot in lots:
        painter.drawPath(path_of(lot, view))
    if not lots:
        painter.drawRects(_squares(_markers(layers, view, spots), view))


def _markers(layers: Layers, view: View, spots: Sequence[Point]) -> list[Marker]:
    """The properties in the view; in a dense city only those around the pins."""
    layer = "parcels" if layers.markers("parcels", view.box(), 1) else "addresses"
    if not layers.crowded(layer, view.box(), MOST):
        return layers.markers(layer, view.box(), MOST)
    near = (layers.markers(layer, around_point(spot, AROUND), MOST_AROUND) for spot in spots)
    return list({one.id: one for several in near for one in several}.values())


def _squares(markers: list[Marker], view: View) -> list[QRectF]:
    side = max(2.5, HOUSE * view.scale)
    kx, ky, dx, dy = view.factors()
    half = side / 2
    return [QRectF(one.lon * kx + dx - half, one.lat * ky + dy - half, side, side) for one in markers]


def _paint_borders(painter: QPainter, view: View, wards: list[Outline]) -> None:
    lines = [line for ward in wards for line in lines_in_sight(ward, view)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, role in ((5, "card"), (1.6, "field")):
        painter.setPen(QPen(theme.role(role), width, j=Qt.PenJoinStyle.RoundJoin))
        for line in lines:
            painter.drawPolyline(line)


def _paint_names(painter: QPainter, view: View, wards: list[Outline], spots: Sequence[Point]) -> None:
    painter.setFont(theme.font(theme.SMALL, bold=True))
    painter.setPen(theme.role("ink2"))
    taken = [QPointF(*view.to_px(spot)) for spot in spots]
    named: list[QRectF] = []
    for ward in wards:
        where = _free_place(ward, view, taken)
        if where is None:
            continue
        for words in (_name(ward), _number(ward)):  # the number alone where the name would cover another
            box = QRectF(painter.fontMetrics().boundingRect(words)).adjusted(-4, -2, 4, 2)
            box.moveCenter(where)
            if not any(box.intersects(other) for other in named):
                named.append(box)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
                break


def _name(ward: Outline) -> str:
    return tr("Ward {number}", number=_number(ward))


def _number(ward: Outline) -> str:
    return ward.code.lstrip("0") or ward.code


def path_of(area: Outline, view: View) -> QPainterPath:
    """The outline of an area as it is drawn."""
    kx, ky, dx, dy = view.factors()
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in area.rings:
        points = [QPointF(lon * kx + dx, lat * ky + dy) for lon, lat in zip(ring[0::2], ring[1::2], strict=False)]
        path.addPolygon(QPolygonF(points))
    return path


def _free_place(area: Outline, view: View, taken: Sequence[QPointF]) -> QPointF | None:
    """A place for an area's name in what is shown of it, away from the pins; None where there is little room."""
    shown = QPainterPath()
    shown.addRect(QRectF(0, 0, view.width, view.height))
    part = path_of(area, view).intersected(shown)
    box = part.boundingRect()
    if box.width() < ROOM or box.height() < ROOM:
        return None
    steps = [(x, y) for y in (0.5, 0.3, 0.7) for x in (0.5, 0.3, 0.7)]
    places = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in steps]
    inside = [place for place in places if part.contains(place)]
    free = (place for place in inside if all((place - pin).manhattanLength() > ROOM for pin in taken))
    return next(free, None)
