"""The Money page, by the keys: open, take, the receipt, count blind, close, report; undone by a second person."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.actions import Handed, balance, my_till, open_till, payments_in, take, take_payment
from fieldapp.money.payment import payment_of
from fieldapp.records import Record
from tests.support.accessible import faults
from tests.support.money import FLOAT, PORTABLE, case
from tests.support.pictures import settle
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.money import MoneyPage
from ui.money.guarding import guarded
from ui.records.page import RecordsPage

PAID = {2000: "4", 1000: "2", 10000: "3", 500: "9", 200: "2"}  # the float and $349


def opened(town: City, ways: Ways, qtbot: QtBot, **where: str) -> MoneyPage:
    return visited(MoneyPage(town.clerk, ways), qtbot, **where)


def with_till(town: City) -> Record:
    open_till(town.clerk.desk, "City Hall 1", FLOAT)
    return case(town.clerk.desk, PORTABLE)


def said(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def pay(page: MoneyPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.take.amount, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_till_is_opened_by_the_keys(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.till.name, "City Hall 1")
    qtbot.keyClick(page.till.name, Qt.Key.Key_Return)
    qtbot.keyClicks(page.till.float.fields[2000], "4")
    assert "$80.00" in page.till.float.total.text()
    qtbot.keyClick(page.till.float.fields[2000], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    till = my_till(town.clerk.desk)
    assert till is not None
    assert (till.name, till.float) == ("City Hall 1", Decimal("80.00"))


def test_enter_goes_over_what_there_is_none_of(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    fields = page.till.float.fields
    fields[10000].setFocus()
    for worth in (10000, 5000):
        qtbot.keyClick(fields[worth], Qt.Key.Key_Return)
    assert fields[2000].hasFocus()


def test_who_came_to_pay_is_not_forgotten_while_the_till_is_opened_first(town: City, ways: Ways, qtbot: QtBot) -> None:
    owes = case(town.clerk.desk, PORTABLE)
    page = opened(town, ways, qtbot, case=owes.id)
    qtbot.keyClicks(page.till.name, "City Hall 1")
    qtbot.keyClicks(page.till.float.fields[2000], "4")
    qtbot.keyClick(page.till.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.where() == {"case": owes.id}
    assert "1 × $349.00" in said(page.take.lines)


def test_the_amount_is_explained_and_taken(town: City, ways: Ways, qtbot: QtBot) -> None:
    owes = with_till(town)
    page = opened(town, ways, qtbot, case=owes.id)
    assert "1 × $349.00" in said(page.take.lines)
    assert page.take.paid.text() == "To take: $349.00"
    qtbot.keyClicks(page.take.tendered, "400")
    assert page.take.change.text() == "Change: $51.00"
    pay(page, qtbot)
    till = my_till(town.clerk.desk)
    assert till is not None
    (made,) = payments_in(town.clerk.desk, till.id)
    assert made.paid == Decimal("349.00")
    assert "$51.00" in page.paper.pages.words


def test_a_card_number_is_gone_before_it_is_kept(qtbot: QtBot) -> None:
    box, field = guarded("Number")
    qtbot.addWidget(box)
    qtbot.keyClicks(field, "4111 1111-1111 1111")
    assert field.text() == ""
    qtbot.keyClicks(field, "T1-0045")
    assert field.text() == "T1-0045"


def test_what_is_wrong_is_said_and_nothing_is_taken(town: City, ways: Ways, qtbot: QtBot) -> None:
    owes = with_till(town)
    page = opened(town, ways, qtbot, case=owes.id)
    page.take.amount.setText("400.00")
    pay(page, qtbot)
    assert "cannot be taken" in page.take.fault.text()
    page.take.amount.setText("x")
    pay(page, qtbot)
    assert "is no amount" in page.take.fault.text()
    till = my_till(town.clerk.desk)
    assert till is not None
    assert payments_in(town.clerk.desk, till.id) == []


def test_without_a_till_that_comes_first(town: City, ways: Ways, qtbot: QtBot) -> None:
    owes = case(town.clerk.desk, PORTABLE)
    page = opened(town, ways, qtbot, case=owes.id)
    assert page.till.name.isVisible()


def test_the_city_has_named_no_payment_page(town: City, ways: Ways, qtbot: QtBot) -> None:
    owes = with_till(town)
    page = opened(town, ways, qtbot, case=owes.id)
    assert "no payment page" in page.take.link.words.text()
    assert not page.take.link.code.isVisible()


def test_a_day_is_counted_blind_and_closed(town: City, ways: Ways, qtbot: QtBot) -> None:
    owes = with_till(town)
    page = opened(town, ways, qtbot, case=owes.id)
    pay(page, qtbot)
    page.home()
    qtbot.mouseClick(page.till.count, Qt.MouseButton.LeftButton)
    assert "449" not in said(page.closing)  # what should be there is not shown yet
    for worth, number in PAID.items():
        qtbot.keyClicks(page.closing.pieces.fields[worth], number)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page.closing.pieces.fields[5], Qt.Key.Key_Return, control)
    assert page.closing.agrees.text() == "The count agrees."
    assert "1 receipt of this till is not with the City yet, $349.00" in page.closing.waiting.text()
    qtbot.keyClick(page.closing.although, Qt.Key.Key_Return, control)
    assert "not with the City" in page.closing.fault.text()
    page.closing.although.setChecked(True)
    qtbot.keyClick(page.closing.although, Qt.Key.Key_Return, control)
    report = page.paper.pages.words
    assert "Till report" in report
    assert "$449.00" in report
    assert my_till(town.clerk.desk) is None


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_who_took_it_is_told_that_it_takes_a_second_person(
    town: City, ways: Ways, qtbot: QtBot, lang: str, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: texts.use("en"))
    owes = with_till(town)
    texts.use(lang)
    page = opened(town, ways, qtbot, case=owes.id)
    pay(page, qtbot)
    assert ("second person" if lang == "en" else "deuxième personne") in page.undo.about.text()
    assert not page.undo.void.isVisible()


def test_a_second_person_voids(town: City, ways: Ways, qtbot: QtBot) -> None:
    owes = with_till(town)
    page = opened(town, ways, qtbot, case=owes.id)
    pay(page, qtbot)
    till = my_till(town.clerk.desk)
    assert till is not None
    (made,) = payments_in(town.clerk.desk, till.id)
    town.sync()
    other = visited(MoneyPage(town.supervisor, ways), qtbot, shown=made.id)
    qtbot.keyClicks(other.undo.reason, "Typed for the wrong case")
    qtbot.mouseClick(other.undo.void, Qt.MouseButton.LeftButton)
    assert payment_of(town.supervisor.desk.record(made.id)).state == "void"
    assert "VOID" in other.paper.pages.words


def test_everything_has_a_name_and_a_size(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    assert faults(page) == []
    owes = with_till(town)
    page.home()
    assert faults(page) == []
    page.go(case=owes.id)
    page.take.method.press("cheque")
    settle()
    assert faults(page) == []
    page.take.proof.setText("7")
    pay(page, qtbot)
    settle()
    assert faults(page) == []
    page.home()
    qtbot.mouseClick(page.till.count, Qt.MouseButton.LeftButton)
    settle()
    assert faults(page) == []
    page.closing.pieces.fields[2000].setText("0")
    page.closing.go_on()
    settle()
    assert faults(page) == []


def test_what_was_paid_twice_is_listed_and_paid_back(town: City, ways: Ways, qtbot: QtBot) -> None:
    owes = take(town.clerk.desk, case(town.clerk.desk, dict(PORTABLE)).id, "submit")
    for session, name in ((town.clerk, "City Hall 1"), (town.supervisor, "City Hall 2")):
        open_till(session.desk, name, FLOAT)
    town.sync()
    for session in (town.clerk, town.supervisor):
        take_payment(session.desk, session.desk.record(owes.id), Handed(Decimal("349.00"), "cash"))
    town.sync()
    page = visited(MoneyPage(town.supervisor, ways), qtbot)
    page.till.overpaid.list.setFocus()
    qtbot.keyClick(page.till.overpaid.list, Qt.Key.Key_Return)
    qtbot.keyClicks(page.undo.reason, "Paid twice")
    records = visited(RecordsPage(town.supervisor, ways), qtbot, record=owes.id)
    assert "Paid $349.00 too much: 2 receipts" in records.view.overpaid.words.text()
    qtbot.mouseClick(page.undo.back, Qt.MouseButton.LeftButton)
    assert balance(town.supervisor.desk, owes) == 0
    page.home()
    assert not page.till.overpaid.isVisible()
