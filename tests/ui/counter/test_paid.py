"""A visit that was paid says so, with the way to the receipt and back."""

from __future__ import annotations

from decimal import Decimal

from pytestqt.qtbot import QtBot

from fieldapp.actions import Handed, answer, open_till, take_payment
from fieldapp.actions.visits import begin_visit, serve
from fieldapp.money.payment import payment_of
from tests.support.money import FLAT, FLOAT
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.counter import CounterPage
from ui.money import MoneyPage


def test_a_paid_visit_leads_to_its_receipt_and_back(town: City, ways: Ways, qtbot: QtBot) -> None:
    desk = town.clerk.desk
    open_till(desk, "City Hall 1", FLOAT)
    visit = begin_visit(desk, "A1")
    answer(desk, serve(desk, visit.id, "building-permit").id, FLAT)
    page = visited(CounterPage(town.clerk, ways), qtbot, visit=visit.id)
    assert not page.visit.paid.isVisible()
    made = take_payment(desk, desk.record(visit.id), Handed(Decimal("349.00"), "cash"))
    page.show_visit(visit.id)
    (button,) = page.visit.paid.buttons
    assert button.text() == f"Paid $349.00, {payment_of(made).name}"
    button.click()
    assert ways.last == ("money", {"shown": made.id, "visit": visit.id})
    money = visited(MoneyPage(town.clerk, ways), qtbot, **ways.last[1])
    money.paper.back.click()
    assert ways.last == ("counter", {"visit": visit.id})
