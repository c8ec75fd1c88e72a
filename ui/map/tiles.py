"""The ground as it is shown: tiles that are drawn once and then moved, and while the missing ones are drawn, a little
at a time so that the screen never waits, the picture from before, stretched to where it belongs."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap

from ui import theme
from ui.map.ground import Ground
from ui.map.projection import SIDE, Point, Tile, View

SLICE = 0.010  # s that tiles are drawn in one go; a person feels nothing below 0.05
KEPT = 64  # tiles at least, a quarter of a MiB each
SCREENS = 2  # as many screens full of tiles are kept, where that is more


@dataclass(frozen=True)
class Sort:
    """What all tiles of one picture have in common: those of another are of no use for it."""

    kx: float
    ky: float
    ratio: float
    look: str
    letters: float  # how large they are: streets have names
    spots: tuple[Point, ...]  # where all properties are drawn, pins change nothing: none then


@dataclass(frozen=True)
class Shown:
    """What was painted last: where, and of which tiles."""

    view: View
    sort: Sort


class Tiles:
    """The tiles of one map; `at_once` are the seconds that one `paint` may draw new ones. `missing` counts those that
    the last one had no time for."""

    def __init__(self, ground: Ground, *, at_once: float = SLICE) -> None:
        self._ground, self._at_once = ground, at_once
        self._kept: OrderedDict[tuple[Sort, int, int], QPixmap] = OrderedDict()
        self._shown: Shown | None = None
        self._before: tuple[View, QPixmap] | None = None  # the picture of another sort that stood here
        self.missing = 1  # nothing was painted yet

    def paint(self, painter: QPainter, view: View, ratio: float, spots: Sequence[Point]) -> None:
        """Paint the ground of a view; `ratio` px of the screen for each px of the layout."""
        shown = Shown(view, self._sort(view, ratio, tuple(spots)))
        if self._shown is not None and self._shown.sort != shown.sort:
            self._before = self._shown.view, self._picture(self._shown)
        self._shown = shown
        self._draw(shown)
        self._paint(painter, shown)
        if not self.missing:
            self._before = None

    def renew(self, ground: Ground) -> None:
        """Draw all of it anew, from this ground; what stands here stays until then."""
        if self._shown is not None:
            self._before = self._shown.view, self._picture(self._shown)
        self._ground = ground
        self._kept.clear()
        self.missing = 1

    def _sort(self, view: View, ratio: float, spots: tuple[Point, ...]) -> Sort:
        kx, ky, _dx, _dy = view.factors()
        all_drawn = self._ground.shows_all(view.scale)
        return Sort(kx * ratio, ky * ratio, ratio, theme.look(), theme.scale(), () if all_drawn else spots)

    def _draw(self, shown: Shown) -> None:
        """Draw the tiles that are not there, at least one, until the time is over."""
        until, self.missing = time.perf_counter() + self._at_once, 0
        seen = list(_seen(shown))
        lacking = [(column, row) for column, row, _x, _y in seen if (shown.sort, column, row) not in self._kept]
        for done, (column, row) in enumerate(lacking):
            if done and time.perf_counter() > until:
                self.missing = len(lacking) - done
                break
            self._kept[shown.sort, column, row] = self._drawn(shown.sort, column, row)
        most = max(KEPT, SCREENS * len(seen))
        for column, row, _x, _y in seen:
            if (shown.sort, column, row) in self._kept:
                self._kept.move_to_end((shown.sort, column, row))
        while len(self._kept) > most:
            self._kept.popitem(last=False)

    def _drawn(self, sort: Sort, column: int, row: int) -> QPixmap:
        picture = QPixmap(SIDE, SIDE)
        picture.fill(theme.role("bg"))
        painter = QPainter(picture)
        self._ground.paint(painter, Tile(column, row, sort.kx, sort.ky, sort.ratio), sort.spots)
        painter.end()
        return picture

    def _paint(self, painter: QPainter, shown: Shown) -> None:
        """The picture from before where a tile is missing, and the tiles over it."""
        if self.missing and self._before is not None:
            was, picture = self._before
            painter.drawPixmap(_stretched(was, shown.view), picture, QRectF(picture.rect()))
        painter.save()
        painter.scale(1 / shown.sort.ratio, 1 / shown.sort.ratio)
        for column, row, x, y in _seen(shown):
            tile = self._kept.get((shown.sort, column, row))
            if tile is not None:
                painter.drawPixmap(x, y, tile)
        painter.restore()

    def _picture(self, shown: Shown) -> QPixmap:
        """What was painted last, as one picture that can be stretched."""
        ratio = shown.sort.ratio
        picture = QPixmap(round(shown.view.width * ratio), round(shown.view.height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.role("bg"))
        painter = QPainter(picture)
        self._paint(painter, shown)
        painter.end()
        return picture


def _seen(shown: Shown) -> Iterator[tuple[int, int, int, int]]:
    """The tiles in sight, column and row, and where each is: px of the screen from the corner."""
    _kx, _ky, dx, dy = shown.view.factors()
    ratio = shown.sort.ratio
    left, top = round(dx * ratio), round(dy * ratio)
    screen = QRect(0, 0, round(shown.view.width * ratio), round(shown.view.height * ratio))
    for row in range(-top // SIDE, (screen.height() - 1 - top) // SIDE + 1):
        for column in range(-left // SIDE, (screen.width() - 1 - left) // SIDE + 1):
            yield column, row, column * SIDE + left, row * SIDE + top


def _stretched(was: View, view: View) -> QRectF:
    """Where the picture of another view belongs in this one."""
    first, last = was.to_point(0, 0), was.to_point(was.width, was.height)
    return QRectF(QPointF(*view.to_px(first)), QPointF(*view.to_px(last)))
