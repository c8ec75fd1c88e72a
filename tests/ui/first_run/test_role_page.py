"""Whom one would like to be in the practice city."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from sync.practice.people import KAUR, STAFF
from ui.first_run.role_page import RolePage


def test_one_key_each(qtbot: QtBot) -> None:
    page = RolePage(STAFF)
    qtbot.addWidget(page)
    assert [one.shortcut().toString() for one in page.buttons] == ["1", "2", "3", "4"]
    with qtbot.waitSignal(page.chosen) as chosen:
        page.buttons[2].click()
    assert chosen.args == [KAUR.id]


def test_the_buttons_are_equally_wide(qtbot: QtBot) -> None:
    page = RolePage(STAFF)
    qtbot.addWidget(page)
    page.resize(1024, 700)
    page.show()
    assert len({one.width() for one in page.buttons}) == 1
