"""Every page can be worked with a keyboard and a screen reader."""

from __future__ import annotations

import pytest

from tests.support.accessible import faults, focus_chain
from tests.support.pictures import settle
from ui.shell.pages import RAIL
from ui.window import MainWindow


@pytest.mark.parametrize("page", [place.id for place in RAIL])
def test_everything_that_takes_the_focus_has_a_name_and_a_size(window: MainWindow, page: str) -> None:
    window.navigate(page)
    settle()
    assert faults(window) == []


def test_an_open_record_and_the_palette_have_names_too(window: MainWindow) -> None:
    window.navigate("records", record="record-00000003")
    window.open_palette()
    settle()
    assert faults(window) == []


def test_tab_goes_through_rail_bar_and_page_in_reading_order(window: MainWindow) -> None:
    kinds = [type(widget).__name__ for widget in focus_chain(window.rail.button("today"))]
    order = ["NavButton", "Me", "SearchButton", "Pill", "SearchField", "RecordsTable"]
    assert [kinds.index(kind) for kind in order] == sorted(kinds.index(kind) for kind in order)
