"""An order on the spot: issued with its number by one step, and shown at once as it is printed."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from fieldapp.actions import Desk, answer, open_form, start
from fieldapp.records import ISSUED, Record
from fieldapp.store import Block
from tests.support.filling import ANSWERS, fill
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.filling import FormPage
from ui.records.page import RecordsPage

SERIES = "building_order/2026"


def reserved(desk: Desk) -> None:
    """The City has reserved two numbers for this laptop."""
    day = desk.clock.now().date().isoformat()
    block = Block("b", SERIES, "building-order", "building_order", day, 2)
    desk.store.numbers.ask(block)
    desk.store.numbers.arrived(replace(block, state="open", prefix="BCA26-", digits=5, first=1, last=2, next=1))


def written(desk: Desk) -> Record:
    """An order to comply, written whole."""
    record = start(desk, "building-order")
    edits, _was = fill(open_form(desk, record), ANSWERS["building-order"]).edits(record.fields)
    return answer(desk, record.id, edits)


def test_an_order_that_got_its_number_is_shown_ready_to_print(town: City, ways: Ways, qtbot: QtBot) -> None:
    reserved(town.inspector.desk)
    order = written(town.inspector.desk)
    page = visited(FormPage(town.inspector, ways), qtbot, record=order.id, back="today")
    assert page.editor is not None
    page.editor.submitted.emit()
    assert town.inspector.desk.record(order.id).get(ISSUED + "building_order") == "BCA26-00001"
    where, about = ways.last
    assert (where, about) == ("records", {"record": order.id, "paper": "order"})
    records = visited(RecordsPage(town.inspector, ways), qtbot, **about)
    papers = records.view._papers
    assert papers.isVisible()
    assert records.window().focusWidget() is papers.printing
    assert papers.issuing.isEnabled()


def test_without_a_number_on_this_laptop_one_goes_on_with_the_day(town: City, ways: Ways, qtbot: QtBot) -> None:
    order = written(town.inspector.desk)
    page = visited(FormPage(town.inspector, ways), qtbot, record=order.id, back="today")
    assert page.editor is not None
    page.editor.submitted.emit()
    assert ways.last[0] == "today"
