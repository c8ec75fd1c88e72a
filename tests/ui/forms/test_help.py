"""What goes with a question: pictures, sounds, longer help, links."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.forms import FormDefinition, load_form
from tests.support.gallery import HERE, sign
from tests.support.ui_forms import editor, question, show
from ui.widgets import Button


@pytest.fixture
def helpful(tmp_path: Path) -> FormDefinition:
    """Three questions: with all that may go with one, with a picture that is not there, and with nothing."""
    sign("#0A5AA5", 6, 900).save(str(tmp_path / "hydrant.png"))
    (tmp_path / "how.mp3").write_bytes(b"sound")
    return load_form(Path(shutil.copy(HERE / "help.md", tmp_path)))


def test_a_picture_stands_above_the_control_no_larger_than_the_card(qtbot: QtBot, helpful: FormDefinition) -> None:
    made = show(qtbot, editor(helpful))
    box = question(made, "like")
    assert box.media is not None
    assert box.field is not None
    picture = next(part for part in box.media.children() if getattr(part, "accessibleName", str)())
    assert picture.property("accessibleName") == "Picture: Is it like this?"
    assert 100 < box.media.height() < 400
    assert box.media.y() < box.field.y()


def test_a_sound_is_one_button(qtbot: QtBot, helpful: FormDefinition) -> None:
    made = show(qtbot, editor(helpful))
    media = question(made, "like").media
    assert media is not None
    assert [button.text() for button in media.findChildren(Button)] == ["Listen"]


def test_a_file_that_the_form_came_without_is_said(qtbot: QtBot, helpful: FormDefinition) -> None:
    made = show(qtbot, editor(helpful))
    media = question(made, "gone").media
    assert media is not None
    assert [label.text() for label in media.findChildren(QLabel)] == ["The form comes without this file: gone.png"]


def test_longer_help_is_closed_until_it_is_asked_for(qtbot: QtBot, helpful: FormDefinition) -> None:
    made = show(qtbot, editor(helpful))
    guidance = question(made, "like").guidance
    assert guidance is not None
    assert guidance.words.isHidden()
    assert guidance.opener.accessibleName() == "More about this, closed"
    guidance.opener.click()
    assert not guidance.words.isHidden()
    assert '<a href="https://example.org">' in guidance.words.text()


def test_help_speaks_the_language_of_the_moment(qtbot: QtBot, helpful: FormDefinition) -> None:
    made = show(qtbot, editor(helpful))
    guidance = question(made, "like").guidance
    texts.use("fr")
    made.retranslate()
    assert guidance is not None
    assert guidance.words.text() == "Voyez la norme."


def test_a_question_without_help_has_no_room_for_it(qtbot: QtBot, helpful: FormDefinition) -> None:
    made = show(qtbot, editor(helpful))
    box = question(made, "bare")
    assert (box.media, box.guidance) == (None, None)


def test_a_labels_marks_are_not_read_aloud(qtbot: QtBot, helpful: FormDefinition) -> None:
    made = show(qtbot, editor(helpful))
    box = question(made, "like")
    assert box.field is not None
    assert box.field.target().accessibleName() == "Is it like this?"
    assert "font-weight" in box.label.text()
