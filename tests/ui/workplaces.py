"""Fixtures of the workplaces: a small city at work. The services and the layers are made once a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.services import Catalogue
from tests.support import workplaces
from tests.support.pictures import settle
from tests.support.workplaces import City
from ui.page import Page
from ui.session import Session

PageKind = TypeVar("PageKind", bound=Page)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The shipped services, their forms converted once."""
    return Catalogue.load(cache=tmp_path_factory.mktemp("forms"))


@pytest.fixture(scope="session")
def layers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up city's layers."""
    return workplaces.make_layers(tmp_path_factory.mktemp("layers") / "layers.db")


@pytest.fixture
def town(tmp_path: Path, catalogue: Catalogue, layers_file: Path) -> Iterator[City]:
    """Three people with an empty store each."""
    made = workplaces.found_city(tmp_path, catalogue, layers_file)
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    made.close()


class Ways:
    """Notes where a page wanted to go."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, str]]] = []

    def __call__(self, page: str, **where: str) -> None:
        """Note it."""
        self.taken.append((page, where))

    @property
    def last(self) -> tuple[str, dict[str, str]]:
        """The last way."""
        return self.taken[-1]


@pytest.fixture
def ways() -> Ways:
    """Where pages wanted to go."""
    return Ways()


@pytest.fixture
def said(town: City) -> list[str]:
    """What was said in toasts, by anybody."""
    heard: list[str] = []

    def hear(session: Session) -> None:
        session.toast = lambda text, _undo: heard.append(text)

    for session in town.sessions.values():
        hear(session)
    return heard


def visited(page: PageKind, qtbot: QtBot, **where: str) -> PageKind:
    """The page, shown and gone to as the window does it."""
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    page.go(**where)
    settle()
    return page


def words(page: QWidget) -> str:
    """All labels that can be read."""
    settle()
    return " | ".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))
