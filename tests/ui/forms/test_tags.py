"""Several of many choices: tags above a line that finds the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.gallery import gallery
from tests.support.ui_forms import Notebook, editor, of_kind, question, show
from ui.forms.fields.choices_tags import TagsField

PATH = "several/tags"


@pytest.fixture
def book() -> Notebook:
    """Where the answers are kept."""
    return Notebook()


@pytest.fixture
def field(qtbot: QtBot, book: Notebook, tmp_path: Path) -> TagsField:
    """Thirty wards, none chosen yet, with the focus on the line."""
    made = show(qtbot, editor(gallery(tmp_path), book))
    return of_kind(question(made, PATH).field, TagsField)


def add(field: TagsField, words: str) -> None:
    """Type words and press Enter, in the list that opened."""
    QTest.keyClicks(field.line, words)
    QTest.keyClick(QApplication.activePopupWidget() or field.line, Qt.Key.Key_Return)


def test_words_and_enter_add_a_choice(field: TagsField, book: Notebook) -> None:
    add(field, "ward 22")
    add(field, "ward 14")
    assert book.fields[PATH] == "w14 w22"
    assert sorted(tag.text() for tag in field.tags.values()) == ["Ward 14", "Ward 22"]
    assert field.line.text() == ""


def test_what_is_chosen_is_offered_no_more(field: TagsField) -> None:
    add(field, "ward 22")
    QTest.keyClicks(field.line, "22")
    model = field.line.popup.model()
    assert model is not None
    assert model.index(0, 0).data() == "No choice has these words"


def test_a_tag_takes_its_choice_back(field: TagsField, book: Notebook) -> None:
    add(field, "ward 22")
    assert field.tags["w22"].accessibleName() == "Remove Ward 22"
    field.tags["w22"].click()
    assert PATH not in book.fields


def test_backspace_in_the_empty_line_takes_the_last_one_back(field: TagsField, book: Notebook) -> None:
    add(field, "ward 3")
    add(field, "ward 22")
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert book.fields[PATH] == "w3"
