"""Every control of places, pictures, files and codes has a name for a screen reader and is large enough to hit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.forms import FormSession
from tests.support.accessible import faults
from tests.support.devices import Equipped
from tests.support.pictures import settle
from tests.support.sixty import sixty
from tests.support.ui_forms import Notebook, of_kind, photo, question, show
from tests.support.workplaces import City
from ui.forms import FormEditor, Heading
from ui.forms.fields.annotate import AnnotateField


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("section", ["place", "evidence", "outcome"])
def test_nothing_is_nameless_or_too_small(qtbot: QtBot, town: City, section: str, language: str) -> None:
    texts.use(language)
    book = Notebook()
    session = FormSession(sixty(), {}, language=language, clock=book.clock)
    host = replace(book.host(), layers=town.layers, devices=Equipped())
    made = show(qtbot, FormEditor(session, host, lambda: Heading("Inspection", "", "Submit"), kept={}))
    made.show_section(section)
    if section == "evidence":
        field = of_kind(question(made, "evidence/marked").field, AnnotateField)
        field.keep_photo(photo(), "image/png", "a.png")
        field.mark_up.click()
        field.take_photo.click()
    settle()
    assert faults(made) == []
