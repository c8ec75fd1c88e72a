"""Names of keys: as they stand on the keyboard of who reads."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldapp.texts import speaking
from ui.widgets import Button, KeyHint, keys
from ui.widgets.keys import named


def test_keys_have_the_names_that_stand_on_the_keyboard() -> None:
    assert [named("Esc"), named("Ctrl Return"), named("Alt Left"), named("F8")] == ["Esc", "Ctrl Enter", "Alt ←", "F8"]
    with speaking("fr"):
        told = [named("Esc"), named("Shift F1"), named("Ctrl Enter"), named("Ctrl Entrée"), named("Ctrl +")]
    assert told == ["Échap", "Maj F1", "Ctrl Entrée", "Ctrl Entrée", "Ctrl +"]


def test_a_button_names_its_key_in_the_language_of_the_screen(qtbot: QtBot) -> None:
    with speaking("fr"):
        french, hint = Button("Retour", hint="Esc"), KeyHint("Shift F7")
    english = Button("Back", hint="Esc")
    for one in (french, english, hint):
        qtbot.addWidget(one)
    more = french.sizeHint().width() - french.fontMetrics().horizontalAdvance("Retour")
    less = english.sizeHint().width() - english.fontMetrics().horizontalAdvance("Back")
    assert more - less == keys.width_of("Échap") - keys.width_of("Esc")
    assert hint.text() == "Maj F7"
