"""Review by keys alone, at two laptops and through the real gateway: returned to the exact field with a reason,
read and corrected by its author, handed in again with what changed, approved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fieldapp.records import Record
from fieldapp.services import Catalogue
from sync.practice.people import KAUR
from tests.support import workplaces
from tests.support.pictures import settle
from tests.support.real_city import RealCity, found_real_city
from tests.support.windows import put_away
from tests.ui.workplaces import words
from ui.session import Session
from ui.window import MainWindow

Key = Qt.Key
CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
PATIENCE = 60.0  # s


@pytest.fixture
def city(tmp_path: Path, catalogue: Catalogue, layers_file: Path) -> Iterator[RealCity]:
    made = found_real_city(tmp_path, catalogue, layers_file)
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    made.close()


@pytest.fixture
def submitted(city: RealCity) -> Record:
    """An inspection that the City has, and the supervisor too."""
    (visit,) = workplaces.visits(city, 1)
    workplaces.inspect(city, visit)
    city.sync()
    return visit


def until(done: Callable[[], bool]) -> None:
    """Let the screen live until something is done."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        QTest.qWait(10)
    settle()


class Hands:
    """One person's hands at their own window: they have a keyboard and no mouse."""

    def __init__(self, session: Session, page: str) -> None:
        self.session = session
        self.window = MainWindow(session, page=page)
        self.sit_down()

    def sit_down(self) -> None:
        """Turn to this laptop."""
        self.window.show()
        self.window.activateWindow()
        settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press one key where the focus is."""
        QTest.keyClick(self.focus(), key, held)
        settle()

    def write(self, text: str) -> None:
        """Type a text where the focus is."""
        QTest.keyClicks(self.focus(), text)
        settle()

    def focus(self) -> QWidget:
        """Where the keyboard is; it must be somewhere in this window."""
        found = QApplication.focusWidget()
        assert found is not None
        assert found.window() is self.window
        return found

    def sync_now(self) -> None:
        """Ask for a sync by the palette."""
        self.press(Key.Key_K, CONTROL)
        self.write("sync now")
        self.press(Key.Key_Return)

    def let_it_go(self) -> None:
        """Wait until what was decided may leave; no test sits through the seconds in which it can be taken back."""
        self.session.store.departures.let_all_go()
        assert self.session.courier is not None
        self.session.courier.wake()

    def wait_for(self, said: str) -> None:
        """Sit before the screen until the page says this."""
        until(lambda: said in self.reads())

    def reads(self) -> str:
        """All that the page says."""
        return words(self.window.page())


@pytest.fixture
def chief(city: RealCity, submitted: Record) -> Iterator[Hands]:
    """The supervisor, to whom the inspection has come."""
    made = Hands(city.supervisor, "today")
    yield made
    put_away(made.window)


@pytest.fixture
def author(city: RealCity, submitted: Record) -> Iterator[Hands]:
    """The inspector who submitted it."""
    made = Hands(city.inspector, "today")
    yield made
    put_away(made.window)


def test_review_return_correction_and_approval_by_keys_alone(
    city: RealCity, submitted: Record, chief: Hands, author: Hands
) -> None:
    chief.sit_down()
    chief.press(Key.Key_3, CONTROL)  # Review
    chief.press(Key.Key_R)
    chief.write("stamped plans")
    chief.press(Key.Key_Return)
    chief.write("Which plans were they? Please look again.")
    chief.press(Key.Key_Return, CONTROL)
    chief.wait_for("Nothing waits for you")
    chief.let_it_go()

    author.sit_down()
    author.sync_now()
    author.wait_for("Which plans were they? Please look again.")
    author.press(Key.Key_1, CONTROL)  # Today
    author.press(Key.Key_Return)
    assert author.focus().accessibleName().startswith("Are the stamped plans on site?")
    author.press(Key.Key_Right)
    author.press(Key.Key_Return, CONTROL)
    author.wait_for("No visits today")

    chief.sit_down()
    chief.sync_now()
    chief.wait_for("Are the stamped plans on site? | Yes | No")
    chief.press(Key.Key_3, CONTROL)
    chief.press(Key.Key_A)
    chief.wait_for("Nothing waits for you")
    chief.let_it_go()
    city.sync()
    assert city.inspector.desk.record(submitted.id).state == "approved"
    entries = city.service.as_(KAUR).history(submitted.id).entries
    steps = [(one.op["actor"], one.op["transition"]) for one in entries if one.op["transition"]]
    assert steps == [
        ("m.tremblay", "submit"),
        ("r.kaur", "return"),
        ("m.tremblay", "resubmit"),
        ("r.kaur", "approve"),
    ]
