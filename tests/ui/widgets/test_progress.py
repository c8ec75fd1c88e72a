"""Progress: how far, how long still, a way to stop; and the place of what is awaited."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractAnimation
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from ui.widgets import Progress, Skeleton


class Ticks:
    """Seconds that go on by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(("gone", "done", "said"), [
    (2, 10, ""),  # too early to tell
    (60, 10, "About 9 minutes left."),
    (60, 80, "Less than a minute left."),
    (60, 100, ""),
])  # fmt: skip
def test_the_time_left_is_reckoned_from_what_came(qtbot: QtBot, gone: float, done: int, said: str) -> None:
    ticks = Ticks()
    made = Progress("Photos", tick=ticks)
    qtbot.addWidget(made)
    ticks.now = gone
    made.show_far(done, 100)
    assert made.left.text() == said


def test_what_was_there_before_does_not_make_it_look_fast(qtbot: QtBot) -> None:
    ticks = Ticks()
    made = Progress("Photos", tick=ticks)
    qtbot.addWidget(made)
    made.begin(50)
    ticks.now = 60
    made.show_far(60, 100)
    assert made.left.text() == "About 4 minutes left."


def test_where_nobody_knows_how_much_there_is_no_bar_that_runs_to_and_fro(qtbot: QtBot) -> None:
    made = Progress("Photos")
    qtbot.addWidget(made)
    made.show_far(0, 0, "Asking the City…")
    made.show()
    settle()
    assert not made.bar.isVisible()
    moving = QAbstractAnimation.State.Running
    assert not [one for one in made.findChildren(QAbstractAnimation) if one.state() == moving]


def test_it_is_stopped_by_a_key_that_says_what(qtbot: QtBot) -> None:
    made = Progress("Photos", cancel=True)
    qtbot.addWidget(made)
    assert made.stop.accessibleName() == "Stop: Photos"
    with qtbot.waitSignal(made.cancelled):
        made.stop.click()


def test_a_skeleton_says_what_is_awaited(qtbot: QtBot) -> None:
    made = Skeleton("Counting the records…")
    qtbot.addWidget(made)
    assert made.accessibleName() == "Counting the records…"


def test_its_key_is_no_window_of_its_own(qtbot: QtBot) -> None:
    made = Progress("Photos", cancel=True)
    qtbot.addWidget(made)
    assert not made.stop.isVisible()
    made.show()
    assert made.stop.isVisible()
