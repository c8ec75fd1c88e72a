"""Texts of a fixed pattern, long and hidden texts; months and years."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.gallery import gallery
from tests.support.ui_forms import Notebook, editor, focused, form, of_kind, question, show
from ui.forms.fields.calendar import DayLine
from ui.forms.fields.part_date import MonthField, YearField
from ui.forms.fields.pattern import PatternField, example
from ui.forms.fields.text import LongTextField, TextField
from ui.forms.words import shown


@pytest.mark.parametrize(
    ("mask", "read"), [(">A9A 9A9", "A1A 1A1"), ("(999) 999-9999", "(111) 111-1111"), (r"\A99;_", "A11")]
)
def test_a_pattern_is_said_by_an_example(mask: str, read: str) -> None:
    assert example(mask) == read


def test_a_plate_is_written_in_capitals_however_it_is_typed(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(
        qtbot, editor(form("| type | name | label::en | appearance |\n| text | plate | Plate | capitals |"), book)
    )
    question(made, "plate")
    QTest.keyClicks(focused(), "cjkl 42")
    QTest.keyClick(focused(), Qt.Key.Key_Home)
    QTest.keyClicks(focused(), "a")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert book.fields["plate"] == "ACJKL 42"


def test_only_what_fits_can_be_typed(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    of_kind(question(made, "texts/postal").field, PatternField)
    QTest.keyClicks(focused(), "l8p4y5")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert book.fields["texts/postal"] == "L8P 4Y5"


def test_half_a_pattern_is_refused_in_words_and_kept_on_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    box = question(made, "texts/postal")
    QTest.keyClicks(focused(), "l8p")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert box.line.text() == "Fill in all of it, as in A1A 1A1."
    assert of_kind(box.field, PatternField).edit.text().startswith("L8P")
    assert "texts/postal" not in book.fields


def test_an_emptied_pattern_is_no_answer(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    answers = {"texts/postal": "L8P 4Y5", "meta/instanceID": "uuid:1"}
    made = show(qtbot, editor(gallery(tmp_path), book, answers=answers))
    question(made, "texts/postal")
    QTest.keyClick(focused(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert made.session.node("texts/postal").value == ""


def test_a_long_text_has_the_lines_that_the_form_asks_for(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(gallery(tmp_path)))
    assert of_kind(question(made, "texts/long").field, LongTextField).edit.height() == 5 * 20 + 16


def test_a_masked_text_is_hidden_once_it_is_left(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(gallery(tmp_path)))
    edit = of_kind(question(made, "texts/secret").field, TextField).edit
    assert edit.echoMode() == QLineEdit.EchoMode.PasswordEchoOnEdit


def test_a_day_without_a_calendar_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(gallery(tmp_path)))
    field = question(made, "texts/typed").field
    assert field is not None
    assert not of_kind(field.target(), DayLine).actions()


def test_a_month_is_kept_as_its_first_day(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    field = of_kind(question(made, "texts/month").field, MonthField)
    QTest.keyClicks(focused(), "Nov")
    field.month.activated.emit(field.month.currentIndex())
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClicks(field.year, "2026")
    assert book.fields["texts/month"] == "2026-11-01"
    assert shown(made.session, made.session.node("texts/month")) == "November 2026"


def test_a_month_without_its_year_is_refused_when_the_question_is_left(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(gallery(tmp_path)))
    box = question(made, "texts/month")
    QTest.keyClicks(focused(), "Nov")
    question(made, "texts/year")
    assert box.line.text() == "Choose the month and enter the year."


def test_delete_in_the_month_clears_both(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    answers = {"texts/month": "2026-11-01", "meta/instanceID": "uuid:1"}
    made = show(qtbot, editor(gallery(tmp_path), book, answers=answers))
    field = of_kind(question(made, "texts/month").field, MonthField)
    QTest.keyClick(field.month, Qt.Key.Key_Delete)
    assert made.session.node("texts/month").value == ""
    assert field.year.text() == ""


def test_a_year_is_kept_as_its_first_day(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    of_kind(question(made, "texts/year").field, YearField)
    QTest.keyClicks(focused(), "1954")
    assert book.fields["texts/year"] == "1954-01-01"
    assert shown(made.session, made.session.node("texts/year")) == "1954"


def test_half_a_year_is_refused_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(gallery(tmp_path)))
    box = question(made, "texts/year")
    QTest.keyClicks(focused(), "195")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert box.line.text() == "Enter the year with four digits, for example 2026."
