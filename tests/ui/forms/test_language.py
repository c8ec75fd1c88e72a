"""The language changes at a key: all words, no answer, and not the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from fieldapp import texts
from tests.support.ui_forms import Notebook, editor, focused, focused_path, line, of_kind, question, show
from tests.ui.forms.forms import checking, choosing, small


def test_labels_and_sections_change(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    texts.use("fr")
    made.retranslate()
    assert question(made, "visit/storeys").label.words() == "Étages"
    assert list(made.outline.states().values())[1] == "Résultat"
    assert made.head.primary.text() == "Section suivante"


def test_the_focus_and_what_is_typed_stay(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "visit/remarks")
    qtbot.keyClicks(focused(), "wet")
    texts.use("fr")
    made.retranslate()
    assert focused_path() == "visit/remarks"
    assert of_kind(focused(), QPlainTextEdit).toPlainText() == "wet"


def test_the_focus_stays_on_rebuilt_buttons(qtbot: QtBot) -> None:
    made = show(qtbot, editor(choosing()))
    question(made, "safe")
    texts.use("fr")
    made.retranslate()
    assert focused_path() == "safe"
    assert focused().accessibleName() == "Est-ce sûr?: Oui"


def test_choices_change_their_words_and_keep_the_answer(qtbot: QtBot) -> None:
    from ui.forms.fields.choice_search import SearchField

    book = Notebook()
    made = show(qtbot, editor(choosing(), book))
    made.entry.put("colour", "c3")
    texts.use("fr")
    made.retranslate()
    field = question(made, "colour").field
    assert isinstance(field, SearchField)
    assert field.line.text() == "Couleur 3"
    assert book.fields["colour"] == "c3"
    assert len(book.saves) == 1


def test_a_number_wears_the_languages_comma(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small(), language="fr"))
    field = question(made, "visit/area").field
    assert field is not None
    qtbot.keyClicks(field.target(), "2,5")
    field.flush()
    assert made.session.node("visit/area").value == "2.5"
    assert of_kind(field.target(), QLineEdit).text() == "2,5"


def test_a_checklist_changes_too(qtbot: QtBot) -> None:
    made = show(qtbot, editor(checking()))
    texts.use("fr")
    made.retranslate()
    item = line(made, f"{made.session.node('checklist/check').children[0].path}/result")
    assert "Conforme" in focused().accessibleName()
    assert item.label.words() == "Item 1"
