"""Qt's own words follow the language, and a switch reaches every page that is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from ui import speaking
from ui.shell.pages import RAIL, title
from ui.window import MainWindow


@pytest.fixture(autouse=True)
def _back_to_english() -> Iterator[None]:
    yield
    speaking.use("en")


def cancel_button(qtbot: QtBot) -> str:
    """What Qt calls a button of its own."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    return box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "")


def test_buttons_of_qt_are_french_in_french_and_english_again(window: MainWindow, qtbot: QtBot) -> None:
    assert cancel_button(qtbot) == "Cancel"
    window.chosen.language("fr")
    assert cancel_button(qtbot) == "Annuler"
    window.chosen.language("en")
    assert cancel_button(qtbot) == "Cancel"


def file_words(qtbot: QtBot) -> set[str]:
    """What the dialog for a file, drawn by Qt, says beside its fields."""
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    return {found.text().replace("&", "") for found in dialog.findChildren(QLabel)}


def test_no_word_of_the_dialog_for_a_file_stays_english(window: MainWindow, qtbot: QtBot) -> None:
    english = file_words(qtbot)
    window.chosen.language("fr")
    assert len(english) >= 3
    assert not english & file_words(qtbot)


def test_a_switch_reaches_every_page_that_was_open(window: MainWindow) -> None:
    for place in RAIL:
        window.navigate(place.id)
    window.chosen.language("fr")
    for place in RAIL:
        window.navigate(place.id)
        assert window.windowTitle().startswith(title(place.id))
    assert title("lookups") == "Consultation"
