"""Taking answers back and bringing them again, by keys and by the arrows in the head."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.ui_forms import Notebook, editor, focused, focused_path, of_kind, question, show
from tests.ui.forms.forms import repeating, small
from ui.forms.repeat import RepeatBlock

CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    """Press a key where the focus is."""
    qtbot.keyClick(focused(), key, modifiers)


def test_typing_is_taken_back_in_the_line_and_on_the_disk(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(small(), book))
    question(made, "visit/permit")
    qtbot.keyClicks(focused(), "26-1")
    made.flush()
    press(qtbot, Qt.Key.Key_Z)
    assert of_kind(focused(), QLineEdit).text() == ""
    assert "visit/permit" not in book.fields


def test_what_is_still_being_typed_is_taken_back_first(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.entry.put("visit/storeys", "3")
    question(made, "visit/permit")
    qtbot.keyClicks(focused(), "26-1")
    press(qtbot, Qt.Key.Key_Z)
    assert of_kind(focused(), QLineEdit).text() == ""
    assert made.session.node("visit/storeys").value == "3"


def test_what_is_no_answer_is_the_lines_own_to_take_back(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.entry.put("visit/permit", "26-1")
    question(made, "visit/storeys")
    qtbot.keyClicks(focused(), "-")
    press(qtbot, Qt.Key.Key_Z)
    assert of_kind(focused(), QLineEdit).text() == ""
    assert made.session.node("visit/permit").value == "26-1"


def test_redo_brings_it_again_with_either_key(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "visit/permit")
    made.entry.put("visit/permit", "26-1")
    made.entry.put("visit/permit", "26-2")
    press(qtbot, Qt.Key.Key_Z)
    press(qtbot, Qt.Key.Key_Z)
    assert made.session.node("visit/permit").value == ""
    press(qtbot, Qt.Key.Key_Z, BOTH)
    press(qtbot, Qt.Key.Key_Y)
    assert made.session.node("visit/permit").value == "26-2"


def test_what_is_taken_back_elsewhere_comes_into_view(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.entry.put("visit/storeys", "3")
    question(made, "outcome/safe")
    press(qtbot, Qt.Key.Key_Z)
    assert made.section == "visit"
    assert focused_path() == "visit/storeys"


def test_with_nothing_to_take_back_nothing_happens(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "outcome/safe")
    press(qtbot, Qt.Key.Key_Z)
    press(qtbot, Qt.Key.Key_Y)
    assert focused_path() == "outcome/safe"


def test_a_removed_instance_comes_back_with_its_answers(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(repeating(), book))
    person = made.session.node("person").children[0].path if made.session.node("person").children else ""
    person = person or made.entry.add("person").path
    made.entry.put(f"{person}/name", "Ann")
    made.entry.remove(person)
    made.undo.undo()
    assert made.session.node(f"{person}/name").value == "Ann"
    assert book.fields[f"{person}/name"] == "Ann"
    qtbot.waitUntil(question(made, f"{person}/name").isVisible)


def test_an_offer_to_take_something_back_goes_when_the_keys_did(qtbot: QtBot) -> None:
    made = show(qtbot, editor(repeating()))
    people = made.sheet.block("person")
    assert isinstance(people, RepeatBlock)
    people.remove(made.session.node("person").children[0].path)
    assert made.toast.isVisible()
    made.undo.undo()
    assert made.toast.isHidden()


def test_the_arrows_do_the_same_and_say_what_they_can(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    assert not made.undo.buttons.back.isEnabled()
    made.entry.put("visit/permit", "26-1")
    made.undo.buttons.back.click()
    assert made.session.node("visit/permit").value == ""
    assert not made.undo.buttons.back.isEnabled()
    made.undo.buttons.again.click()
    assert made.session.node("visit/permit").value == "26-1"


def test_a_refusal_goes_when_its_question_is_taken_back(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    made.entry.put("visit/storeys", "3")
    made.entry.put("visit/storeys", "many")
    assert made.entry.refused("visit/storeys")
    made.undo.undo()
    assert not made.entry.refused("visit/storeys")


def test_a_form_that_is_only_read_has_no_arrows(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small(), answers={"meta/instanceID": "uuid:1"}, read_only=True))
    assert made.undo.buttons.isHidden()
