"""A clerk's day by keys alone: the till is opened, a visit is paid, the till is counted blind and closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from fieldapp.actions import my_closed, my_till, payments_in, start
from fieldapp.money.till import COUNTED
from tests.support.keys import focus, press, write
from tests.support.money import FLAT
from tests.support.pictures import settle
from tests.support.windows import put_away
from tests.support.workplaces import City
from ui.window import MainWindow

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@pytest.fixture
def window(town: City) -> Iterator[MainWindow]:
    made = MainWindow(town.clerk, page="counter")
    made.show()
    made.activateWindow()
    settle()
    yield made
    put_away(made)


def name() -> str:
    found = focus()
    return found.text() if isinstance(found, QAbstractButton) and not found.accessibleName() else found.accessibleName()


def tab_to(start_of: str) -> None:
    for _ in range(60):
        if name().startswith(start_of):
            return
        press(Key.Key_Tab)
    raise AssertionError(f"Tab does not come to “{start_of}”")


def permit_that_owes(town: City) -> str:
    """A case of $349.00."""
    desk = town.clerk.desk
    return desk.commit(start(desk, "building-permit"), {**FLAT, "@address": "412 Upper James St"}).id


def test_the_till_and_the_end_of_the_day_by_keys_alone(window: MainWindow, town: City) -> None:
    desk = town.clerk.desk
    permit_that_owes(town)
    press(Key.Key_T, CONTROL)
    write("City Hall 1")
    tab_to("How many of $20.00")
    write("5")
    press(Key.Key_Return, CONTROL)
    till = my_till(desk)
    assert till is not None
    assert till.float == 100
    assert name() == "Find the case to be paid"
    write("412 Upper James")
    press(Key.Key_Return)
    press(Key.Key_Return, CONTROL)  # cash, the amount as it is
    assert [one.paid for one in payments_in(desk, till.id)] == [349]
    press(Key.Key_Escape)
    tab_to("Count and close")
    press(Key.Key_Space)
    tab_to("How many of $50.00")
    write("8")
    tab_to("How many of $20.00")
    write("2")
    tab_to("How many of $5.00")
    write("1")
    tab_to("How many of $2.00")
    write("2")
    press(Key.Key_Return, CONTROL)
    counted = my_till(desk)
    assert counted is not None
    assert counted.state == COUNTED
    tab_to("Close although")
    press(Key.Key_Space)
    press(Key.Key_Return, CONTROL)
    assert [one.id for one in my_closed(desk, 5)] == [till.id]
