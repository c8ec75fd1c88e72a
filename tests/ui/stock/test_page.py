"""The Stock page, by the keys: choose the office, book what came, count it; the counter is warned."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.actions import count_till, open_till
from fieldapp.actions.start import start
from fieldapp.actions.stock import book_stock, left_at, office_here
from tests.support.accessible import faults
from tests.support.money import FLOAT
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.counter import CounterPage
from ui.filling import FormPage
from ui.money import MoneyPage
from ui.stock import StockPage
from ui.widgets import Elided

HALL = "city_hall"


def opened(town: City, ways: Ways, qtbot: QtBot) -> StockPage:
    page = visited(StockPage(town.clerk, ways), qtbot)
    page.office.setCurrentIndex(page.office.findData(HALL))
    page.office.activated.emit(page.office.currentIndex())
    return page


def book(page: StockPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.booking.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_what_came_is_booked_by_the_keys(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    page.booking.choose("green_cart")
    qtbot.keyClicks(page.booking.quantity, "12")
    book(page, qtbot)
    (row,) = page.list._model.rows
    assert (row.title, row.trailing) == ("Green cart", "12 left here")
    assert office_here(town.clerk.desk) == HALL
    assert "To be counted at the end of the day: 1" in [one.text() for one in page.head.findChildren(Elided)]


def test_numbers_are_asked_of_what_has_them(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    page.booking.choose("marriage_paper")
    assert page.booking.numbers.isVisible()
    assert not page.booking.quantity.isVisible()
    qtbot.keyClicks(page.booking.numbers, "ML 0001-ML 0025, seven")
    book(page, qtbot)
    assert "does not end in a number" in page.booking.fault.text()
    page.booking.numbers.setText("ML 0001-ML 0025")
    book(page, qtbot)
    assert left_at(town.clerk.desk, HALL)[0].said == "25 left here"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_counter_and_the_form_tell_what_is_left(
    town: City, ways: Ways, qtbot: QtBot, language: str, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: texts.use("en"))
    texts.use(language)
    opened(town, ways, qtbot)
    book_stock(town.clerk.desk, "receive", "dog_tag", HALL, numbers="T0001-T0012")
    counter = visited(CounterPage(town.clerk, ways), qtbot)
    assert ("Dog tag (12 left here)" if language == "en" else "(12 en réserve ici)") in counter.home.low.text()
    form = visited(FormPage(town.clerk, ways), qtbot, record=start(town.clerk.desk, "dog-licence").id)
    said = [one.text() for one in form.findChildren(QLabel)]
    assert ("Dog tag" if language == "en" else "Médaille de chien") in said


def test_a_supervisor_sees_what_does_not_fit_anywhere(town: City, ways: Ways, qtbot: QtBot) -> None:
    book_stock(town.clerk.desk, "receive", "green_cart", HALL, quantity=12)
    book_stock(town.clerk.desk, "count", "green_cart", HALL, quantity=9, reason="Three were lent to Dundas")
    town.sync()
    page = visited(StockPage(town.supervisor, ways), qtbot)
    (row,) = page.list._model.rows
    assert row.title == "City Hall · Green cart"
    assert "-3: Three were lent to Dundas" in row.subtitle
    assert not page.booking.isEnabled()


def test_who_closes_the_till_is_told_what_was_not_counted(town: City, ways: Ways, qtbot: QtBot) -> None:
    opened(town, ways, qtbot)
    desk = town.clerk.desk
    book_stock(desk, "receive", "green_cart", HALL, quantity=12)
    open_till(desk, "City Hall 1", FLOAT)
    count_till(desk, FLOAT)
    closing = visited(MoneyPage(town.clerk, ways), qtbot).closing
    closing.show_now()
    assert closing.stock.text() == "Stock that was not counted today: Green cart"
    book_stock(desk, "count", "green_cart", HALL, quantity=12)
    closing.show_now()
    assert closing.stock.text() == ""


def test_everything_has_a_name_and_a_size(town: City, ways: Ways, qtbot: QtBot) -> None:
    assert faults(opened(town, ways, qtbot)) == []


def test_stock_opens_at_the_office_of_who_works_here(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(StockPage(town.clerk, ways), qtbot)
    assert page.office.currentText() == "City Hall"
    assert page.booking.isEnabled()
    assert office_here(town.clerk.desk) == HALL


def test_without_an_office_it_says_that_one_is_chosen_first(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(StockPage(town.supervisor, ways), qtbot)
    assert "Choose your office first" in page.head.subtitle._text
