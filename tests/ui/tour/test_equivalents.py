"""What is drawn has an equivalent that says the same and that keys reach: a list beside the map, a table below bars."""

from __future__ import annotations

import pytest

from sync.practice.people import KAUR, TREMBLAY
from tests.support.accessible import tab_order
from tests.support.pictures import settle
from tests.support.tour import Tour
from ui.dashboard import DashboardPage
from ui.today import TodayPage


@pytest.fixture
def board(tour: Tour) -> DashboardPage:
    window = tour.window(KAUR, "dashboard")
    settle()
    window.session.bridge.quiet()
    settle()
    page = window.page()
    assert isinstance(page, DashboardPage)
    return page


@pytest.fixture
def today(tour: Tour) -> TodayPage:
    page = tour.window(TREMBLAY, "today").page()
    settle()
    assert isinstance(page, TodayPage)
    return page


def test_every_pin_of_the_map_is_a_row_of_the_list_beside_it(today: TodayPage) -> None:
    rows = [today.list.model().index(n, 0).data(0x0100) for n in range(today.list.model().rowCount())]
    named = {row.id: row.title for row in rows}
    assert today.map.pins()
    assert all(named[pin.id] == pin.name for pin in today.map.pins())


def test_list_and_map_have_one_choice(today: TodayPage) -> None:
    for pin in today.map.pins():
        today.list.choose(pin.id)
        assert today.map.chosen() == pin.id


def test_keys_reach_the_list_and_the_map_says_where_its_equivalent_is(today: TodayPage) -> None:
    assert today.list in tab_order(today.window())
    assert "list beside" in today.map.accessibleName()


def test_every_bar_is_a_line_of_the_table_below(board: DashboardPage) -> None:
    table = board.view.table
    for n in range(board.list.model().rowCount()):
        board.list.setCurrentIndex(board.list.model().index(n, 0))
        panel = board._panels[n]
        shown = [_said(table.item(row, 0)) for row in range(table.rowCount())]
        assert shown == [line.label for line in panel.lines]
        assert "table below" in board.view.bars.accessibleName()


def test_keys_reach_the_table(board: DashboardPage) -> None:
    assert board.view.table in tab_order(board.window())


def _said(item: object) -> str:
    return str(getattr(item, "text", str)())
