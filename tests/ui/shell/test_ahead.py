"""What is loaded while the first page is looked at."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.shell.ahead import PAGES, PLAIN, Ahead
from ui.shell.pages import RAIL


def test_everything_that_is_loaded_ahead_is_there() -> None:
    for name in (*PLAIN, *PAGES):
        import_module(name)


def test_no_workplace_of_the_rail_is_forgotten() -> None:
    loaded = set(PAGES) | {"ui.today"}  # by which an inspector's day begins
    assert {place.where.split(":")[0] for place in RAIL} <= loaded


def test_it_loads_to_the_end_in_steps(qtbot: QtBot) -> None:
    owner = QObject()
    ahead = Ahead(owner, ("fieldapp.clock",), ("ui.page", "ui.days"))
    qtbot.waitUntil(lambda: ahead.finished, timeout=20_000)
