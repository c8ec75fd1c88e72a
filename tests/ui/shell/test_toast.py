"""Where messages stand: in the bar at the top, in the place of the line that Ctrl+K reaches too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.window import MainWindow

LONG = "Drafts HAM-TOUGH-07-261123-009: 14 answers. Two do not fit and stand beside the form."


def place(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


@pytest.mark.parametrize("words", ["Approved", LONG])
@pytest.mark.parametrize("wide", [1024, 1920])
def test_a_message_covers_nothing_of_the_page(window: MainWindow, words: str, wide: int) -> None:
    window.resize(wide, 800)
    window.toast_box.say(words, lambda: None)
    assert place(window, window.top).contains(place(window, window.toast_box))


def test_a_short_one_leaves_the_state_of_the_sync_in_sight(window: MainWindow) -> None:
    window.toast_box.say("Approved", lambda: None)
    assert not place(window, window.top.pill).intersects(place(window, window.toast_box))


def test_it_goes_along_when_the_window_changes(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 800)
    window.toast_box.say("Approved")
    window.resize(1600, 800)
    qtbot.waitUntil(lambda: place(window, window.toast_box).left() == place(window, window.top.line).left())
