"""The ground in tiles: what was moved looks as if it were drawn at once; nobody waits for what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp.places import Layers
from tests.support.pictures import drawn, settle
from tests.support.workplaces import City
from ui import theme
from ui.map.ground import Ground
from ui.map.pins import Pin
from ui.map.projection import SIDE, Point, Tile, View
from ui.map.tiles import Tiles
from ui.map.view import MapView

SIZE = QSize(500, 400)
PINS = [Pin("a", "1", Point(43.55, -78.20), "First"), Pin("b", "2", Point(43.57, -78.15), "Second")]
UNSEEN = 8  # of 255
ENDLESS = 60.0  # s: a slice that holds everything


class Counted(Ground):
    """Knows what it painted."""

    def __init__(self, layers: Layers) -> None:
        super().__init__(layers)
        self.painted: list[Tile] = []

    def paint(self, painter: QPainter, tile: Tile, spots: Sequence[Point] = ()) -> None:
        """Paint a tile."""
        self.painted.append(tile)
        super().paint(painter, tile, spots)


class Dense(Ground):
    """A city of more properties than are drawn from far away."""

    is_small = False


def painted(tiles: Tiles, view: View, ratio: float = 1.0, spots: tuple[Point, ...] = ()) -> QImage:
    picture = QImage(SIZE * ratio, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor("magenta"))
    painter = QPainter(picture)
    tiles.paint(painter, view, ratio, spots)
    painter.end()
    return picture


def whole(tiles: Tiles, view: View) -> QImage:
    """Painted again and again until nothing is missing."""
    while True:
        picture = painted(tiles, view)
        if not tiles.missing:
            return picture


def apart(one: QImage, other: QImage) -> int:
    """How many parts of px (red, green, blue) differ by more than nobody sees."""
    assert (one.size(), one.format()) == (other.size(), other.format())
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return sum(abs(mine - theirs) > UNSEEN for mine, theirs in pairs)


def at(scale: float) -> View:
    return View(PINS[0].point, scale, SIZE.width(), SIZE.height())


@pytest.mark.parametrize("ratio", [1.0, 1.5])
@pytest.mark.parametrize("scale", [0.02, 0.3, 1.5])
def test_what_was_moved_is_as_if_drawn_at_once(qtbot: QtBot, town: City, scale: float, ratio: float) -> None:
    view, moved = at(scale), Tiles(Ground(town.layers), at_once=ENDLESS)
    for step in range(40):
        view = view.moved(*((-17, 11) if step < 20 else (13.5, -9.25)))
        picture = painted(moved, view, ratio)
    assert apart(picture, painted(Tiles(Ground(town.layers), at_once=ENDLESS), view, ratio)) == 0
    assert len({picture.pixel(x, y) for x in range(0, 500, 2) for y in range(0, 400, 2)}) > 1


def test_a_tile_is_drawn_once(qtbot: QtBot, town: City) -> None:
    counted, view = Counted(town.layers), at(0.3)
    tiles = Tiles(counted, at_once=ENDLESS)
    for _ in range(SIDE // 8):
        view = view.moved(4, 0)
        painted(tiles, view)
    assert len(counted.painted) == len(set(counted.painted)) <= 4 * 3


def test_while_tiles_are_missing_the_picture_before_stands_there_stretched(qtbot: QtBot, town: City) -> None:
    tiles, view = Tiles(Ground(town.layers), at_once=0), at(0.3)
    before = whole(tiles, view)
    nearer = view.zoomed(2, 250, 200)
    at_first = painted(tiles, nearer)
    assert tiles.missing
    stretched = before.copy(125, 100, 250, 200).scaled(SIZE).convertToFormat(at_first.format())
    assert apart(at_first, stretched) < SIZE.width() * SIZE.height() / 2
    at_last = whole(tiles, nearer)
    assert apart(at_last, painted(Tiles(Ground(town.layers), at_once=ENDLESS), nearer)) == 0


def test_each_picture_draws_at_least_one_tile_and_ends(qtbot: QtBot, town: City) -> None:
    tiles, view = Tiles(Ground(town.layers), at_once=0), at(1.5)
    painted(tiles, view)
    first = tiles.missing
    counts = [first, *(_missing_after(tiles, view) for _ in range(first))]
    assert counts == list(range(first, -1, -1))


def test_a_ground_that_is_drawn_anew_leaves_no_gap(qtbot: QtBot, town: City) -> None:
    tiles, view = Tiles(Ground(town.layers), at_once=0), at(0.3)
    before = whole(tiles, view)
    tiles.renew(Ground(town.layers))
    assert apart(before, painted(tiles, view)) == 0
    assert tiles.missing


def _missing_after(tiles: Tiles, view: View) -> int:
    painted(tiles, view)
    return tiles.missing


def test_a_dense_city_draws_what_is_around_the_pins(qtbot: QtBot, town: City) -> None:
    spot = next(Point(one.lat, one.lon) for one in town.layers.markers("parcels", (-180, -90, 180, 90), 1))
    view = View(spot, 0.1, SIZE.width(), SIZE.height())
    tiles = Tiles(Dense(town.layers), at_once=ENDLESS)
    bare, with_pin = painted(tiles, view), painted(tiles, view, 1.0, (spot,))
    assert apart(bare, with_pin) > 0
    assert apart(bare, painted(tiles, view)) == 0


def shown(qtbot: QtBot, layers: Layers) -> MapView:
    view = MapView(layers, "Map")
    qtbot.addWidget(view)
    view.resize(SIZE)
    view.show_pins(PINS)
    view.show()
    view.look_at(PINS[0].point, 0.1)
    for one in (view, *view.findChildren(QWidget)):  # whose window is the active one is no matter of these pictures
        one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        one.clearFocus()
    settle()
    drawn(view)
    return view


def drag(view: MapView, way: QPointF) -> None:
    middle, none = QPointF(250, 200), Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    for kind, where in ((QEvent.Type.MouseButtonPress, middle), (QEvent.Type.MouseMove, middle + way)):
        view.event(QMouseEvent(kind, where, where, left, left, none))


def test_a_map_that_was_dragged_shows_what_it_shows_at_once(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    for _ in range(12):
        drag(view, QPointF(-19, 13))
        settle(1)
    qtbot.waitUntil(view.is_sharp)
    settle()
    dragged, where = view.grab().toImage(), view.view()
    assert where is not None
    other = shown(qtbot, town.layers)
    other.look_at(where.centre, where.scale)
    settle()
    drawn(other)
    assert apart(dragged, other.grab().toImage()) == 0


def test_pins_are_drawn_where_a_click_finds_them_while_one_moves(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    drag(view, QPointF(40, 30))
    assert not view.is_sharp()
    spot = QPoint(290, 230)
    colours = {view.grab().toImage().pixelColor(spot + QPoint(x, y)).name() for x in range(-15, 16) for y in (-9, 9)}
    assert theme.role("pri").name() in colours
    with qtbot.waitSignal(view.picked) as told:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == ["a"]


def test_what_is_no_news_of_layers_draws_nothing_anew(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    view.forget_ground()
    settle()
    drawn(view)
    view.forget_ground()
    assert view.is_sharp()


def test_layers_that_came_are_drawn(qtbot: QtBot, town: City, tmp_path: Path) -> None:
    file = tmp_path / "layers.db"
    layers = Layers(file)
    view = shown(qtbot, layers)
    bare = view.grab().toImage()
    file.write_bytes(town.layers.path.read_bytes())
    view.forget_ground()
    settle()
    drawn(view)
    assert apart(bare, view.grab().toImage()) > 100
    layers.close()
