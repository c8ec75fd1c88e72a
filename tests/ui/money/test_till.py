"""The till on the screen: opened with a float alone, its float put right, its receipts found, closed by the keys."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.actions import close_till, count_till, my_till, open_till
from tests.support.accessible import faults
from tests.support.money import FLOAT, PORTABLE, case, pay
from tests.support.pictures import settle
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.money import MoneyPage

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(town: City, ways: Ways, qtbot: QtBot) -> MoneyPage:
    return visited(MoneyPage(town.clerk, ways), qtbot)


def test_without_a_float_no_till_opens(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.till.name, "City Hall 1")
    qtbot.keyClick(page.till.name, Qt.Key.Key_Return, CTRL)
    assert "Count the float first" in page.till.counting.fault.text()
    assert my_till(town.clerk.desk) is None


def test_a_float_that_is_far_too_high_is_asked_about_once(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.till.name, "City Hall 1")
    field = page.till.float.fields[10000]
    qtbot.keyClicks(field, "150")
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert "$15,000.00 is a lot" in page.till.counting.fault.text()
    assert my_till(town.clerk.desk) is None
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    till = my_till(town.clerk.desk)
    assert till is not None
    assert till.float == Decimal("15000.00")


def test_the_name_of_before_stands_there_and_the_keys_begin_at_the_float(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    count_till(desk, FLOAT)
    close_till(desk, although_unsent=True)
    page = opened(town, ways, qtbot)
    assert page.till.name.text() == "City Hall 1"
    assert page.till.float.fields[10000].hasFocus()


def test_a_float_is_corrected_by_the_keys_with_a_reason(town: City, ways: Ways, qtbot: QtBot) -> None:
    open_till(town.clerk.desk, "City Hall 1", FLOAT)
    page = opened(town, ways, qtbot)
    page.till.correct.click()
    settle()
    assert faults(page) == []
    assert page.till.float.fields[2000].text() == "4"
    page.till.float.fields[2000].setText("5")
    qtbot.keyClick(page.till.float.fields[2000], Qt.Key.Key_Return, CTRL)
    assert "reason" in page.till.counting.fault.text()
    qtbot.keyClicks(page.till.counting.reason, "One was stuck")
    qtbot.keyClick(page.till.counting.reason, Qt.Key.Key_Return, CTRL)
    till = my_till(town.clerk.desk)
    assert till is not None
    assert till.float == Decimal("120.00")
    assert "float $120.00" in page.till.head.subtitle._text


def test_escape_leaves_the_float_as_it_is(town: City, ways: Ways, qtbot: QtBot) -> None:
    open_till(town.clerk.desk, "City Hall 1", FLOAT)
    page = opened(town, ways, qtbot)
    page.till.correct.click()
    qtbot.keyClick(page.till.float.fields[2000], Qt.Key.Key_Escape)
    assert not page.till.correcting
    assert page.till.search.hasFocus()
    assert ways.taken == []


def test_once_there_is_a_receipt_the_float_is_left_to_the_count(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    pay(desk, case(desk, PORTABLE))
    assert not opened(town, ways, qtbot).till.correct.isVisible()


def test_a_receipt_that_is_not_there_is_said_and_one_that_is_opens(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    made = pay(desk, case(desk, PORTABLE))
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.till.number, "42")
    qtbot.keyClick(page.till.number, Qt.Key.Key_Return)
    assert "No receipt on this laptop has this number" in page.till.missing.text()
    page.till.number.setText(made.name)
    qtbot.keyClick(page.till.number, Qt.Key.Key_Return)
    assert page.where() == {"shown": made.id}


def test_a_receipt_tells_when_and_who(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    owes = desk.commit(case(desk, PORTABLE), {"applicant/first_name": "Linh", "applicant/last_name": "Nguyen"})
    pay(desk, owes)
    (row,) = opened(town, ways, qtbot).till.receipts._model.rows
    assert "Linh Nguyen" in row.subtitle
    assert row.subtitle[2] == ":"


def test_what_owes_nothing_is_not_to_be_paid(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    owes, settled = case(desk, PORTABLE), case(desk, PORTABLE)
    pay(desk, settled)
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.till.search, "building")
    assert [row.id for row in page.till.found._model.rows] == [owes.id]
    pay(desk, owes)
    page.till.search.setText("building permit")
    assert "owe nothing" in page.till.nothing.text()


def test_where_the_count_agrees_enter_closes(town: City, ways: Ways, qtbot: QtBot) -> None:
    open_till(town.clerk.desk, "City Hall 1", FLOAT)
    town.sync()
    page = opened(town, ways, qtbot)
    page.till.count.click()
    for worth, number in FLOAT.items():
        page.closing.pieces.fields[worth].setText(str(number))
    page.closing.go_on()
    assert page.closing.confirm.hasFocus()
    qtbot.keyClick(page.closing.confirm, Qt.Key.Key_Return)
    assert my_till(town.clerk.desk) is None


def test_a_difference_is_said_in_words(town: City, ways: Ways, qtbot: QtBot) -> None:
    open_till(town.clerk.desk, "City Hall 1", FLOAT)
    page = opened(town, ways, qtbot)
    page.till.count.click()
    page.closing.pieces.fields[1000].setText("2")
    page.closing.go_on()
    assert page.closing.agrees.text() == "Short by $80.00"


def test_a_slip_that_does_not_agree_is_said_as_such(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    pay(desk, case(desk, PORTABLE), "debit_terminal", proof="4471")
    page = opened(town, ways, qtbot)
    page.till.count.click()
    page.closing.pieces.fields[1000].setText("2")
    page.closing.go_on()
    assert page.closing.differs.isVisible()
    assert "on its day slip" in page.closing.differs.text()


def test_a_count_without_its_cheques_does_not_agree(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    pay(desk, case(desk, PORTABLE), "cheque", proof="00412")
    page = opened(town, ways, qtbot)
    page.till.count.click()
    for worth, number in FLOAT.items():
        page.closing.pieces.fields[worth].setText(str(number))
    page.closing.go_on()
    assert page.closing.agrees.text() == "The cash agrees, the rest does not."
    assert "Cheques and money orders: $0.00 counted" in page.closing.differs.text()


def test_a_counted_till_is_not_called_closed(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    owes = case(desk, PORTABLE)
    count_till(desk, FLOAT)
    said: list[str] = []
    town.clerk.toast = lambda text, _undo: said.append(text)
    visited(MoneyPage(town.clerk, ways), qtbot, case=owes.id)
    assert said == ["This till is counted, so it takes no more money. Close it, then open one."]


def test_paying_back_says_at_once_that_it_takes_a_till(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    made = pay(desk, case(desk, PORTABLE))
    town.sync()
    other = visited(MoneyPage(town.supervisor, ways), qtbot, shown=made.id)
    assert not other.undo.back.isEnabled()
    assert "open a till first" in other.undo.fault.text()


def test_the_report_is_in_the_language_of_the_screen(
    town: City, ways: Ways, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: texts.use("en"))
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    count_till(desk, FLOAT)
    closed = close_till(desk, although_unsent=True)
    texts.use("fr")
    page = visited(MoneyPage(town.clerk, ways), qtbot, shown=closed.id)
    assert "Rapport de caisse" in page.paper.pages.words


def test_a_count_that_was_not_made_does_not_stand(town: City, ways: Ways, qtbot: QtBot) -> None:
    open_till(town.clerk.desk, "City Hall 1", FLOAT)
    page = opened(town, ways, qtbot)
    page.till.count.click()
    qtbot.keyClick(page.closing.pieces.fields[5], Qt.Key.Key_Return, CTRL)
    assert "Count the till first" in page.closing.fault.text()
    page.closing.pieces.fields[2000].setText("4")
    page.closing.cheques.setText("two")
    page.closing.go_on()
    assert "How many cheques" in page.closing.fault.text()
    till = my_till(town.clerk.desk)
    assert till is not None
    assert till.state == "open"
