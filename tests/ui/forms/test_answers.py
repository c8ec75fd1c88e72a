"""What a person enters becomes an answer, and is saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.ui_forms import Notebook, editor, focused, form, of_kind, question, show
from tests.ui.forms.forms import small
from ui.forms.fields.date import DateField


def test_typed_text_is_saved_after_a_pause(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(small(), book))
    target = question(made, "visit/permit").field
    assert target is not None
    with qtbot.waitSignal(made.saved, timeout=1000):
        qtbot.keyClicks(target.target(), "26-104233")
    assert book.fields["visit/permit"] == "26-104233"
    assert len(book.saves) == 1


def test_text_is_saved_when_the_field_is_left(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(small(), book))
    target = question(made, "visit/permit").field
    assert target is not None
    qtbot.keyClicks(target.target(), "26")
    qtbot.keyClick(target.target(), Qt.Key.Key_Tab)
    assert book.fields["visit/permit"] == "26"


def test_saved_is_shown_only_after_the_commit(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    assert made.head.saved.isHidden()
    made.entry.put("visit/permit", "26")
    assert made.head.saved.text() == "Saved on this laptop 09:00:00"
    assert made.head.saved.isVisible()


def test_what_is_typed_is_kept_when_the_page_is_left(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(small(), book))
    target = question(made, "visit/remarks").field
    assert target is not None
    qtbot.keyClicks(target.target(), "wet")
    made.hide()
    assert book.fields["visit/remarks"] == "wet"


def test_a_change_says_what_was_there_before(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(small(), book, answers={"visit/permit": "26-1", "meta/instanceID": "uuid:1"}))
    made.entry.put("visit/permit", "26-2")
    assert book.saves[-1][0]["visit/permit"] == "26-2"
    assert book.saves[-1][1]["visit/permit"] == "26-1"


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("visit/storeys", "12", "12"),
        ("visit/area", "1 250,5", "1250.5"),
        ("visit/on", "2026-11-20", "2026-11-20"),
        ("visit/on", "20261120", "2026-11-20"),
        ("visit/on", "t", "2026-11-23"),
        ("visit/until", "9h05", "09:05:00.000-05:00"),
    ],
)
def test_typed_answers_are_kept_in_the_forms_spelling(qtbot: QtBot, path: str, typed: str, kept: str) -> None:
    book = Notebook()
    made = show(qtbot, editor(small(), book))
    target = question(made, path).field
    assert target is not None
    qtbot.keyClicks(target.target(), typed)
    target.flush()
    assert book.fields[path] == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1a2", "Enter a number."),
        ("12.5", "“12.5” is not a whole number"),
        ("3000000000", "whole number"),
        ("1e3", "Enter a number."),
    ],
)
def test_what_is_no_number_stays_and_is_told(qtbot: QtBot, typed: str, said: str) -> None:
    made = show(qtbot, editor(small()))
    box = question(made, "visit/storeys")
    qtbot.keyClicks(focused(), typed)
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert box.field is not None
    assert of_kind(box.field.target(), QLineEdit).text() == typed
    assert said in box.line.text()
    assert made.session.node("visit/storeys").value == ""
    assert [problem.node.path for problem in made.entry.problems() if problem.kind == "type"] == ["visit/storeys"]


def test_now_enters_day_and_time(qtbot: QtBot) -> None:
    from ui.forms.fields.moment import MomentField

    book = Notebook()
    made = show(qtbot, editor(small(), book))
    field = question(made, "visit/arrived").field
    assert isinstance(field, MomentField)
    field.now.click()
    assert book.fields["visit/arrived"] == "2026-11-23T09:00:00.000-05:00"
    assert (field.day.text(), field.time.text()) == ("2026-11-23", "09:00")


def test_a_day_picked_in_the_calendar_is_kept(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QApplication, QCalendarWidget

    book = Notebook()
    made = show(qtbot, editor(small(), book))
    target = question(made, "visit/on").field
    assert target is not None
    qtbot.keyClick(target.target(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    calendar = popup.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.activated.emit(calendar.selectedDate().addDays(-3))
    assert book.fields["visit/on"] == "2026-11-20"


def test_a_note_shows_the_answers_in_it(qtbot: QtBot) -> None:
    from ui.forms.note import NoteBox

    made = show(qtbot, editor(small()))
    made.show_section("outcome")
    note = made.sheet.block("outcome/thanks")
    assert isinstance(note, NoteBox)
    made.entry.put("visit/permit", "26-7")
    assert note.words.text() == 'Thank you, <span style="font-weight:600">26-7</span>.'


def test_a_day_may_be_typed_by_its_name(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(form("| type | name | label |\n| date | by | Correct by |"), book))
    line = of_kind(question(made, "by").field, DateField).line
    for typed, day in (("oct 4", "2026-10-04"), ("tue", "2026-11-24"), ("t", "2026-11-23")):
        line.selectAll()
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Qt.Key.Key_Tab)
        made.entry.flush()
        assert book.fields["by"] == day
        line.setFocus()
