"""A withdrawn laptop: the window says so and shows nothing of the work any more; what is left of the store goes."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.store import erasing
from sync.status import SyncState, SyncStatus
from tests.support.pictures import settle
from ui.session import Session
from ui.window import MainWindow


def test_the_window_says_it_and_the_store_goes(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    folder = session.store.folder
    erasing.begin(folder, erasing.Erasure("2026-11-23", session.store.device, session.person.id, 2), None)
    window.session.bridge.status.emit(SyncStatus(SyncState.ERASED, message="It has been erased."))
    settle()
    shown = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    assert shown[-2:] == ["This laptop was withdrawn", "It has been erased."]
    assert [path.name.startswith("erased-") for path in folder.iterdir()] == [True]
