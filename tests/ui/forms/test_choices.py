"""Choosing: by letter, by arrow, by typing a part of it; and lists that depend on an answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from tests.support.ui_forms import Notebook, editor, focused, of_kind, question, show
from tests.ui.forms.forms import choosing
from ui.forms.fields.choice_buttons import ButtonsField
from ui.forms.fields.choice_combo import ComboField
from ui.forms.fields.choice_list import RadioField
from ui.forms.fields.choice_search import SearchField
from ui.forms.fields.choices_many import ManyField


def test_few_short_choices_stand_side_by_side(qtbot: QtBot) -> None:
    made = show(qtbot, editor(choosing()))
    assert isinstance(question(made, "safe").field, ButtonsField)
    assert isinstance(question(made, "ground").field, RadioField)
    assert isinstance(question(made, "colour").field, SearchField)
    assert isinstance(question(made, "many").field, ManyField)


def test_a_letter_chooses(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(choosing(), book))
    question(made, "safe")
    qtbot.keyClicks(focused(), "n")
    assert book.fields["safe"] == "no"


def test_delete_takes_a_choice_back(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(choosing(), book))
    question(made, "safe")
    qtbot.keyClicks(focused(), "n")
    qtbot.keyClick(focused(), Qt.Key.Key_Delete)
    assert "safe" not in book.fields


def test_an_arrow_moves_through_a_radio_list(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(choosing(), book))
    question(made, "ground")
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert book.fields["ground"] == "clay"
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert book.fields["ground"] == "sand"


def test_a_long_list_is_searched_by_any_part(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(choosing(), book))
    field = question(made, "colour").field
    assert isinstance(field, SearchField)
    line = field.line
    qtbot.keyClicks(line, "our 11")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert book.fields["colour"] == "c11"


def test_a_part_that_only_one_choice_has_is_enough(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(choosing(), book))
    field = question(made, "colour").field
    assert isinstance(field, SearchField)
    line = field.line
    qtbot.keyClicks(line, "our 11")
    qtbot.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Return)
    assert book.fields["colour"] == "c11"
    assert line.text() == "Colour 11"


def test_enter_that_picks_goes_on_to_the_next_question(qtbot: QtBot) -> None:
    made = show(qtbot, editor(choosing()))
    field = of_kind(question(made, "colour").field, SearchField)
    field.line.setFocus()
    qtbot.keyClicks(field.line, "our 11")
    qtbot.keyClick(field.line.popup, Qt.Key.Key_Return)
    assert field.line.text() == "Colour 11"
    assert not field.line.hasFocus()


def test_a_part_that_several_choices_have_is_no_answer(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(choosing(), book))
    field = question(made, "colour").field
    assert isinstance(field, SearchField)
    line = field.line
    qtbot.keyClicks(line, "our 1")
    qtbot.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Return)
    assert "colour" not in book.fields


def test_enter_on_words_of_several_choices_still_asks(qtbot: QtBot) -> None:
    made = show(qtbot, editor(choosing()))
    field = of_kind(question(made, "colour").field, SearchField)
    qtbot.keyClicks(field.line, "colour")
    qtbot.keyClick(field.line.popup, Qt.Key.Key_Return)
    assert field.line.text() == "colour"
    assert field.line.popup.isVisible()


def test_a_list_closes_when_a_key_leads_to_another_question(qtbot: QtBot) -> None:
    made = show(qtbot, editor(choosing(), answers={"colour": "c3"}))
    field = of_kind(question(made, "colour").field, SearchField)
    qtbot.keyClicks(field.line, "zz")
    assert field.line.popup.isVisible()
    made.jump_to("safe")
    assert not field.line.popup.isVisible()
    assert field.line.text() == "Colour 3"


def test_escape_forgets_what_was_typed_and_not_the_answer(qtbot: QtBot) -> None:
    made = show(qtbot, editor(choosing(), answers={"colour": "c3"}))
    field = of_kind(question(made, "colour").field, SearchField)
    qtbot.keyClicks(field.line, "zz")
    field.line.popup.hide()
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert (field.line.text(), made.session.node("colour").value) == ("Colour 3", "c3")


def test_words_that_name_no_choice_are_no_answer(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(choosing(), book, answers={"colour": "c3", "meta/instanceID": "uuid:1"}))
    field = question(made, "colour").field
    assert isinstance(field, SearchField)
    line = field.line
    line.selectAll()
    qtbot.keyClicks(line, "mauve")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "Colour 3"
    assert book.saves == []


def test_several_choices_keep_the_lists_order(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(choosing(), book))
    field = question(made, "many").field
    assert isinstance(field, ManyField)
    of_kind(field.target(), QCheckBox).click()
    assert book.fields["many"] == "yes"
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert book.fields["many"] == "yes no"


def test_a_filtered_list_follows_the_answer_it_depends_on(qtbot: QtBot) -> None:
    made = show(qtbot, editor(choosing()))
    field = question(made, "street").field
    assert isinstance(field, SearchField)
    made.entry.put("town", "dundas")
    assert [choice.label for choice in field.offer.choices] == ["King Street", "Hatt Street"]
    made.entry.put("town", "ancaster")
    assert [choice.label for choice in field.offer.choices] == ["Wilson Street"]


def test_the_wheel_changes_no_choice(qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    book = Notebook()
    made = show(qtbot, editor(choosing(), book))
    made.entry.put("town", "dundas")
    field = question(made, "town").field
    assert isinstance(field, ComboField)
    none = Qt.KeyboardModifier.NoModifier
    down = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field.combo, down)
    assert book.fields["town"] == "dundas"
