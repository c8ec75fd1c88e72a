"""A service is a folder: dropped in, it is offered, filled, synced and reviewed; no code knows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.clock import FixedClock
from fieldapp.paths import Home
from fieldapp.records import Record
from sync.gateway import audit
from tests.support.services import write_dog_licence
from ui.counter import CounterPage
from ui.day.player import Player
from ui.practice import PracticeScreen
from ui.window import MainWindow

ANSWERS = [["dog/dog_name", "Rex"], ["dog/age", "4"], ["dog/altered", "yes"]]


@pytest.fixture
def city(tmp_path: Path, qtbot: QtBot) -> Iterator[PracticeScreen]:
    home = Home(tmp_path)
    write_dog_licence(home.root / "services")
    screen = PracticeScreen(home, FixedClock())
    yield screen
    screen.close()


@pytest.fixture
def window(city: PracticeScreen, qtbot: QtBot) -> MainWindow:
    made = MainWindow(city.sign_in("j.osei"), page="counter")
    qtbot.addWidget(made)
    made.show()
    return made


def at_the_city(city: PracticeScreen, record: str) -> Record:
    return next(one for one in audit.records(city.gateway) if one.id == record)


def test_it_is_offered_at_the_counter(window: MainWindow) -> None:
    page = window.page("counter")
    assert isinstance(page, CounterPage)
    assert "puppy-tag" in [tile.service.id for tile in page.home.tiles]


def test_it_is_filled_synced_and_reviewed(city: PracticeScreen, window: MainWindow, tmp_path: Path) -> None:
    clerk = Player(window, tmp_path)
    record = clerk.begin_service("whelp")
    clerk.fill(ANSWERS)
    clerk.submit()
    clerk.sync()
    assert at_the_city(city, record).state == "submitted"
    window.become(city.sign_in("r.kaur"), "review")
    supervisor = Player(window, tmp_path)
    supervisor.sync()
    supervisor.decide(record, "a")
    supervisor.sync()
    assert at_the_city(city, record).state == "approved"
    assert at_the_city(city, record).get("dog/dog_name") == "Rex"
