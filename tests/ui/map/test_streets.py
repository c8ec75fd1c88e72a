"""Streets on the map: which are drawn and named from where; names that lie free, whole, and the same in each tile."""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from fieldapp.places import Layers, Street
from fieldapp.places.streets import ARTERIAL, COLLECTOR, LOCAL
from tests.bench.street_grid import written
from tests.support.places import feature, geojson, loaded
from tests.ui.test_theme import contrast
from ui import theme
from ui.colours import LOOKS
from ui.map import streets
from ui.map.ground import Ground
from ui.map.names import Names
from ui.map.projection import SIDE, Point, Tile, View
from ui.map.street_names import HIGH, Name, StreetNames

pytestmark = pytest.mark.xdist_group("map streets")  # what they share is made once

MIDDLE = Point(43.25, -79.87)
CITY, DISTRICT, QUARTER, BLOCK = 0.014, 0.06, 0.28, 1.2  # px a metre


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    theme.enlarge(qapp, 1.0)
    theme.apply(qapp, "light")


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    """A grid of streets in blocks, every sixth an arterial road, every third a collector."""
    folder = tmp_path_factory.mktemp("streets")
    around_it = [[-79.9, 43.2], [-79.8, 43.2], [-79.8, 43.3], [-79.9, 43.3], [-79.9, 43.2]]
    ward = geojson(folder / "wards.geojson", [feature({"ward": 2}, [around_it])])
    return loaded(folder, wards=ward, streets=written(folder / "streets.geojson", MIDDLE, side=14))[0]


