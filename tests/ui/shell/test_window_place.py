"""A window stands again where its person left it, and always where one sees all of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

from tests.support.pictures import settle
from tests.support.session import PracticeCity
from ui.session import Session
from ui.shell.window_place import PLACE, WindowPlace
from ui.window import MainWindow

LEFT, RIGHT = QRect(0, 0, 1920, 1040), QRect(1920, 0, 2560, 1400)


@pytest.mark.parametrize(("box", "shown"), [
    (QRect(100, 50, 1440, 900), QRect(100, 50, 1440, 900)),
    (QRect(2200, 100, 1440, 900), QRect(2200, 100, 1440, 900)),
    (QRect(-600, -300, 1440, 900), QRect(0, 0, 1440, 900)),
    (QRect(9000, 9000, 1440, 900), QRect(480, 140, 1440, 900)),  # its screen is gone: the first one has it
    (QRect(1000, 100, 1440, 900), QRect(480, 100, 1440, 900)),  # between both: where most of it was
    (QRect(0, 0, 5000, 3000), QRect(1920, 0, 2560, 1400)),
])  # fmt: skip
def test_all_of_it_is_on_one_screen(box: QRect, shown: QRect) -> None:
    assert WindowPlace(box).within([LEFT, RIGHT]) == shown


@pytest.mark.parametrize(
    "place", [WindowPlace(QRect(-3, 4, 1200, 800)), WindowPlace(QRect(1, 2, 1024, 700), full=True)]
)
def test_what_is_kept_is_read(place: WindowPlace) -> None:
    assert WindowPlace.read(str(place)) == place


@pytest.mark.parametrize("text", ["", "1 2 3", "a b c d", "{}"])
def test_what_is_no_place_is_none(text: str) -> None:
    assert WindowPlace.read(text) is None


def test_it_stands_again_where_its_person_left_it(session: Session, city: PracticeCity) -> None:
    size = QGuiApplication.primaryScreen().availableSize().boundedTo(QSize(1100, 720))
    first = MainWindow(session, page="records")
    first.show()
    first.resize(size)
    first.move(0, 20)
    settle()
    left = first.size()
    first.close()
    again = MainWindow(session, page="records")
    assert again.size() == left
    again.close()
    other = MainWindow(city.sign_in("j.osei"), page="records")
    assert other.size() == QSize(1440, 900), "another person's stands as it comes"
    other.close()


def test_one_whose_screen_is_gone_comes_back_into_sight(session: Session) -> None:
    session.store.keep_setting(PLACE, "9000 9000 1100 720")
    made = MainWindow(session, page="records")
    made.show()
    settle()
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(made.pos())
    made.close()


def test_one_that_filled_its_screen_does_so_again(session: Session) -> None:
    session.store.keep_setting(PLACE, "10 10 1100 720 full")
    made = MainWindow(session, page="records")
    made.show()
    settle()
    assert made.isMaximized()
    made.close()
    assert session.store.setting(PLACE).endswith("full")
