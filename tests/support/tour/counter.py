"""What a clerk has before them: the counter, a visit, the resident's side, money."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp import texts
from fieldapp.actions import my_till, open_till
from fieldapp.actions.reading_back import read_back
from sync.practice.people import KAUR, OSEI, TREMBLAY
from tests.support.money import FLOAT, PORTABLE, case
from tests.support.tour.city import Stop, Tour, at
from ui.counter.survey import SurveySheet
from ui.filling.discarding import DiscardCard
from ui.money import MoneyPage
from ui.resident.view import ResidentView


def _counting(tour: Tour) -> QWidget:
    window = tour.window(OSEI, "money")
    page = window.page()
    assert isinstance(page, MoneyPage)
    page.till.count.click()
    return window


def _correcting(tour: Tour) -> QWidget:
    desk = tour.city.supervisor.desk
    if my_till(desk) is None:
        open_till(desk, "2", FLOAT)
    window = tour.window(KAUR, "money")
    page = window.page()
    assert isinstance(page, MoneyPage)
    page.till.correct_float()
    return window


def _change(tour: Tour) -> QWidget:
    window = tour.window(OSEI, "money", case=case(tour.city.clerk.desk, PORTABLE).id)
    page = window.page()
    assert isinstance(page, MoneyPage)
    page.take.tendered.setText("400")
    page.take.take()
    return window


def _discard(tour: Tour) -> QWidget:
    """What is asked before a form that was begun is thrown away."""
    window = tour.window(OSEI, "form", record=tour.draft.id, back="counter")
    card = window.page().findChild(DiscardCard)
    assert isinstance(card, DiscardCard)
    card.button.click()
    return window


def _resident(tour: Tour) -> QWidget:
    view = ResidentView()
    view.show_read(read_back(tour.city.clerk.desk, tour.walk_in, lang=texts.language()))
    return tour.alone(view)


STOPS = (
    Stop("clerk's settings", at(OSEI, "settings"), "settings"),
    Stop("counter", at(OSEI, "counter"), "counter"),
    Stop("visit", lambda t: t.window(OSEI, "counter", visit=t.walk_in), "counter"),
    Stop("resident", _resident),
    Stop("receipt", lambda t: t.window(OSEI, "counter", receipt=t.pickups[texts.language()].id), "counter"),
    Stop("form", lambda t: t.window(OSEI, "form", record=t.draft.id, back="counter"), "form"),
    Stop("discard", _discard, "form"),
    Stop("open a till", at(TREMBLAY, "money"), "money"),
    Stop("till", at(OSEI, "money"), "money"),
    Stop("take money", lambda t: t.window(OSEI, "money", case=t.owing.id), "money"),
    Stop("receipt of money", lambda t: t.window(OSEI, "money", shown=t.paid.id), "money"),
    Stop("correct a float", _correcting, "money"),
    Stop("change to give", _change, "money"),
    Stop("count the till", _counting, "money"),
    Stop("stock", at(OSEI, "stock"), "stock"),
    Stop("survey", lambda t: t.alone(SurveySheet(t.city.clerk, texts.language()))),
)
