"""A full disk: it is said, nothing is lost, and it goes on by itself."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.ui_forms import Notebook, editor, focused, of_kind, question, show
from tests.ui.forms.forms import small
from ui.forms.failure import Failure


def test_a_failed_save_is_said_and_no_longer_called_saved(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(small(), book))
    made.entry.put("visit/permit", "26-1")
    book.full = True
    made.entry.put("visit/permit", "26-2")
    assert made.head.banner.isVisible()
    assert "Not saved: The disk is full." in made.head.banner.words.text()
    assert "earlier answers are safe" in made.head.banner.words.text()
    assert made.head.saved.isHidden()


def test_the_text_stays_on_the_screen(qtbot: QtBot) -> None:
    book = Notebook(full=True)
    made = show(qtbot, editor(small(), book))
    qtbot.keyClicks(focused(), "26-3")
    made.flush()
    assert of_kind(focused(), QLineEdit).text() == "26-3"
    assert made.entry.unsaved


def test_the_next_try_saves_everything_that_waited(qtbot: QtBot) -> None:
    book = Notebook(full=True)
    made = show(qtbot, editor(small(), book))
    made.entry.put("visit/permit", "26-1")
    made.entry.put("visit/storeys", "2")
    book.full = False
    made.head.banner.retry.click()
    assert (book.fields["visit/permit"], book.fields["visit/storeys"]) == ("26-1", "2")
    assert made.head.banner.isHidden()
    assert not made.entry.unsaved


def test_it_is_tried_again_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Failure, "WAIT", 50)
    book = Notebook(full=True)
    made = show(qtbot, editor(small(), book))
    made.entry.put("visit/permit", "26-1")
    qtbot.wait(120)  # tried at least once more, in vain
    book.full = False
    qtbot.waitUntil(made.head.banner.isHidden)
    assert book.fields["visit/permit"] == "26-1"


def test_a_photo_that_cannot_be_kept_is_said(qtbot: QtBot) -> None:
    from tests.support.ui_forms import photo
    from tests.ui.forms.forms import filing
    from ui.forms.fields.image import ImageField

    made = show(qtbot, editor(filing(), Notebook(full=True)))
    field = question(made, "photo").field
    assert isinstance(field, ImageField)
    field.keep(photo(), "image/png", "a.png")
    assert not made.session.node("photo").value
    assert "The disk is full." in made.head.banner.words.text()
