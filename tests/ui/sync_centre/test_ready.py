"""Ready to leave? until two o'clock, All home? from then on; a button turns from one to the other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.clock import FixedClock
from tests.support.session import close, make_session
from tests.ui.workplaces import Ways
from ui.sync_centre.ready import Ready


def test_the_day_asks_what_fits_its_hour_and_a_key_turns(qtbot: QtBot, tmp_path: Path) -> None:
    clock = FixedClock()
    session = make_session(tmp_path, clock=clock)
    morning = Ready(session, Ways())
    clock.forward(hours=7)
    evening = Ready(session, Ways())
    assert [one.title.text() for one in (morning, evening)] == ["Ready to leave?", "All home?"]
    qtbot.addWidget(morning)
    qtbot.addWidget(evening)
    assert all(not one.awaited.isHidden() for one in (morning, evening))
    evening.refresh()
    qtbot.waitUntil(lambda: any(one.what == "Forms that you began" for one in evening.found))
    assert evening.awaited.isHidden()
    qtbot.keyClick(evening.other, Qt.Key.Key_Space)
    assert not evening.awaited.isHidden(), "what the other question found does not stand under this one"
    qtbot.waitUntil(lambda: any(one.what == "Battery" for one in evening.found))
    assert evening.title.text() == "Ready to leave?"
    close(session)
