"""A wish for a time in the City's calendar, in a form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from fieldapp import actions
from fieldapp.bookings import Slot
from fieldapp.forms import FormDefinition
from fieldapp.store import SLOT, RemoteRow
from tests.support.ui_forms import Notebook, editor, form, of_kind, question, show
from tests.support.workplaces import City
from ui.filling.host import host_of
from ui.forms.fields.slot import SlotField

FREE = (("E1", "Thursday, December 3, 2026, East route"), ("E2", "Friday, December 4, 2026, West route"))


def wishing() -> FormDefinition:
    return form(
        """
        | type | name | label::en | label::fr | appearance |
        | text | wish | A time | Un moment | slot |
        """
    )


def field_of(qtbot: QtBot, book: Notebook, **answers: str) -> SlotField:
    made = show(qtbot, editor(wishing(), book, answers=answers))
    return of_kind(question(made, "wish").field, SlotField)


def test_a_free_time_is_chosen_from_the_list(qtbot: QtBot) -> None:
    book = Notebook(slots=FREE)
    field = field_of(qtbot, book)
    assert [field.combo.itemText(n) for n in range(field.combo.count())] == [words for _, words in FREE]
    field.combo.setCurrentIndex(1)
    field.combo.activated.emit(1)
    qtbot.waitUntil(lambda: book.fields.get("wish") == "E2")


def test_a_wish_that_is_free_no_more_stays(qtbot: QtBot) -> None:
    field = field_of(qtbot, Notebook(slots=FREE), wish="E9")
    assert field.combo.currentText() == "E9 (not among what is free)"


def test_without_a_calendar_it_says_so(qtbot: QtBot) -> None:
    field = field_of(qtbot, Notebook())
    assert field.combo.placeholderText() == "The calendar on this laptop has no time for this."


def test_a_form_offers_what_is_free_for_its_own_question(town: City, monkeypatch: pytest.MonkeyPatch) -> None:
    session = town.clerk
    service = session.catalogue.get("bulk-pickup")
    (route,) = service.bookings
    monkeypatch.setitem(vars(service), "bookings", (replace(route, slot="pickup/set_out_spot"),))
    full = Slot("E1", ("bulk-pickup",), "East route", "Tournée est", "2026-12-03T07:00", 540, 2)
    free = replace(full, id="E2", starts="2026-12-04T07:00", free=1)
    rows = [RemoteRow(f"{SLOT}:{one.id}", 1, fields={"id": one.id, **one.told()}, kind=SLOT) for one in (full, free)]
    session.store.exchange.apply_page("slots", rows, 2, epoch="e")
    record = actions.start(session.desk, "bulk-pickup")
    slots = host_of(session, record.id).slots
    assert slots is not None
    assert slots("pickup/set_out_spot") == [("E2", "Friday, December 4, 2026, East route")]
    assert slots("pickup/other") == []
