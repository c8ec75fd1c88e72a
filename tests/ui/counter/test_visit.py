"""A whole visit at the counter by keys alone: a person, two services, papers, cash, one receipt, the next resident."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from fieldapp.actions import answer as answered
from fieldapp.actions import balance, open_till, payments_in, queue, start, take, visits
from fieldapp.actions.reading_back import agree, read_back
from fieldapp.actions.tills import my_till
from fieldapp.counter.agreement import CLERK
from fieldapp.money.payment import lines_of
from fieldapp.records import LANG, POINT
from tests.support.keys import focus, press, write
from tests.support.money import FLOAT
from tests.support.pictures import settle
from tests.support.windows import put_away
from tests.support.workplaces import City, fill, pickup_answers
from ui import theme
from ui.counter import CounterPage
from ui.forms.fields.address import AddressField
from ui.window import MainWindow

CONTROL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
Key = Qt.Key


@pytest.fixture
def window(town: City) -> Iterator[MainWindow]:
    open_till(town.clerk.desk, "City Hall 1", FLOAT)
    made = MainWindow(town.clerk, page="counter")
    made.show()
    made.activateWindow()
    settle()
    yield made
    put_away(made)


PARKING = {
    "Is the street": " ",
    "Licence plate": "CABC 123",
    "Does it show": " ",
    "I saw the vehicle": " ",
    "First name": "Ana",
    "Last name": "Wojcik",
    "Phone": "905-546-2489",
    "The person has read": " ",
    "Address": "412 Upper James St",
}
SECOND_CAR = {
    "Is the street": " ",
    "Licence plate": "CDEF 456",
    "Does it show": " ",
    "I saw the vehicle": " ",
    "The person has read": " ",
    "Address": "412 Upper James St",
}
CERTIFICATE = {
    "What is wanted?": " ",
    "What is it for?": "Refinancing",
    "Who asks?": "The owner",
    "Closing": "2026-12-18",
    "The person has read": " ",
    "Address": "412 Upper James St",
}


def answer(said: dict[str, str]) -> None:
    """Go by F8 from one question that needs an answer to the next, and hand the form in."""
    for _ in range(len(said) + 3):
        press(Key.Key_F8)
        name = focus().accessibleName()
        found = next((text for start, text in said.items() if name.startswith(start)), None)
        if found is not None:
            write(found)
        if name == "Address":
            press(Key.Key_Tab)  # leaves the suggestions
    press(Key.Key_Return, CONTROL)


def tab_to(name: str) -> None:
    for _ in range(60):
        if focus().accessibleName() == name:
            return
        press(Key.Key_Tab)
    raise AssertionError(f"Tab does not come to “{name}”")


def ask_for(words: str) -> None:
    assert focus().accessibleName() == "Find a service"
    write(words)
    press(Key.Key_Return)


def test_a_whole_visit_by_keys_alone(window: MainWindow, town: City) -> None:
    desk = town.clerk.desk
    press(Key.Key_F2)
    write("41")
    press(Key.Key_Tab)
    press(Key.Key_Return)  # nobody that this laptop knows
    ask_for("parking permit")
    answer(PARKING)
    ask_for("tax certificate")
    answer(CERTIFICATE)
    ask_for("parking permit")
    answer(SECOND_CAR)
    (visit,) = visits.waiting(desk)
    assert [one.service for one in visits.served(desk, visit)] == [
        "residential-parking",
        "property-request",
        "residential-parking",
    ]
    tab_to("The Ministry's accessible parking permit, for an accessible space (only if it applies)")
    press(Key.Key_Space)
    press(Key.Key_T, CONTROL)
    press(Key.Key_Return, CONTROL)
    till = my_till(desk)
    assert till is not None
    (paid,) = payments_in(desk, till.id)
    assert (paid.method, paid.paid) == ("cash", Decimal("182.00"))
    assert len(lines_of(desk.record(paid.id))) == 2
    press(Key.Key_Escape)  # from the receipt back to the visit
    press(Key.Key_P, CONTROL)
    press(Key.Key_Escape)  # from the sheet
    press(Key.Key_Return, CONTROL)
    assert visits.waiting(desk) == []
    (first, _, _) = visits.the_visit(desk, visit.id).items
    assert first.papers == ("accessible",)  # that the ownership was seen says the form
    assert [balance(desk, one) for one in visits.served(desk, visit)] == [0, 0, 0]
    assert focus().accessibleName() == "Find a service"


def test_after_control_n_nothing_of_the_last_resident_is_left(window: MainWindow, town: City) -> None:
    press(Key.Key_F2)
    write("41")
    press(Key.Key_Tab)
    write("Wojcik")
    press(Key.Key_N, CONTROL)
    fields = window.findChildren(QLineEdit)
    assert [one.text() for one in fields if one.text()] == []
    assert not any(one.isUndoAvailable() for one in fields)
    assert [one.ticket for one in visits.waiting(town.clerk.desk)] == ["41"]


def test_a_visit_that_waits_is_taken_up_again(window: MainWindow, town: City) -> None:
    visit = visits.begin_visit(town.clerk.desk, "7")
    press(Key.Key_N, CONTROL)
    tab_to("Visits that wait")
    press(Key.Key_Return)
    page = window.page()
    assert isinstance(page, CounterPage)
    assert page.where() == {"visit": visit.id}


def test_a_tiles_digit_begins_a_service_of_the_visit(window: MainWindow, town: City) -> None:
    press(Key.Key_F2)
    (visit,) = visits.waiting(town.clerk.desk)
    press(Key.Key_Tab)
    press(Key.Key_Return)
    assert focus().accessibleName() == "Find a service"
    press(Key.Key_2)
    press(Key.Key_Return)
    (record,) = visits.served(town.clerk.desk, visits.the_visit(town.clerk.desk, visit.id))
    page = window.page("counter")
    assert isinstance(page, CounterPage)
    assert record.service == page.visit.board.tiles[1].service.id


def test_a_form_of_the_visit_in_which_nothing_is_answered_leaves_nothing(window: MainWindow, town: City) -> None:
    press(Key.Key_F2)
    (visit,) = visits.waiting(town.clerk.desk)
    press(Key.Key_Tab)
    press(Key.Key_Return)
    press(Key.Key_2)
    press(Key.Key_Return)
    press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert visits.served(town.clerk.desk, visits.the_visit(town.clerk.desk, visit.id)) == []


def test_a_later_form_of_the_visit_offers_the_address_of_the_first(window: MainWindow, town: City) -> None:
    desk = town.clerk.desk
    visit = visits.begin_visit(desk)
    known = town.layers.search_addresses("1", 1)[0]
    answered(desk, visits.serve(desk, visit.id, "dog-licence").id, {"place/address": known.label})
    later = visits.serve(desk, visit.id, "bulk-pickup")
    window.navigate("form", record=later.id, back="counter")
    settle()
    (line,) = (field.edit for field in window.findChildren(AddressField) if field.isVisible())
    assert known.label in line.placeholderText()
    line.setFocus()
    press(Key.Key_Down)
    settle()
    assert line.text() == known.label
    press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.record(later.id).get(POINT).startswith(f"{known.lat:.5f}")


def test_a_paper_that_is_brought_later_is_checked_off(window: MainWindow, town: City) -> None:
    desk = town.clerk.desk
    asked = start(desk, "tax-account")
    answered(desk, asked.id, {"person/first_name": "Ana", "person/last_name": "Wojcik", "person/phone": "905-546-2489"})
    visit = visits.begin_visit(desk)
    page = window.page()
    assert isinstance(page, CounterPage)
    page.show_visit(visit.id)
    page.visit.who.search.setFocus()
    write(asked.reference)
    press(Key.Key_Return)
    page.visit.who.already.step_in()
    press(Key.Key_Return)
    page.visit.checks[asked.id, "bill"].click()
    assert visits.papers_owed(desk, visits.the_visit(desk, visit.id)) == []


def test_a_visit_that_waits_goes_on_at_its_unfinished_form(window: MainWindow, town: City) -> None:
    visit = visits.begin_visit(town.clerk.desk, "A7")
    draft = visits.serve(town.clerk.desk, visit.id, "green-bin")
    page = window.page()
    assert isinstance(page, CounterPage)
    page.home.visited.emit(visit.id)
    assert focus() is page.visit.asked
    assert page.visit.asked.current() == draft.id
    page.visit.search.setFocus()
    page.visit.end_visit()
    assert focus() is page.visit.asked


def test_finishing_names_the_papers_that_are_owed(window: MainWindow, town: City) -> None:
    desk = town.clerk.desk
    visit = visits.begin_visit(desk)
    paper = visits.serve(desk, visit.id, "tax-account")
    assert visits.papers_owed(desk, visits.the_visit(desk, visit.id)) == ["The tax bill with the roll number"]
    visits.check_off(desk, visit.id, paper.id, "bill", shown=True)
    assert visits.papers_owed(desk, visits.the_visit(desk, visit.id)) == []


def test_tab_comes_to_the_papers_before_the_buttons_below_them(window: MainWindow, town: City) -> None:
    visit = visits.begin_visit(town.clerk.desk)
    visits.serve(town.clerk.desk, visit.id, "tax-account")
    page = window.page("counter")
    assert isinstance(page, CounterPage)
    page.home.visited.emit(visit.id)
    settle()
    press(Key.Key_Tab)
    assert focus() in page.visit.checks.values()
    page.visit.need.show_it.setFocus()
    press(Key.Key_Tab)
    assert focus() not in page.visit.checks.values()


def test_with_large_letters_what_is_found_is_in_sight(
    town: City, qapp: QApplication, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: theme.enlarge(qapp, 1))
    theme.enlarge(qapp, 2)
    made = MainWindow(town.clerk, page="counter")
    made.resize(1440, 900)
    made.show()
    page = made.page("counter")
    assert isinstance(page, CounterPage)
    page.home.visited.emit(visits.begin_visit(town.clerk.desk).id)
    settle()
    page.visit.search.setFocus()
    page.visit.search.setText("restaurant")
    settle()
    for one in (page.visit.results, page.visit.search):
        assert one.visibleRegion().boundingRect().height() == one.height()
    put_away(made)


def test_what_the_city_has_not_received_is_said_to_be_here(window: MainWindow, town: City) -> None:
    desk = town.clerk.desk
    visit = visits.begin_visit(desk)
    made = start(desk, "bulk-pickup")
    fill(desk, made, [*pickup_answers(town), ("case/lang", "en")])
    visits.take_up(desk, visit.id, take(desk, made.id, "submit").id)
    page = window.page("counter")
    assert isinstance(page, CounterPage)
    page.home.visited.emit(visit.id)
    (row,) = page.visit.asked._model.rows
    assert "On this laptop" in row.subtitle
    town.sync()
    page.show_visit(visit.id)
    (row,) = page.visit.asked._model.rows
    assert "On this laptop" not in row.subtitle


def test_a_visit_that_owes_nothing_leads_to_no_payment(window: MainWindow, town: City) -> None:
    visit = visits.begin_visit(town.clerk.desk)
    visits.serve(town.clerk.desk, visit.id, "green-bin")
    page = window.page("counter")
    assert isinstance(page, CounterPage)
    page.home.visited.emit(visit.id)
    settle()
    press(Key.Key_T, CONTROL)
    assert window.page() is page


def test_the_visit_says_that_the_resident_agreed_and_to_what(window: MainWindow, town: City) -> None:
    desk = town.clerk.desk
    visit = visits.begin_visit(desk)
    draft = visits.serve(desk, visit.id, "green-bin")
    window.navigate("counter", visit=visit.id)
    page = window.page("counter")
    assert isinstance(page, CounterPage)
    assert not page.visit.need.agreed.isVisible()
    agree(desk, read_back(desk, visit.id), CLERK)
    settle()
    assert page.visit.need.agreed.text().startswith("The resident agreed at")
    answered(desk, draft.id, {"person/last_name": "Marino"})
    page.show_visit(visit.id)
    assert page.visit.need.agreed.text().endswith("show them again.")


def test_the_form_of_a_visit_that_waits_is_the_visit(window: MainWindow, town: City) -> None:
    visit = visits.begin_visit(town.clerk.desk, "A12")
    window.navigate("form", record=visit.id, back="records")
    settle()
    page = window.page("counter")
    assert isinstance(page, CounterPage)
    assert page.isVisible()
    assert page.visit.visit_id == visit.id


def test_what_they_read_is_what_their_papers_are_in(window: MainWindow, town: City) -> None:
    press(Key.Key_F2)
    (visit,) = visits.waiting(town.clerk.desk)
    tab_to("Their language: English")
    press(Key.Key_Right)
    assert town.clerk.desk.record(visit.id).get(LANG) == "fr"
    record = visits.serve(town.clerk.desk, visit.id, "residential-parking")
    assert record.get(LANG) == "fr"


def test_the_queue_by_keys_alone(window: MainWindow, town: City) -> None:
    desk = town.clerk.desk
    for _ in range(3):
        press(Key.Key_F3)
    assert [one.ticket for one in queue.queue(desk)] == ["A1", "A2", "A3"]
    press(Key.Key_F7)
    press(Key.Key_F7)
    assert queue.queue(desk)[0].calls == 2
    press(Key.Key_F7, SHIFT)
    press(Key.Key_F7)
    press(Key.Key_Return)  # they are here
    page = window.page()
    assert isinstance(page, CounterPage)
    assert visits.the_visit(desk, page.where()["visit"]).ticket == "A2"
    assert [one.ticket for one in queue.queue(desk)] == ["A3"]


def test_what_a_known_person_has_with_us_is_named(window: MainWindow, town: City) -> None:
    desk = town.clerk.desk
    made = visits.serve(desk, visits.begin_visit(desk, "41").id, "residential-parking")
    desk.commit(made, {"person/first_name": "Ana", "person/last_name": "Wojcik", "person/phone": "905-546-2489"})
    other = visits.begin_visit(desk, "42")
    visits.know(desk, other.id, made.id)
    page = window.page()
    assert isinstance(page, CounterPage)
    page.show_visit(other.id)
    assert page.visit.who.already.isVisible()
    assert page.visit.who.already.current() in {made.id, ""}
    page.next_resident()
    assert not page.visit.who.already.isVisibleTo(page)
