"""Reading only, and a record that was returned."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.ui_forms import editor, focused_path, question, show
from tests.ui.forms.forms import choosing, small
from ui.forms.fields.shown import ShownField

KEPT = {"meta/instanceID": "uuid:1", "visit/permit": "26-1", "visit/on": "2026-11-20", "outcome/safe": "yes"}


def test_answers_are_words_when_they_can_only_be_read(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small(), answers=KEPT, read_only=True))
    field = question(made, "visit/on").field
    assert isinstance(field, ShownField)
    assert field.words.text() == "Friday 20 November 2026"


def test_nothing_can_be_entered_submitted_or_fixed(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small(), answers=KEPT, read_only=True))
    made.show_section("outcome")
    assert made.stack.findChildren(QLineEdit) == []
    assert made.head.primary.isHidden()
    assert made.to_fix.isHidden()


def test_a_choice_is_read_by_its_label(qtbot: QtBot) -> None:
    made = show(qtbot, editor(choosing(), answers={"meta/instanceID": "u", "colour": "c3"}, read_only=True))
    field = question(made, "colour").field
    assert isinstance(field, ShownField)
    assert field.words.text() == "Colour 3"


def test_a_returned_answer_shows_the_supervisors_words(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small(), answers=KEPT))
    made.highlight("visit/remarks", "Please say which wall.")
    box = question(made, "visit/remarks")
    assert box.reason is not None
    assert box.reason.isVisible()
    assert box.reason.text() == "Returned: Please say which wall."
    assert focused_path() == "visit/remarks"


def test_a_returned_answer_is_to_fix_until_it_changes(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small(), answers=KEPT))
    made.highlight("visit/remarks", "Please say which wall.")
    assert made.to_fix.texts() == ["Returned: Please say which wall."]
    made.entry.put("visit/remarks", "The north wall")
    qtbot.waitUntil(lambda: made.to_fix.texts() == [])


def test_jumping_to_what_is_not_there_says_so(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    assert not made.jump_to("visit/nothing")
    assert not made.jump_to("outcome/why")


def test_a_context_card_stands_below_what_is_to_fix(qtbot: QtBot) -> None:
    from ui.widgets import Card

    made = show(qtbot, editor(small()))
    card = Card("Last time, 12 Nov")
    made.add_context(card)
    qtbot.waitUntil(card.isVisible)
    assert card.y() > made.to_fix.y()
