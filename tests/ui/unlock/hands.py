"""What people do at the entrance of a laptop, for its tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support import accessible
from tests.support.entrances import Laptop
from tests.support.gateway import CLERK
from tests.support.store import make_change
from ui.unlock.choose_page import ChoosePage
from ui.unlock.keeper import Keeper
from ui.window import MainWindow

PIN, OTHER_PIN = "482916", "730158"
CHIEF = "r.kaur"
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def typed(qtbot: QtBot, edit: QLineEdit, text: str, *, enter: bool = True) -> None:
    """Type it, and press Enter."""
    edit.clear()
    qtbot.keyClicks(edit, text)
    if enter:
        qtbot.keyClick(edit, Qt.Key.Key_Return)


def came(machine: Laptop, person: str = CLERK.id, pin: str = PIN) -> Keeper:
    """FieldApp, where somebody new has signed in and chosen a PIN."""
    machine.oidc.person = person
    keeper = machine.start()
    chosen(machine, keeper, pin)
    return keeper


def chosen(machine: Laptop, keeper: Keeper, pin: str) -> None:
    """Choose a PIN on the page that asks for one."""
    page = machine.page(keeper, ChoosePage)
    typed(machine.qtbot, page.new, pin, enter=False)
    typed(machine.qtbot, page.again, pin)
    machine.window(keeper)


def unsent(keeper: Keeper, *, person: str = CLERK.id) -> str:
    """Save something; the record's id."""
    assert keeper.window is not None
    edits = {"@state": "draft", "@author": person, "@assignee": person, "@ward": "08", "@title": "Couch"}
    change = make_change(edits=edits, actor=person, principal=person)
    keeper.window.session.store.commit(change, seal=True)
    return change.record


def offline(machine: Laptop, window: MainWindow) -> None:
    """Wait until sync knows that nobody answers."""
    courier = window.session.courier
    assert courier is not None
    machine.qtbot.waitUntil(lambda: courier.status.state.backing_off, timeout=20_000)


def texts(keeper: Keeper) -> str:
    """All that a screen reader finds in the window."""
    assert keeper.window is not None
    found = [node.text(accessible.Name) for node in accessible.nodes(keeper.window)]
    return " ".join([*found, keeper.window.windowTitle()])
