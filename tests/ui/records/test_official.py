"""Official numbers on the screen: what was issued, what the City has to give, and voiding one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp import actions
from fieldapp.records import ISSUED, LANG, STATE, VOIDED
from fieldapp.store import Block, Issue
from tests.support.pictures import settle
from ui.counter.receipt import receipt
from ui.records.official import OfficialNumbers
from ui.records.view import RecordView
from ui.session import Session
from ui.widgets import Button, Chip

SERIES = "order/2026"


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> RecordView:
    """An empty view, shown."""

    def stay(page: str, **_where: str) -> None:
        raise AssertionError(page)

    made = RecordView(session, stay)
    qtbot.addWidget(made)
    made.resize(520, 700)
    made.show()
    return made


def inspected(session: Session) -> str:
    """An inspection that was submitted with an order; its number is from the block in hand, if there is one."""
    parent = actions.start(session.desk, "bulk-pickup").id  # any record will do
    record = session.desk.record(parent)
    session.desk.commit(record, {STATE: "submitted", LANG: "en"}, transition="submit")
    made = session.store.record(parent)
    assert made is not None
    session.desk.commit(made, {}, seal=True, issues=[Issue("order", SERIES)])
    return parent


def reserved(session: Session, n: int = 2) -> None:
    """The City has reserved some numbers."""
    session.store.numbers.ask(Block("b", SERIES, "building-inspection", "order", "2026-11-23", n))
    session.store.numbers.arrived(
        Block("b", SERIES, "building-inspection", "order", "2026-11-23", n, "open", "OR26-", 5, 1, n, 1)
    )


@pytest.fixture(autouse=True)
def _orders(session: Session) -> None:
    """The pick-up issues orders as the inspection does: it is quicker to fill."""
    (order,) = session.catalogue.get("building-inspection").numbers
    always = replace(order, question="")
    object.__setattr__(session.catalogue.get("bulk-pickup"), "numbers", (always,))


def words(widget: OfficialNumbers) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def shown(view: RecordView, record: str) -> OfficialNumbers:
    view.show_record(record)
    settle()
    return view.findChildren(OfficialNumbers)[0]


def test_the_number_stands_at_the_head_and_on_the_receipt(view: RecordView, session: Session) -> None:
    reserved(session)
    record = inspected(session)
    assert words(shown(view, record)) == ["Order file", "OR26-00001"]
    assert receipt(session, session.desk.record(record)).official == (("Order file", "OR26-00001"),)


def test_a_provisional_one_says_so_and_is_no_number(view: RecordView, session: Session) -> None:
    record = inspected(session)
    strip = shown(view, record)
    assert [one.text() for one in strip.findChildren(Chip)] == ["Provisional: the City gives it"]
    ((_, number),) = receipt(session, session.desk.record(record)).official
    assert number == "provisional, the final number follows from the City"
    assert not [one for one in strip.findChildren(Button) if one.isVisible()]


def test_a_record_without_numbers_shows_none(view: RecordView, session: Session) -> None:
    assert not shown(view, actions.start(session.desk, "bulk-pickup").id).isVisible()


def test_a_spoilt_paper_is_voided_with_a_reason_and_takes_the_next(view: RecordView, session: Session) -> None:
    reserved(session)
    record = inspected(session)
    strip = shown(view, record)
    next(one for one in strip.findChildren(Button) if one.text() == "Void…").click()
    strip.panel.anew.click()
    assert any("say why" in said for said in words(strip))
    strip.panel.reason.setText("torn")
    strip.panel.anew.click()
    settle()
    fields = session.desk.record(record).fields
    assert (fields[ISSUED + "order"], fields[VOIDED + "OR26-00001"]) == ("OR26-00002", "torn")
    assert words(strip) == ["Order file", "OR26-00002"]
    assert not strip.panel.isVisible()


def test_escape_closes_the_question(view: RecordView, session: Session) -> None:
    reserved(session)
    strip = shown(view, inspected(session))
    next(one for one in strip.findChildren(Button) if one.text() == "Void…").click()
    QTest.keyClick(strip.panel.reason, Qt.Key.Key_Escape)
    assert not strip.panel.isVisible()
