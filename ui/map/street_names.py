"""The names of the streets: along their lines, none over another, the same wherever one comes from.

The ground is laid out in squares, and in each of them names are placed for themselves. A name stands whole in its
square, so squares know nothing of each other, and a tile that is drawn alone shows its part of the names that its
neighbours show.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QTransform

from fieldapp.places import Layers, Street
from fieldapp.places.streets import ARTERIAL
from ui import theme
from ui.map.projection import SIDE, Tile, View
from ui.map.runs import STEP, Run, Spot, runs_of, straight_places
from ui.map.streets import BAND, ROADS

SQUARE = 480  # px at scale 1: the side of a square at least
FROM = min(road.named for road in ROADS.values())
HALO = 1.5  # px
HIGH = 14.0  # px: how high letters are, and how far names keep from each other
KEPT = 48  # squares
RANKS = {road: rank for rank, road in enumerate(reversed(list(ROADS)))}  # whose name comes first


@dataclass(frozen=True)
class Sheet:
    """What names are placed for: px of the screen a degree and for each px of the layout, and how large letters are."""

    kx: float
    ky: float
    ratio: float
    letters: float

    @property
    def unit(self) -> float:
        """Px of the screen that 1 px at scale 1 is."""
        return self.ratio * self.letters

    @property
    def side(self) -> int:
        """Px of the screen that a square is wide and high: whole tiles, so that each of these lies in one square."""
        return SIDE * math.ceil(SQUARE * self.unit / SIDE)


@dataclass(frozen=True)
class Name:
    """Words, their middle (px of the screen from where the degrees begin), and how they are turned (degrees)."""

    words: str
    road: str
    x: float
    y: float
    angle: float


class StreetNames:
    """The names of one map's streets; what was placed is kept."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self.count = 0  # squares that were placed
        self._kept: OrderedDict[tuple[Sheet, int, int], list[Name]] = OrderedDict()

    def paint(self, painter: QPainter, tile: Tile) -> None:
        """Draw what a tile shows of them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name in self.placed(tile):
            _paint(painter, name, tile)

    def placed(self, tile: Tile) -> list[Name]:
        """All names of the square that a tile lies in."""
        if tile.scale < FROM:
            return []
        sheet = _sheet(tile)
        key = sheet, tile.column * SIDE // sheet.side, tile.row * SIDE // sheet.side
        if key not in self._kept:
            self.count += 1
            self._kept[key] = list(_names(self._named(key, tile), sheet, key[1] * sheet.side, key[2] * sheet.side))
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def boxes(self, view: View, high: float) -> list[QRectF]:
        """Where those that were placed are in a view, `high` px around the line they stand on."""
        kx, ky, dx, dy = view.factors()
        moved, found = QPointF(dx, dy), []
        for (sheet, _column, _row), names in self._kept.items():
            if (sheet.kx, sheet.ky) == (kx * sheet.ratio, ky * sheet.ratio):
                found += [_box(name, sheet.ratio, moved, high / 2) for name in names]
        return found

    def _named(self, key: tuple[Sheet, int, int], tile: Tile) -> list[Street]:
        """The streets of a square whose names are shown from there."""
        sheet, column, row = key
        west, east = (at * sheet.side / sheet.kx for at in (column, column + 1))
        north, south = (at * sheet.side / sheet.ky for at in (row, row + 1))
        streets = self._layers.streets((west, south, east, north), tile.degrees_a_pixel)
        return [one for one in streets if one.name and tile.scale >= ROADS[one.road].named]


def _sheet(tile: Tile) -> Sheet:
    return Sheet(tile.kx, tile.ky, tile.ratio, theme.scale())


def _names(streets: Sequence[Street], sheet: Sheet, left: int, top: int) -> Iterator[Name]:
    """Names in a square, where there is room: of greater roads first, then of those of which most is seen."""
    taken: set[tuple[int, int]] = set()
    for road, words, runs in _ranked(streets, sheet, left, top):
        wide = _lettered(words, road == ARTERIAL, sheet.letters).wide * sheet.ratio
        for start, end in straight_places(runs, wide, STEP * sheet.unit):
            room = _room(start, end, HIGH * sheet.unit)
            if not room & taken:
                taken |= {(x + beside, y + above) for x, y in room for beside in (-1, 0, 1) for above in (-1, 0, 1)}
                yield _name(words, road, (start[0] + left, start[1] + top), (end[0] + left, end[1] + top))
                break


def _ranked(streets: Sequence[Street], sheet: Sheet, left: int, top: int) -> list[tuple[str, str, list[Run]]]:
    """Each name once, with its class and what is seen of its street, longest first."""
    margin = HIGH * sheet.unit / 2 + HALO * sheet.unit
    found: dict[str, tuple[str, list[Run]]] = {}
    for one in streets:
        road, runs = found.setdefault(one.name, (one.road, []))
        runs += runs_of(one.line, (sheet.kx, sheet.ky, -left, -top), margin, sheet.side - margin)
        if RANKS[one.road] < RANKS[road]:
            found[one.name] = one.road, runs
    listed = [(road, words, sorted(runs, key=lambda run: -run.length)) for words, (road, runs) in found.items() if runs]
    return sorted(listed, key=lambda one: (RANKS[one[0]], -one[2][0].length, one[1]))


def _name(words: str, road: str, start: Spot, end: Spot) -> Name:
    """The name between two places, turned so that it is not read from below."""
    if (end[0], -end[1]) < (start[0], -start[1]):
        start, end = end, start
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    return Name(words, road, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2, angle)


def _room(start: Spot, end: Spot, high: float) -> set[tuple[int, int]]:
    """The places that a name takes, in a grid as fine as letters are high."""
    count = max(1, math.ceil(math.dist(start, end) / high))
    across, down = (end[0] - start[0]) / count, (end[1] - start[1]) / count
    spots = ((start[0] + n * across, start[1] + n * down) for n in range(count + 1))
    return {(int(x // high), int(y // high)) for x, y in spots}


def _box(name: Name, ratio: float, moved: QPointF, beside: float) -> QRectF:
    half = _lettered(name.words, name.road == ARTERIAL, theme.scale()).wide / 2
    turned = QPointF(half * math.cos(math.radians(name.angle)), half * math.sin(math.radians(name.angle)))
    middle = QPointF(name.x / ratio, name.y / ratio) + moved
    return QRectF(middle - turned, middle + turned).normalized().adjusted(-beside, -beside, beside, beside)


def _paint(painter: QPainter, name: Name, tile: Tile) -> None:
    """The words in the road's ink, with a rim of what they stand on around them."""
    _kx, _ky, dx, dy = tile.factors()
    road, lettered = ROADS[name.road], _lettered(name.words, name.road == ARTERIAL, theme.scale())
    reach, x, y = lettered.reach * tile.ratio, name.x + dx, name.y + dy
    if not (-reach < x < SIDE + reach and -reach < y < SIDE + reach):
        return
    where = QTransform.fromTranslate(x, y).rotate(name.angle).scale(tile.ratio, tile.ratio)
    ground = road.ground(tile.scale)
    if not road.is_band(tile.scale):  # a line would strike the words through where they have a gap
        painter.fillPath(where.map(lettered.stripe), ground)
    painter.fillPath(where.map(lettered.rim), ground)
    painter.fillPath(where.map(lettered.words), theme.role("ink" if name.road == ARTERIAL else "ink2"))


