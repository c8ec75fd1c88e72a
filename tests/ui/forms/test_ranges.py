"""Numbers: on a ruler, as stars, from a list, counted, with unit and thousands."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp import texts
from tests.support.gallery import gallery
from tests.support.ui_forms import Notebook, editor, focused, form, of_kind, question, show
from ui.forms.fields.counter import CounterField
from ui.forms.fields.number import NumberField
from ui.forms.fields.picker import PickerField
from ui.forms.fields.rating import RatingField
from ui.forms.fields.scale import Scale, scale_of
from ui.forms.fields.shown import ShownField
from ui.forms.fields.slider import SliderField

LEFT = Qt.MouseButton.LeftButton


def test_a_scale_runs_in_steps() -> None:
    scale = scale_of({"start": "0", "end": "4", "step": "0.5"})
    assert (scale.count, scale.written(5), scale.place("2.5"), scale.place("2.4")) == (8, "2.5", 5, None)


def test_a_scale_may_run_downwards() -> None:
    scale = scale_of({"start": "10", "end": "0", "step": "5"})
    assert [scale.written(place) for place in range(3)] == ["10", "5", "0"]
    assert scale.place("5") == 1


@pytest.mark.parametrize("answer", ["", "x", "NaN", "11", "-1"])
def test_what_is_not_on_the_scale_has_no_place(answer: str) -> None:
    assert scale_of({"start": "0", "end": "10"}).place(answer) is None


def test_a_scale_of_many_steps_has_ticks_at_its_ends_alone() -> None:
    assert Scale(Decimal(0), Decimal(100), Decimal(1)).ticks() == [0, 100]
    assert scale_of({"start": "0", "end": "100", "tick-interval": "50"}).ticks() == [0, 50, 100]


def test_a_ruler_has_no_answer_until_a_place_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    field = of_kind(question(made, "numbers/slope").field, SliderField)
    assert not field.ruler.answered
    assert book.fields.get("numbers/slope", "") == ""


def test_a_click_on_the_ruler_goes_there(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    ruler = of_kind(question(made, "numbers/slope").field, SliderField).ruler
    qtbot.mouseClick(ruler, LEFT, pos=QPoint(ruler.width() // 2, 18))
    assert book.fields["numbers/slope"] == "5"


def test_arrows_move_and_delete_clears(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    question(made, "numbers/slope")
    QTest.keyClick(focused(), Qt.Key.Key_End)
    QTest.keyClick(focused(), Qt.Key.Key_Left)
    assert book.fields["numbers/slope"] == "9"
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    assert "numbers/slope" not in book.fields


def test_space_takes_the_place_where_the_ruler_begins(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    question(made, "numbers/slope")
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert book.fields["numbers/slope"] == "0"


def test_an_upright_ruler_has_its_start_below(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    ruler = of_kind(question(made, "numbers/level").field, SliderField).ruler
    qtbot.mouseClick(ruler, LEFT, pos=QPoint(18, 2))
    assert book.fields["numbers/level"] == "4"


def test_a_digit_gives_that_many_stars(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    field = of_kind(question(made, "numbers/stars").field, RatingField)
    QTest.keyClick(focused(), Qt.Key.Key_4)
    assert book.fields["numbers/stars"] == "4"
    assert field.words.text() == "4 of 5"


def test_a_picker_lists_the_numbers(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    combo = of_kind(question(made, "numbers/picked").field, PickerField).combo
    assert (combo.count(), combo.itemText(11)) == (12, "12")
    QTest.keyClick(combo, Qt.Key.Key_7)
    assert book.fields["numbers/picked"] == "7"


def test_thousands_are_set_apart_when_the_field_is_left(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    field = of_kind(question(made, "numbers/area").field, NumberField)
    QTest.keyClicks(focused(), "12,450")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert book.fields["numbers/area"] == "12450"
    assert field.edit.text() == "12,450"


def test_the_unit_is_part_of_what_is_asked(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(gallery(tmp_path)))
    field = of_kind(question(made, "numbers/area").field, NumberField)
    assert field.unit.text() == "m²"
    assert field.edit.accessibleDescription().startswith("m²")


def test_a_number_that_can_only_be_read_has_its_unit_and_the_languages_comma(qtbot: QtBot, tmp_path: Path) -> None:
    answers = {"numbers/area": "12450", "numbers/depth": "2.5", "meta/instanceID": "uuid:1"}
    made = show(qtbot, editor(gallery(tmp_path), answers=answers, read_only=True, language="fr"))
    assert texts.language() == "fr"
    made.show_section("numbers")
    fields = [made.sheet.block(path) for path in ("numbers/area", "numbers/depth")]
    shown = [of_kind(getattr(block, "field", None), ShownField).words.text() for block in fields]
    assert shown == ["12\u00a0450\u00a0m²", "2,5\u00a0mm"]


def test_a_counter_counts(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(
        qtbot, editor(form("| type | name | label | appearance |\n| integer | n | How many? | counter |"), book)
    )
    field = of_kind(question(made, "n").field, CounterField)
    field.more.click()
    field.more.click()
    assert book.fields["n"] == "2"
    for _ in range(4):
        QTest.keyClick(field.edit, Qt.Key.Key_Down)
    assert book.fields["n"] == "0"
