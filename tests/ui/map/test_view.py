"""The map: pins, selection, keys; with and without layers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from fieldapp.places import Layers
from tests.support.pictures import settle
from tests.support.workplaces import City
from ui import theme
from ui.map.caption import caption
from ui.map.pins import Pin
from ui.map.projection import Point
from ui.map.view import MapView

PINS = [Pin("a", "1", Point(43.55, -78.20), "First"), Pin("b", "2", Point(43.57, -78.15), "Second")]


def shown(qtbot: QtBot, layers: Layers) -> MapView:
    view = MapView(layers, "Map")
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show_pins(PINS)
    view.show()
    settle()
    return view


def test_a_map_that_shows_all_goes_on_showing_all_in_another_size(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    view.resize(260, 200)
    where = view.view()
    assert where is not None
    spots = [where.to_px(pin.point) for pin in PINS]
    assert all(0 <= x <= 260 and 0 <= y <= 200 for x, y in spots)


def test_whoever_looks_nearer_keeps_the_scale_in_another_size(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    view.zoom(2)
    before = view.view()
    view.resize(260, 200)
    after = view.view()
    assert before is not None
    assert after is not None
    assert after.scale == before.scale


def test_a_click_on_a_pin_picks_it(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    where = view.view()
    assert where is not None
    x, y = where.to_px(PINS[1].point)
    with qtbot.waitSignal(view.picked) as told:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert told.args == ["b"]


def test_a_click_beside_pins_points_at_the_ground(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    with qtbot.waitSignal(view.pointed) as told:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(250, 390))
    assert told.args is not None
    assert 43.4 < told.args[0].lat < 43.7


def test_keys_zoom_and_show_all_again(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    before = view.view()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.view() != before
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.view() == before


def test_nearer_is_nearer_to_the_chosen_pin(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    view.choose("a")
    before = view.view()
    assert before is not None
    for _ in range(6):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    after = view.view()
    assert after is not None
    assert after.to_px(PINS[0].point) == pytest.approx(before.to_px(PINS[0].point), abs=1)


def test_no_pin_lies_under_the_buttons(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    corner = Pin("c", "3", Point(43.60, -78.10), "In the upper right corner")
    view.show_pins([*PINS, corner])
    view.show_all()
    now = view.view()
    assert now is not None
    assert now.to_px(corner.point)[1] >= view._tools.geometry().bottom() + theme.px(17)


def test_a_chosen_pin_out_of_sight_comes_into_the_middle(qtbot: QtBot, town: City) -> None:
    view = shown(qtbot, town.layers)
    view.look_at(Point(43.40, -78.60), 1.0)
    view.choose("a")
    where = view.view()
    assert where is not None
    assert where.centre == PINS[0].point


def test_without_layers_the_pins_are_still_there(qtbot: QtBot, tmp_path: Path) -> None:
    view = shown(qtbot, Layers(tmp_path / "none.db"))
    assert not view.grab().isNull()
    assert [pin.id for pin in view.pins()] == ["a", "b"]


def test_the_caption_tells_the_date_of_the_layers(town: City, tmp_path: Path) -> None:
    day = town.clock.now().date()
    assert caption(town.layers, day) == "Wards, properties and streets as of 23 Nov · offline"
    assert caption(Layers(tmp_path / "none.db"), day) == "No map layers on this laptop yet"
