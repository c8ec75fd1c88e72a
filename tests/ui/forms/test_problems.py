"""Errors: beside the question once it was left, in one list, and by key from one to the next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.ui_forms import Notebook, editor, focused, focused_path, form, of_kind, question, show
from tests.ui.forms.forms import small
from ui.forms import FormEditor
from ui.forms.fields.date import DateField


def typed(qtbot: QtBot, made: FormEditor, path: str, text: str) -> str:
    """Type into a question without leaving it; what its line says then."""
    box = question(made, path)
    assert box.field is not None
    qtbot.keyClicks(box.field.target(), text)
    box.field.flush()
    return box.line.text()


def test_nothing_is_said_while_typing(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    assert typed(qtbot, made, "visit/permit", "abc") == ""


def test_a_constraint_is_said_after_the_field_was_left(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    typed(qtbot, made, "visit/permit", "abc")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert question(made, "visit/permit").line.text() == "Digits only."


def test_an_error_moves_nothing(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    below = question(made, "visit/storeys")
    place = below.y()
    made.entry.put("visit/permit", "abc")
    made.sheet.leave("visit/permit")
    qtbot.wait(20)
    assert below.y() == place


def test_an_error_is_described_to_screen_readers(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.entry.put("visit/permit", "abc")
    made.sheet.leave("visit/permit")
    box = question(made, "visit/permit")
    assert box.field is not None
    assert box.field.target().accessibleName() == "Permit"
    assert "Digits only." in box.field.target().accessibleDescription()


def test_a_required_answer_is_asked_for_on_submit(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.show_section("outcome")
    with qtbot.assertNotEmitted(made.submitted):
        made.head.primary.click()
    assert focused_path() == "visit/permit"
    assert question(made, "visit/permit").line.text() != ""


def test_a_complete_form_is_submitted(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.entry.put("visit/permit", "26-1")
    made.entry.put("outcome/safe", "yes")
    made.show_section("outcome")
    assert made.head.primary.text() == "Submit"
    with qtbot.waitSignal(made.submitted):
        made.head.primary.click()


def test_the_hint_stays_beside_what_is_wrong(qtbot: QtBot) -> None:
    survey = "| type | name | label | hint | constraint | constraint_message |"
    made = show(qtbot, editor(form(f"{survey}\n| text | a | A | Like 26-1 | . != 'x' | Not this. |")))
    made.sheet.leave("a")
    assert typed(qtbot, made, "a", "x") == "Not this. · Like 26-1"


def test_a_refused_day_has_no_weekday(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small(), answers={"visit/on": "2026-11-20"}))
    field = of_kind(question(made, "visit/on").field, DateField)
    assert field.weekday.text() == "Friday"
    field.line.clear()
    typed(qtbot, made, "visit/on", "Nov 31")
    assert field.weekday.text() == ""


def test_a_day_that_is_none_is_refused_and_stops_submitting(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(small(), book))
    said = typed(qtbot, made, "visit/on", "2026-13-45")
    assert said == "There is no such day: “2026-13-45”."
    assert "visit/on" not in book.fields
    assert "visit/on" in [problem.node.path for problem in made.entry.problems()]


def test_a_refused_day_is_taken_once_it_is_corrected(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    typed(qtbot, made, "visit/on", "2026-13-45")
    box = question(made, "visit/on")
    assert box.field is not None
    of_kind(box.field.target(), QLineEdit).selectAll()
    assert typed(qtbot, made, "visit/on", "2026-11-20") == ""
    assert "visit/on" not in [problem.node.path for problem in made.entry.problems()]


def test_the_list_counts_missing_answers_by_section_and_names_wrong_ones(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.entry.put("visit/storeys", "120")
    qtbot.waitUntil(lambda: len(made.to_fix.texts()) == 3)
    assert made.to_fix.texts() == ["Storeys: At most 99", "Permit", "Is it safe?"]


def test_what_two_sections_ask_alike_is_told_with_its_section(qtbot: QtBot) -> None:
    rows = "\n".join(
        f"| begin_group | {name} | {title} | {title} | |\n"
        f"| date | {name}_until | Expires | Expire | yes |\n"
        "| end_group | | | | |"
        for name, title in (("first", "First"), ("second", "Second"))
    )
    made = show(qtbot, editor(form(f"| type | name | label::en | label::fr | required |\n{rows}")))
    assert made.to_fix.texts() == ["First: Expires", "Second: Expires"]


def test_a_line_of_the_list_leads_to_its_question(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.to_fix.wanted.emit("outcome/safe")
    assert focused_path() == "outcome/safe"


def test_f8_goes_to_the_next_problem_and_round(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "visit/remarks")
    places = []
    for _ in range(2):
        qtbot.keyClick(made, Qt.Key.Key_F8)
        places.append(focused_path())
    assert places == ["outcome/safe", "visit/permit"]


def test_shift_f8_goes_back(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "visit/remarks")
    qtbot.keyClick(made, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert focused_path() == "visit/permit"


def test_the_outline_says_how_far_each_section_is(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.entry.put("visit/permit", "26-1")
    made.entry.put("visit/storeys", "120")
    qtbot.waitUntil(lambda: made.outline.states()["visit"] == "Visit, 1 to correct")
    made.entry.put("visit/storeys", "2")
    qtbot.waitUntil(lambda: made.outline.states()["visit"] == "Visit, done")
    assert made.outline.states()["outcome"] == "Result"
