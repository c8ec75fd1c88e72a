"""F1: the keys of the page and of the whole program, from the acts themselves; none without a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from ui.shell.cheat_sheet import CheatSheet
from ui.shell.pages import PLACES
from ui.widgets import ListCard
from ui.window import MainWindow


def lines(listed: ListCard) -> dict[str, str]:
    model = listed.model()
    rows = [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(model.rowCount())]
    return {row.title: row.trailing for row in rows}


@pytest.mark.parametrize("page", [place.id for place in PLACES])
def test_every_key_of_a_page_has_a_name(window: MainWindow, page: str) -> None:
    unnamed = [one.key().toString() for one in window.page(page).findChildren(QShortcut) if not one.whatsThis()]
    assert unnamed == []


def test_f1_lists_the_keys_of_the_page_and_of_the_program(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate("review")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settle()
    (sheet,) = window.findChildren(CheatSheet)
    assert lines(sheet.here)["Approve"] == "A"
    assert lines(sheet.everywhere)["Search everything"] == "Ctrl K"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    settle()
    assert not any(one.isVisible() for one in window.findChildren(CheatSheet))
