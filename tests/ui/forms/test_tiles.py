"""Choices as tiles: pictures, columns, one click, several at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.forms import Choice, FormDefinition
from tests.support.gallery import gallery
from tests.support.ui_forms import Notebook, editor, focused, focused_path, form, of_kind, question, show
from ui.forms.fields.arrangement import ANY, Arrangement, arrangement
from ui.forms.fields.choice_list import RadioField
from ui.forms.fields.choices_many import ManyField
from ui.forms.fields.likert import LikertField
from ui.forms.fields.tile import RadioTile

LEFT = Qt.MouseButton.LeftButton
PLAIN = [Choice("a", "A"), Choice("b", "B")]
PICTURED = [Choice("a", "A", image="a.png")]


@pytest.mark.parametrize(
    ("look", "choices", "shape"),
    [
        ("", PLAIN, Arrangement()),
        ("columns-2", PLAIN, Arrangement(columns=2, cards=True)),
        ("columns", PLAIN, Arrangement(columns=ANY, cards=True)),
        ("columns-pack", PLAIN, Arrangement(columns=ANY, packed=True, cards=True)),
        ("no-buttons", PLAIN, Arrangement(columns=ANY, cards=True, bare=True)),
        ("quickcompact-3", PLAIN, Arrangement(columns=3, cards=True, bare=True, quick=True)),
        ("", PICTURED, Arrangement(columns=ANY, cards=True)),
    ],
)
def test_appearance_words_say_how_choices_stand(look: str, choices: list[Choice], shape: Arrangement) -> None:
    assert arrangement(look.split(), choices) == shape


def test_many_short_boxes_stand_in_two_columns() -> None:
    choices = [Choice(str(number), f"Box {number}") for number in range(8)]
    assert arrangement((), choices, several=True).columns == 2


def test_a_click_on_a_picture_chooses(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    field = of_kind(question(made, "pictures/sign").field, RadioField)
    tile = field.tiles.tiles["yield"]
    assert not tile.face.picture.isNull()
    qtbot.mouseClick(tile, LEFT)
    assert book.fields["pictures/sign"] == "yield"


def test_a_tile_is_heard_as_a_radio_button_of_its_question(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(gallery(tmp_path)))
    field = of_kind(question(made, "one/radio").field, RadioField)
    heard = QAccessible.queryAccessibleInterface(field.tiles.tiles["sand"])
    assert heard is not None
    assert heard.role() == QAccessible.Role.RadioButton
    assert heard.text(QAccessible.Text.Name) == "What is the ground like?: Sand"


def test_long_words_take_a_second_line(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(gallery(tmp_path)))
    tiles = of_kind(question(made, "one/cards").field, RadioField).tiles.tiles
    assert tiles["fill"].height() > tiles["sand"].height()


def test_as_many_columns_as_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(gallery(tmp_path)))
    tiles = of_kind(question(made, "one/cards").field, RadioField).tiles.tiles
    assert tiles["clay"].y() == tiles["sand"].y() < tiles["fill"].y()
    assert tiles["clay"].width() == tiles["sand"].width()


def test_several_pictures_keep_the_lists_order(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    tiles = of_kind(question(made, "pictures/signs").field, ManyField).tiles.tiles
    for name in ("speed", "stop"):
        qtbot.mouseClick(tiles[name], LEFT)
    assert book.fields["pictures/signs"] == "stop speed"


def test_a_likert_scale_is_chosen_with_the_arrows(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(gallery(tmp_path), book))
    field = of_kind(question(made, "one/likert").field, LikertField)
    assert next(step.text() for step in field.steps.values()) == "Strongly disagree"
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert book.fields["one/likert"] == "a2"
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    assert "one/likert" not in book.fields


def quick() -> FormDefinition:
    """Two questions of which the first goes on by itself."""
    return form(
        """
        | type | name | label | appearance |
        | select_one ground | first | First | quick columns |
        | text | next | Next | |
        """,
        """
        | list_name | name | label |
        | ground | clay | Clay |
        | ground | sand | Sand |
        """,
    )


def test_a_quick_choice_goes_on_by_itself(qtbot: QtBot) -> None:
    made = show(qtbot, editor(quick()))
    field = of_kind(question(made, "first").field, RadioField)
    qtbot.mouseClick(field.tiles.tiles["sand"], LEFT)
    assert focused_path() == "next"


def test_an_arrow_on_the_way_does_not_go_on(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(quick(), book))
    question(made, "first")
    of_kind(focused(), RadioTile)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert focused_path() == "first"
