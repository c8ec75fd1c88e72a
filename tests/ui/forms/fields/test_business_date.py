"""A day to comply by: so many business days from today, never one that skips a holiday by mistake."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormSession
from fieldapp.services.clocks import city_calendar
from tests.support.ui_forms import Notebook, editor, form, of_kind, question, show
from ui.forms import FormEditor, Heading
from ui.forms.fields.business_date import BusinessDateField
from ui.forms.fields.date import DateField

SURVEY = """
    | type | name | label | appearance |
    | date | by | Correct by | business-days |
    """


def field_of(qtbot: QtBot, book: Notebook) -> BusinessDateField:
    """The field on Monday 23 November 2026, with the City's calendar."""
    session = FormSession(form(SURVEY), {}, clock=book.clock)
    host = replace(book.host(), business_days=city_calendar())
    made = show(qtbot, FormEditor(session, host, lambda: Heading("Visit"), kept={}))
    return of_kind(question(made, "by").field, BusinessDateField)


def test_a_button_gives_so_many_business_days(qtbot: QtBot) -> None:
    field = field_of(qtbot, Notebook())
    field.steps[1].click()
    assert field.node().value == "2026-11-30"
    assert field.weekday.text() == "Monday · 5 business days"


def test_any_number_is_typed_and_holidays_are_skipped(qtbot: QtBot) -> None:
    field = field_of(qtbot, Notebook())
    qtbot.keyClicks(field.line, "+25")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.node().value == city_calendar().add(city_calendar().add(field._day(1), 0), 24).isoformat()
    assert field.node().value > "2026-12-28"


def test_a_day_on_which_the_city_is_closed_is_told(qtbot: QtBot) -> None:
    field = field_of(qtbot, Notebook())
    qtbot.keyClicks(field.line, "2026-11-28")
    assert field.node().value == "2026-11-28"
    assert field.weekday.text() == "Saturday · the City is closed"


def test_without_a_calendar_it_is_a_plain_day(qtbot: QtBot) -> None:
    made = show(qtbot, editor(form(SURVEY)))
    assert type(question(made, "by").field) is DateField
