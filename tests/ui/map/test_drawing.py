"""Putting points on the map by hand and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from tests.support.workplaces import City
from ui.map.drawing import DrawnMap
from ui.map.projection import Point
from ui.map.trail import Trail

A, B = Point(43.55, -78.20), Point(43.5506, -78.199)


def shown(qtbot: QtBot, town: City, trail: Trail) -> DrawnMap:
    made = DrawnMap(town.layers, "Map", trail)
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    made.activateWindow()
    made.setFocus()
    settle()
    return made


def spot(made: DrawnMap, point: Point) -> QPoint:
    view = made.view()
    assert view is not None
    x, y = view.to_px(point)
    return QPoint(round(x), round(y))


def test_a_click_adds_a_point(qtbot: QtBot, town: City) -> None:
    made = shown(qtbot, town, Trail((A, B)))
    with qtbot.waitSignal(made.drawn) as told:
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(40, 200))
    assert told.args is not None
    assert told.args[0].points[:2] == (A, B)
    assert len(told.args[0].points) == 3


def test_a_point_is_dragged(qtbot: QtBot, town: City) -> None:
    made = shown(qtbot, town, Trail((A, B)))
    qtbot.mousePress(made, Qt.MouseButton.LeftButton, pos=spot(made, B))
    qtbot.mouseMove(made, QPoint(300, 300))
    with qtbot.waitSignal(made.drawn):
        qtbot.mouseRelease(made, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert made.trail().points[0] == A
    assert spot(made, made.trail().points[1]) == QPoint(300, 300)


def test_the_middle_of_a_leg_pulls_out_a_point(qtbot: QtBot, town: City) -> None:
    made = shown(qtbot, town, Trail((A, B)))
    middle = (spot(made, A) + spot(made, B)) / 2
    qtbot.mousePress(made, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(made, middle + QPoint(0, 60))
    qtbot.mouseRelease(made, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 60))
    assert len(made.trail().points) == 3
    assert (made.trail().points[0], made.trail().points[2]) == (A, B)


def test_a_click_on_a_point_chooses_it_and_changes_nothing(qtbot: QtBot, town: City) -> None:
    made = shown(qtbot, town, Trail((A, B)))
    with qtbot.assertNotEmitted(made.drawn):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=spot(made, B))
    assert made.picked_number() == 1


def test_keys_put_move_and_take_away_at_the_cross(qtbot: QtBot, town: City) -> None:
    made = shown(qtbot, town, Trail((A, B)))
    qtbot.keyClick(made, Qt.Key.Key_Right)
    aim = made.aim()
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert made.trail().points == (A, B, aim)
    qtbot.keyClick(made, Qt.Key.Key_PageDown)
    qtbot.keyClick(made, Qt.Key.Key_M)
    assert made.trail().points == (made.aim(), B, aim)
    qtbot.keyClick(made, Qt.Key.Key_Delete)
    assert made.trail().points == (B, aim)


def test_a_position_goes_where_one_clicks(qtbot: QtBot, town: City) -> None:
    made = shown(qtbot, town, Trail((A,), most=1))
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    assert len(made.trail().points) == 1
    assert spot(made, made.trail().points[0]) == QPoint(60, 60)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_PageDown, Qt.Key.Key_M])
def test_keys_on_an_empty_map_do_nothing(qtbot: QtBot, town: City, key: Qt.Key) -> None:
    made = shown(qtbot, town, Trail())
    with qtbot.assertNotEmitted(made.drawn):
        qtbot.keyClick(made, key)


def test_an_answer_from_elsewhere_comes_into_sight(qtbot: QtBot, town: City) -> None:
    made = shown(qtbot, town, Trail())
    made.show_trail(Trail((A,), most=1))
    assert made.rect().contains(spot(made, A))
