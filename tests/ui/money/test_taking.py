"""Taking a payment: where the keys begin, what is said of cash that cannot be, and the change, large."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.actions import Handed, answer, my_till, open_till, payments_in, take_payment
from fieldapp.actions.visits import begin_visit, serve
from fieldapp.money.payment import payment_of
from fieldapp.records import Record
from tests.support.money import FLAT, FLOAT, PORTABLE, case
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.money import MoneyPage
from ui.money.guarding import amount_field

CARD = "4111 1111 1111 1111"


def taking(town: City, ways: Ways, qtbot: QtBot, owes: Record | None = None) -> MoneyPage:
    if my_till(town.clerk.desk) is None:
        open_till(town.clerk.desk, "City Hall 1", FLOAT)
    owes = owes or case(town.clerk.desk, PORTABLE)
    return visited(MoneyPage(town.clerk, ways), qtbot, case=owes.id)


def taken(town: City) -> list[Decimal]:
    till = my_till(town.clerk.desk)
    assert till is not None
    return [one.paid for one in payments_in(town.clerk.desk, till.id)]


def test_the_keys_begin_at_the_cash_and_enter_takes_it(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = taking(town, ways, qtbot)
    assert page.take.tendered.hasFocus()
    qtbot.keyClicks(page.take.tendered, "400")
    qtbot.keyClick(page.take.tendered, Qt.Key.Key_Return)
    assert page.take.confirm.hasFocus()
    qtbot.keyClick(page.take.confirm, Qt.Key.Key_Return)
    assert taken(town) == [Decimal("349.00")]
    assert page.change.isVisible()
    assert page.change.amount.text() == "$51.00"


def test_digits_on_the_ways_of_paying_are_the_slips_number(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = taking(town, ways, qtbot)
    qtbot.keyClicks(page.take.tendered, "d")
    qtbot.keyClick(page.take.method.focusProxy(), "4")
    assert page.take.proof.text() == "4"
    assert page.take.proof.hasFocus()


def test_a_letter_chooses_the_same_way_each_time(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = taking(town, ways, qtbot)
    for _ in range(2):
        page.take.method.press("cash")
        page.take.tendered.setFocus()
        qtbot.keyClicks(page.take.tendered, "c")  # cash it is already: a cheque, whose number would else be cash
        assert page.take.method.value() == "cheque"
    qtbot.keyClicks(page.take.method.focusProxy(), "00412")
    assert (page.take.proof.text(), page.take.change.text()) == ("00412", "")


def test_what_was_missing_is_not_asked_for_once_it_is_there(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = taking(town, ways, qtbot)
    page.take.method.press("debit_terminal")
    page.take.take()
    assert page.take.fault.text()
    qtbot.keyClicks(page.take.proof, "4471")
    assert page.take.fault.text() == ""


def test_letters_choose_the_way_and_enter_goes_to_its_number(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = taking(town, ways, qtbot)
    qtbot.keyClicks(page.take.tendered, "c")
    qtbot.keyClicks(page.take.method.focusProxy(), "r")
    assert page.take.method.value() == "credit_terminal"
    qtbot.keyClick(page.take.method.focusProxy(), Qt.Key.Key_Return)
    assert page.take.proof.hasFocus()
    assert page.take.tendered.text() == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("20", "$329.00 is missing: $20.00 was handed over."),
        ("400.03", "Nobody can hand over $400.03 in cash: no coin is less than 5 cents."),
    ],
)
def test_cash_that_cannot_be_is_told_at_once_and_refused(
    town: City, ways: Ways, qtbot: QtBot, typed: str, words: str
) -> None:
    page = taking(town, ways, qtbot)
    qtbot.keyClicks(page.take.tendered, typed)
    assert page.take.fault.text() == words
    page.take.take()
    assert page.take.fault.text() == words
    assert taken(town) == []


def test_a_card_number_in_any_field_is_never_on_the_screen(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = taking(town, ways, qtbot)
    for field in (page.take.tendered, page.take.amount):
        field.clear()
        qtbot.keyClicks(field, CARD)
        said = " ".join(one.text() for one in page.findChildren(QLabel))
        assert "4111" not in said
        assert "card number" in said
        assert "4111 1111 1111" not in field.text()


def test_digits_beyond_any_amount_are_taken_for_a_card(qtbot: QtBot) -> None:
    box, field = amount_field("Amount")
    qtbot.addWidget(box)
    qtbot.keyClicks(field, "123456789012")
    assert field.text() == ""
    qtbot.keyClicks(field, "1 234 567.50")
    assert field.text() == "1 234 567.50"


def test_the_amount_of_a_visit_is_not_for_anybody_to_change(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    visit = begin_visit(desk, "A1")
    answer(desk, serve(desk, visit.id, "building-permit").id, FLAT)
    page = taking(town, ways, qtbot, desk.record(visit.id))
    assert page.take.amount.isReadOnly()
    assert page.take.amount.text() == "349.00"
    page.take.method.press("waived")
    assert "waive a fee from the single request" in page.take.fault.text()


def test_amounts_have_a_comma_in_french(town: City, ways: Ways, qtbot: QtBot, request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: texts.use("en"))
    texts.use("fr")
    page = taking(town, ways, qtbot)
    assert page.take.amount.text() == "349,00"
    qtbot.keyClicks(page.take.tendered, "350,50")
    page.take.take()
    assert taken(town) == [Decimal("349.00")]


def test_ctrl_p_prints_the_receipt_and_a_file_has_its_number(
    town: City, ways: Ways, qtbot: QtBot, said: list[str]
) -> None:
    page = taking(town, ways, qtbot)
    page.take.take()
    qtbot.keyClick(page.paper.back, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert any("printer" in one for one in said)
    till = my_till(town.clerk.desk)
    assert till is not None
    assert [one.name for one in payments_in(town.clerk.desk, till.id)] == [page.paper.file]


def test_a_void_receipt_says_so_in_its_title(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    owes = case(desk, PORTABLE)
    made = take_payment(desk, owes, Handed(Decimal("349.00"), "cash"))
    mine = visited(MoneyPage(town.clerk, ways), qtbot, shown=made.id)
    number = payment_of(made).name
    assert all(part in mine.undo.about.text() for part in ("Find a receipt", number, "a colleague"))
    town.sync()
    page = visited(MoneyPage(town.supervisor, ways), qtbot, shown=made.id)
    page.undo.reason.setText("Typed for the wrong case")
    page.undo.void.click()
    assert page.paper.head.title.text() == f"Receipt {number}: void, does not count"
    assert page.undo.about.text() == "This receipt is void: Typed for the wrong case. It does not count."
