"""Long work beside the screen: how far, and a stop that the work hears at its next piece."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp.errors import StoppedError
from fieldapp.far import Far
from tests.support.pictures import settle
from ui.bridge import Bridge
from ui.long_work import LongWork


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()
    settle()


@pytest.fixture
def work(bridge: Bridge, qtbot: QtBot) -> Iterator[LongWork]:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = LongWork(bridge, "Hand-over", owner)
    made.progress.setParent(owner)
    owner.show()
    yield made
    owner.hide()


def test_it_shows_how_far_it_is_and_gives_what_came_of_it(work: LongWork, qtbot: QtBot) -> None:
    go_on, came = Event(), list[object]()

    def job(far: Far) -> str:
        far(30, 100)
        go_on.wait()
        return "whole"

    work.begin(job, "Being written.", came.append)
    assert work.progress.isVisible()
    qtbot.waitUntil(lambda: work.progress.bar.value() == 30)
    assert work.progress.words.text() == "Being written."
    go_on.set()
    qtbot.waitUntil(lambda: came == ["whole"])
    assert work.progress.isHidden()


def test_a_stop_ends_it_at_its_next_piece(work: LongWork, qtbot: QtBot) -> None:
    begun, asked, came = Event(), Event(), list[object]()

    def job(far: Far) -> str:
        begun.set()
        asked.wait()
        far(50, 100)
        return "whole"

    work.begin(job, "Being written.", came.append)
    begun.wait()
    work.progress.stop.click()
    assert (work.progress.words.text(), work.progress.stop.isEnabled()) == ("Stopping…", False)
    asked.set()
    qtbot.waitUntil(lambda: bool(came))
    assert isinstance(came[0], StoppedError)
    assert str(came[0]) == "Stopped, as you wanted. Nothing was changed."
    assert work.progress.isHidden()


def test_an_error_is_given_too_and_the_next_one_begins_anew(work: LongWork, qtbot: QtBot) -> None:
    came: list[object] = []

    def job(_far: Far) -> str:
        raise OSError("away")

    work.begin(job, "Being written.", came.append)
    qtbot.waitUntil(lambda: bool(came))
    work.begin(lambda _far: "whole", "Being written.", came.append)
    assert work.progress.stop.isEnabled()
    qtbot.waitUntil(lambda: came[1:] == ["whole"])
