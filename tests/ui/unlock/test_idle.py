"""Nobody at the laptop: by its own clocks, after a sleep, and when the desktop locks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.unlock.idle import Idle


@dataclass
class Clocks:
    """A clock that only goes on while the laptop is awake, and one that anybody can set."""

    steady: float = 100.0
    wall: float = 1_000.0

    def forward(self, seconds: float) -> None:
        """Time passes."""
        self.steady += seconds
        self.wall += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def idle(qtbot: QtBot, clocks: Clocks) -> Iterator[Idle]:
    made = Idle(lambda: 10, steady=lambda: clocks.steady, wall=lambda: clocks.wall)
    made.start()
    yield made
    made.stop()
    made.deleteLater()


def left(idle: Idle) -> bool:
    """Whether it says at its next look that nobody is there."""
    heard: list[bool] = []
    idle.away.connect(lambda: heard.append(True))
    idle.check()
    return bool(heard)


def test_ten_minutes_without_a_key_or_the_mouse(idle: Idle, clocks: Clocks) -> None:
    clocks.forward(599)
    assert not left(idle)
    clocks.forward(1)
    assert left(idle)


def test_a_key_begins_the_time_anew(idle: Idle, clocks: Clocks, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    idle.start()
    clocks.forward(599)
    handle = window.windowHandle()
    handle.requestActivate()
    qtbot.waitUntil(handle.isActive)
    QTest.keyClick(handle, Qt.Key.Key_A)
    clocks.forward(599)
    assert not left(idle)


def test_a_sleep_counts_though_the_steady_clock_stood_still(idle: Idle, clocks: Clocks) -> None:
    clocks.wall += 3_600
    assert left(idle)


def test_a_clock_that_is_set_back_keeps_nothing_open(idle: Idle, clocks: Clocks) -> None:
    clocks.wall -= 1_000_000
    clocks.steady += 600
    assert left(idle)


def test_going_to_sleep_and_the_desktops_own_lock_lock_at_once(idle: Idle) -> None:
    heard: list[bool] = []
    idle.away.connect(lambda: heard.append(True))
    idle.asleep(False)
    assert not heard
    idle.asleep(True)
    idle.start()
    idle.session_locked()
    assert len(heard) == 2


def test_what_is_no_input_changes_nothing(idle: Idle, clocks: Clocks) -> None:
    clocks.forward(600)
    idle.eventFilter(idle, QEvent(QEvent.Type.Expose))
    assert left(idle)
