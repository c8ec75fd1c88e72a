"""On the first day nothing is there yet: every page says so, and what comes or what to do, where its lists would be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel, QWidget

from fieldapp import texts
from fieldapp.records import Person
from fieldapp.services import Catalogue
from sync.practice.people import KAUR, OSEI, TREMBLAY
from tests.support import workplaces
from tests.support.pictures import settle
from tests.support.workplaces import City
from ui.shell.pages import PLACES
from ui.widgets import EmptyState
from ui.window import MainWindow

pytestmark = pytest.mark.xdist_group("empty city")  # what they share is made once

WHOSE = {"counter": OSEI, "money": OSEI, "stock": OSEI, "review": KAUR, "dashboard": KAUR, "away": KAUR, "fleet": KAUR,
         "bulk": KAUR, "decision": KAUR, "rules": KAUR, "stand-ins": KAUR}  # fmt: skip


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue, layers_file: Path) -> Iterator[City]:
    """A city in which nobody has done anything."""
    texts.use("en")
    made = workplaces.found_city(tmp_path_factory.mktemp("first"), catalogue, layers_file)
    yield made
    made.close()


@pytest.fixture(scope="module")
def windows(first_day: City, qapp: QApplication) -> Iterator[dict[str, MainWindow]]:
    """A window for each of the three."""
    people: tuple[Person, ...] = (TREMBLAY, OSEI, KAUR)
    made = {person.id: MainWindow(first_day.session(person)) for person in people}
    yield made
    qapp.processEvents()
    for window in made.values():
        window.close()
        window.deleteLater()


def bare(page: QWidget) -> list[str]:
    """Lists that are shown without a row, and with nothing beside them that says why."""
    views = [one for one in page.findChildren(QAbstractItemView) if one.isVisible() and not _in_choice(one)]
    return [one.accessibleName() for one in views if _rows(one) == 0 and not _explained(one)]


def _rows(view: QAbstractItemView) -> int:
    return view.model().rowCount()


def _in_choice(view: QWidget) -> bool:
    """The list that drops down below a field."""
    above = view.parentWidget()
    return above is not None and (isinstance(above, QComboBox) or isinstance(above.parentWidget(), QComboBox))


def _explained(view: QWidget) -> bool:
    beside = view.parentWidget()
    return beside is not None and any(one.isVisible() for one in beside.findChildren(EmptyState))


@pytest.mark.parametrize("page_id", [place.id for place in PLACES])
def test_no_list_is_bare_on_the_first_day(windows: dict[str, MainWindow], page_id: str) -> None:
    window = windows[WHOSE.get(page_id, TREMBLAY).id]
    for other in windows.values():
        other.setVisible(other is window)
    window.navigate(page_id)
    settle()
    window.session.bridge.quiet()
    settle()
    assert bare(window.page()) == []
    said = [one for one in window.page().findChildren(QLabel) if one.isVisible() and one.text()]
    assert said


def test_every_empty_state_says_more_than_that_it_is_empty(windows: dict[str, MainWindow]) -> None:
    """A title alone leaves one standing there: each has a sentence on what comes, or a button."""
    for window in windows.values():
        for state in window.findChildren(EmptyState):
            texts_shown = [one.text() for one in state.findChildren(QLabel) if one.text()]
            assert len(texts_shown) > 1, texts_shown