@dataclass(frozen=True)
class _Lettered:
    """Words around their middle, in px of the layout: their rim, the stripe behind them in which a line would be, how
    wide they are and how far they reach from their middle."""

    words: QPainterPath
    rim: QPainterPath
    stripe: QPainterPath
    wide: float

    @property
    def reach(self) -> float:
        return self.wide / 2 + HIGH


@lru_cache(maxsize=2048)
def _lettered(words: str, bold: bool, letters: float) -> _Lettered:
    font = theme.font(theme.SMALL, bold=bold)
    metrics = QFontMetricsF(font)
    wide = metrics.horizontalAdvance(words)
    path, stripe = QPainterPath(), QPainterPath()
    path.addText(-wide / 2, metrics.capHeight() / 2, font, words)
    stripe.addRect(-wide / 2 - BAND, -BAND, wide + 2 * BAND, 2 * BAND)
    return _Lettered(path, _rim(path, HALO * letters), stripe, wide)


def _rim(words: QPainterPath, wide: float) -> QPainterPath:
    """A box around each letter: at their size hardly another thing than a line around it, and painted ten times as
    quickly."""
    rim = QPainterPath()
    rim.setFillRule(Qt.FillRule.WindingFill)
    for letter in words.toSubpathPolygons():
        rim.addRoundedRect(letter.boundingRect().adjusted(-wide, -wide, wide, wide), wide, wide)
    return rim
