"""What is loaded while the first page is looked at."""

from __future__ import annotations

import threading
from importlib import import_module

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fieldapp.loading import turn
from ui.shell.ahead import MODULES, Ahead
from ui.shell.pages import RAIL


def test_everything_that_is_loaded_ahead_is_there() -> None:
    for name in MODULES:
        import_module(name)


def test_no_workplace_of_the_rail_is_forgotten() -> None:
    loaded = set(MODULES) | {"ui.today"}  # by which an inspector's day begins
    assert {place.where.split(":")[0] for place in RAIL} <= loaded


def test_it_loads_to_the_end_but_never_while_something_else_is_loaded(qtbot: QtBot) -> None:
    held, go_on = threading.Event(), threading.Event()

    def load() -> None:
        with turn:
            held.set()
            go_on.wait(20)

    other = threading.Thread(target=load)
    other.start()
    held.wait(20)
    owner = QObject()
    ahead = Ahead(owner, ("fieldapp.clock", "ui.page"))
    ahead._step()
    assert ahead._left == ["fieldapp.clock", "ui.page"]
    go_on.set()
    other.join()
    qtbot.waitUntil(lambda: ahead.finished, timeout=20_000)
