"""The window that only says 'one moment': there where a store takes a while to open, and only there."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.entrances import Laptop
from tests.support.gateway import CLERK
from ui.unlock import keeper as keeping
from ui.unlock.choose_page import ChoosePage
from ui.unlock.front import Front


@pytest.fixture
def at_home(machine: Laptop, qtbot: QtBot) -> Laptop:
    """A laptop whose person set no PIN."""
    keeper = machine.start()
    qtbot.mouseClick(machine.page(keeper, ChoosePage).later, Qt.MouseButton.LeftButton)
    machine.window(keeper)
    machine.stop(keeper)
    return machine


def test_a_store_that_opens_at_once_opens_in_its_workplace(at_home: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 600_000)  # however slow this machine is
    keeper = at_home.start(CLERK.id)
    assert at_home.window(keeper).isVisible()
    assert keeper.first is not None
    assert not keeper.first.isVisible()


def test_one_that_takes_a_while_says_so(at_home: Laptop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    enter = Front.enter

    def slow(self: Front, *words: object) -> object:
        go_on.wait(20)
        return enter(self, *words)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Front, "enter", slow)
    monkeypatch.setattr(keeping, "AT_ONCE", 0)
    keeper = at_home.start(CLERK.id)
    first = keeper.first
    assert first is not None
    qtbot.waitUntil(first.isVisible, timeout=20_000)
    place = first.geometry()
    go_on.set()
    assert at_home.window(keeper).geometry() == place
    assert not first.isVisible()
