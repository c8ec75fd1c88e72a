"""A service's author tries the form: both languages, through to the end, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.services.loader import load_service
from tests.support.services import write_dog_licence
from ui.trying.window import TrialWindow


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[TrialWindow]:
    texts.use("en")
    made = TrialWindow(load_service(write_dog_licence(tmp_path)))
    qtbot.addWidget(made)
    made.show()
    yield made
    texts.use("en")


def answer(window: TrialWindow, path: str, value: str) -> None:
    assert window.editor is not None
    window.editor.session.set(f"/data/{path}", value)


def test_it_opens_in_words_that_say_that_nothing_is_kept(window: TrialWindow) -> None:
    assert window.windowTitle() == "Trying: Dog licence"
    assert "nothing is kept" in window.banner.words.text()


def test_the_other_language_is_a_click_away(window: TrialWindow) -> None:
    window.other.click()
    assert window.windowTitle().replace("\N{NO-BREAK SPACE}", " ") == "Essai : Licence de chien"
    assert window.other.text() == "English"


def test_answers_last_through_a_change_of_language_and_end_with_a_new_beginning(window: TrialWindow) -> None:
    window.notebook.save({"dog/dog_name": "Rex"}, {})
    window.other.click()
    assert window.editor is not None
    assert window.editor.session.node("/data/dog/dog_name").value == "Rex"
    window.again.click()
    assert window.editor.session.node("/data/dog/dog_name").value == ""


def test_a_complete_form_says_so_at_its_end(window: TrialWindow) -> None:
    assert window.editor is not None
    window.editor.submitted.emit()
    assert "complete" not in window.banner.words.text()
    answer(window, "dog/dog_name", "Rex")
    answer(window, "dog/age", "0")
    assert window.editor.session.problems() == []
    window.editor.submitted.emit()
    assert "complete" in window.banner.words.text()