def tile_at(scale: float, across: int = 0, down: int = 0, ratio: float = 1.0) -> Tile:
    """The tile with the middle, or one beside it."""
    kx, ky, _dx, _dy = View(MIDDLE, scale, SIDE, SIDE).factors()
    kx, ky = kx * ratio, ky * ratio
    return Tile(int(MIDDLE.lon * kx // SIDE) + across, int(MIDDLE.lat * ky // SIDE) + down, kx, ky, ratio)


def blank() -> QImage:
    picture = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    picture.fill(theme.role("bg"))
    return picture


def drawn(scale: float, road: str) -> QImage:
    """A tile with one street across its middle."""
    tile, picture = tile_at(scale), blank()
    west, south, east, north = tile.box()
    line = array("d", (west, (south + north) / 2, east, (south + north) / 2))
    painter = QPainter(picture)
    streets.paint(painter, tile, [Street("", road, line)])
    painter.end()
    return picture


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("scale", "roads"),
    [
        (CITY, {ARTERIAL}),
        (DISTRICT, {ARTERIAL, COLLECTOR}),
        (QUARTER, {ARTERIAL, COLLECTOR, LOCAL}),
        (BLOCK, {ARTERIAL, COLLECTOR, LOCAL}),
    ],
)
def test_from_afar_only_greater_roads_are_drawn(qapp: QApplication, look: str, scale: float, roads: set[str]) -> None:
    theme.apply(qapp, look)
    assert {road for road in streets.ROADS if drawn(scale, road) != blank()} == roads


def test_from_near_a_street_is_as_wide_as_its_class_with_an_edge_on_each_side() -> None:
    widths = []
    for road in (LOCAL, COLLECTOR, ARTERIAL):
        picture = drawn(BLOCK, road)
        column = [picture.pixelColor(SIDE // 2, y) for y in range(SIDE)]
        inside = [colour for colour in column if colour == theme.role(streets.ROADS[road].fill)]
        widths.append(len(inside))
        assert len([colour for colour in column if colour != theme.role("bg")]) >= len(inside) + 2
    assert widths == sorted(set(widths))


@pytest.mark.parametrize("look", LOOKS)
def test_names_can_be_read_on_what_they_stand_on(look: str) -> None:
    roles, least = LOOKS[look], 7.0 if look == "contrast" else 4.5
    grounds = {"bg", *(road.fill for road in streets.ROADS.values())}
    assert all(contrast(roles["ink"], roles[ground]) >= least for ground in grounds)
    assert all(contrast(roles["ink2"], roles[ground]) >= least for ground in ("bg", "card"))


def test_from_afar_nothing_is_named_then_the_greater_roads_first(grid: Layers) -> None:
    names = StreetNames(grid)
    roads = [{name.road for name in around(names, scale)} for scale in (DISTRICT, 0.15, 0.35, BLOCK)]
    assert roads == [set(), {ARTERIAL}, {ARTERIAL, COLLECTOR}, {ARTERIAL, COLLECTOR, LOCAL}]


def around(names: StreetNames, scale: float) -> list[Name]:
    """The names in five by five tiles, each once."""
    tiles = (tile_at(scale, across, down) for across in range(-2, 3) for down in range(-2, 3))
    return list(dict.fromkeys(name for tile in tiles for name in names.placed(tile)))


def ends(name: Name, wide: float) -> tuple[tuple[float, float], tuple[float, float]]:
    across, down = (wide / 2 * turn(math.radians(name.angle)) for turn in (math.cos, math.sin))
    return (name.x - across, name.y - down), (name.x + across, name.y + down)


def spots(name: Name, wide: float) -> Sequence[tuple[float, float]]:
    (x, y), (to_x, to_y) = ends(name, wide)
    return [(x + share * (to_x - x), y + share * (to_y - y)) for share in (n / 8 for n in range(9))]


@pytest.mark.parametrize("letters", [1.0, 2.0])
def test_no_name_lies_over_another(qapp: QApplication, grid: Layers, letters: float) -> None:
    theme.enlarge(qapp, letters)
    found = around(StreetNames(grid), BLOCK)
    wide = 90.0 * letters  # px: "Avenue number 8" is a little longer
    assert len(found) > 8 / letters
    for one, other in itertools.combinations(found, 2):
        near = min(math.dist(mine, theirs) for mine in spots(one, wide) for theirs in spots(other, wide))
        assert near >= 0.8 * HIGH * letters, (one, other)


def test_a_name_follows_its_street_and_is_not_read_from_below(grid: Layers) -> None:
    found = around(StreetNames(grid), BLOCK)
    assert all(-90 <= name.angle <= 90 for name in found)
    tile = tile_at(BLOCK)
    for name in found:
        near = grid.street_near(name.y / tile.ky, name.x / tile.kx, within=20)
        assert near is not None
        assert (near.name, near.metres < 5) == (name.words, True)


def test_wherever_one_comes_from_the_names_are_the_same(grid: Layers) -> None:
    first, other = StreetNames(grid), StreetNames(grid)
    tiles = [tile_at(BLOCK, across, down) for across in range(-3, 4) for down in range(-3, 4)]
    forwards = [first.placed(tile) for tile in tiles]
    backwards = [other.placed(tile) for tile in reversed(tiles)]
    assert forwards == backwards[::-1]
    assert any(forwards)


def test_a_tile_shows_its_part_of_a_name_that_its_neighbour_shows(grid: Layers) -> None:
    """Two tiles that lie in one square, drawn each for itself, are one picture: what crosses the border goes on."""
    names = StreetNames(grid)
    left = next(
        tile
        for tile in (tile_at(BLOCK, across, down) for across in range(-3, 4) for down in range(-3, 4))
        if tile.column % 2 == 0 and any(_crosses(name, tile) for name in names.placed(tile))
    )
    right = Tile(left.column + 1, left.row, left.kx, left.ky)
    edges = []
    for tile, x in ((left, SIDE - 1), (right, 0)):
        picture = blank()
        painter = QPainter(picture)
        StreetNames(grid).paint(painter, tile)
        painter.end()
        edges.append([y for y in range(SIDE) if picture.pixelColor(x, y) != theme.role("bg")])
    assert edges[0]
    assert all(any(abs(y - other) <= 2 for other in edges[1]) for y in edges[0])


def _crosses(name: Name, tile: Tile) -> bool:
    """Whether the middle of a name is on the border to the tile on the right."""
    x, y = name.x - (tile.column + 1) * SIDE, name.y - tile.row * SIDE
    return abs(x) < 20 and 20 < y < SIDE - 20 and abs(name.angle) < 45


def test_a_street_without_a_name_is_drawn_and_not_named(tmp_path: Path) -> None:
    file = written(tmp_path / "streets.geojson", MIDDLE, side=6)
    file.write_text(file.read_text("utf-8").replace('"STREET_NAME"', '"OTHER"'), "utf-8")
    layers, _ = loaded(tmp_path, streets=file)
    assert layers.streets(tile_at(BLOCK).box())
    assert StreetNames(layers).placed(tile_at(BLOCK)) == []


def test_the_name_of_a_ward_keeps_away_from_the_names_of_streets(grid: Layers) -> None:
    ground = Ground(grid)
    view = View(MIDDLE, BLOCK, 600, 400)
    names = Names(ground)
    picture = blank()
    painter = QPainter(picture)
    names.paint(painter, view, (), moving=False)
    in_the_middle = names.placed()
    kx, ky, _dx, _dy = view.factors()
    left, top = round(MIDDLE.lon * kx) - 300, round(MIDDLE.lat * ky) - 200
    for column in range(left // SIDE, (left + 600) // SIDE + 1):
        for row in range(top // SIDE, (top + 400) // SIDE + 1):
            ground.paint(painter, Tile(column, row, kx, ky))
    names.paint(painter, view, (), moving=False)
    painter.end()
    (ward,) = names.placed()
    where = QPointF(*view.to_px(ward.middle))
    assert not any(box.contains(where) for box in ground.street_names.boxes(view, HIGH))
    assert [one.words for one in in_the_middle] == [ward.words]
