"""Exclusive choices by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from ui.widgets import Option, Segmented

OPTIONS = [
    Option("pass", "Pass"),
    Option("fail", "Fail", bad=True),
    Option("na", "N/A"),
    Option("not_seen", "Seen not"),
]


@pytest.fixture
def choice(qtbot: QtBot) -> Segmented:
    """A shown choice without an answer."""
    made = Segmented(OPTIONS, name="Headers and lintels")
    qtbot.addWidget(made)
    made.show()
    return made


def first(choice: Segmented) -> QRadioButton:
    """Its first part."""
    return choice.findChildren(QRadioButton)[0]


def test_a_letter_chooses(choice: Segmented, qtbot: QtBot) -> None:
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.keyClick(first(choice), Qt.Key.Key_F)
    assert (choice.value(), told.args) == ("fail", ["fail"])


def test_an_arrow_moves_on_and_chooses(choice: Segmented, qtbot: QtBot) -> None:
    choice.press("pass")
    qtbot.keyClick(first(choice), Qt.Key.Key_Right)
    assert choice.value() == "fail"


def test_delete_takes_the_answer_back(choice: Segmented, qtbot: QtBot) -> None:
    choice.press("pass")
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.keyClick(first(choice), Qt.Key.Key_Delete)
    assert (choice.value(), told.args) == ("", [""])


def test_showing_a_value_tells_nobody(choice: Segmented, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(choice.chosen):
        choice.choose("na")
    assert choice.value() == "na"


def test_each_part_is_named_by_question_and_answer(choice: Segmented) -> None:
    assert first(choice).accessibleName() == "Headers and lintels: Pass"


def test_letters_choose_what_begins_with_them(qtbot: QtBot) -> None:
    made = Segmented([Option(name, name) for name in ("Cash", "Cheque", "Credit", "Debit")], clearable=False)
    qtbot.addWidget(made)
    made.show()
    for letters, value in (("cr", "Credit"), ("d", "Debit"), ("ch", "Cheque")):
        for letter in letters:
            made.type_letter(letter)
        assert made.value() == value


def test_the_same_letter_goes_on_to_the_next(qtbot: QtBot) -> None:
    made = Segmented([Option(name, name) for name in ("Cash", "Cheque", "Debit")], clearable=False)
    qtbot.addWidget(made)
    made.show()
    values = []
    for _ in range(3):
        made.type_letter("c")
        values.append(made.value())
    assert values == ["Cash", "Cheque", "Cash"]
    assert not made.type_letter("x")


def test_a_letter_of_what_is_chosen_already_goes_on_to_the_next(qtbot: QtBot) -> None:
    made = Segmented([Option(name, name) for name in ("Cash", "Cheque", "Debit")], clearable=False)
    qtbot.addWidget(made)
    made.show()
    made.choose("Cash")
    made.type_letter("c")
    assert made.value() == "Cheque"
    made.choose("Debit")
    made.type_letter("d")
    assert made.value() == "Debit"
