"""Screens under test: dressed like the program, over a real store, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.clock import FixedClock
from tests.support.pictures import settle
from tests.support.session import PracticeCity, close
from tests.support.store import fill
from ui import speaking, theme
from ui.app import choose_platform
from ui.session import Session
from ui.window import MainWindow

RECORDS = 600

choose_platform()


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    speaking.use("en")
    if not theme.is_dressed():
        theme.apply(qapp, "light")
    yield
    speaking.use("en")


@pytest.fixture
def city(tmp_path: Path) -> Iterator[PracticeCity]:
    """A practice city without records."""
    made = PracticeCity(tmp_path, FixedClock())
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    for session in made.sessions.values():
        close(session)


@pytest.fixture
def session(city: PracticeCity) -> Session:
    """The inspector's session with some hundred records from the City."""
    made = city.sign_in("m.tremblay")
    fill(made.store, RECORDS)
    return made


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window, shown, on the Records page."""
    made = MainWindow(session, page="records")
    qtbot.addWidget(made)
    made.show()
    settle()
    yield made
    made.close()
