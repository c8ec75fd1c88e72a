"""Help opens where one asks: at a question with what its form knows of it, at a page with its article."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.actions import start
from fieldapp.helping import article, articles
from fieldapp.paths import resources
from tests.support.pictures import settle
from ui.filling import FormPage
from ui.help.opening import OF_PAGE, block_at, finds, help_here
from ui.help.question import about
from ui.help.sheet import HelpSheet
from ui.shell import asked
from ui.shell.pages import PLACES
from ui.window import MainWindow

TROUBLES = {"network-gone", "returned", "conflicts", "damaged-store", "hand-over"}
LINK = re.compile(r"\(help:([\w-]+)\)")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_page_and_every_trouble_has_its_article(language: str) -> None:
    texts.use(language)
    known = {one.id for one in articles()}
    assert {OF_PAGE.get(place.id, place.id) for place in PLACES} | TROUBLES <= known
    assert all(link in known for one in articles() for link in LINK.findall(one.text))


def test_both_languages_have_the_same_articles() -> None:
    folder = resources() / "help"
    names = [{path.name.split(".")[0] for path in folder.glob(f"*.{one}.md")} for one in texts.LANGUAGES]
    assert names[0] == names[1]


def test_a_page_opens_its_article_and_a_link_leads_to_another(window: MainWindow, qtbot: QtBot) -> None:
    sheet = help_here(window, window.page("sync"), "sync")
    assert sheet is not None
    qtbot.addWidget(sheet)
    assert sheet.title.text().startswith("Sync")
    sheet.text.anchorClicked.emit(QUrl("help:conflicts"))
    assert sheet.title.text().startswith("Conflicts")


def test_the_key_opens_it_over_the_window(window: MainWindow) -> None:
    asked.show_help(window)
    settle()
    shown = window.findChildren(HelpSheet)
    assert [one.title.text() for one in shown] == ["Records: everything that is on this computer"]
    shown[0].accept()


def test_a_question_tells_why_it_is_asked_and_what_is_checked(window: MainWindow) -> None:
    record = start(window.session.desk, "bylaw-complaint")
    window.navigate("form", record=record.id)
    page = window.page("form")
    assert isinstance(page, FormPage)
    assert page.editor is not None
    form, service = page.editor.session, page.service
    assert service is not None
    asked = [node for node in form.nodes() if form.label(node)]
    said = {node.path: about(form, service, node) for node in asked}
    assert said
    assert all("#### What is checked" in text and service.title.en in text for text in said.values())
    assert any("Because of these answers:" in text for text in said.values())
    assert any("Everybody is asked this." in text for text in said.values())


def test_the_question_with_the_focus_is_found(window: MainWindow, qtbot: QtBot) -> None:
    record = start(window.session.desk, "bylaw-complaint")
    window.navigate("form", record=record.id)
    settle()
    focus = window.focusWidget()
    assert focus is not None
    assert block_at(focus) is not None
    window.activateWindow()
    qtbot.waitUntil(focus.hasFocus)
    asked.show_help(window)
    sheet = window.findChildren(HelpSheet)[0]
    assert "Why it is asked" in sheet.text.toPlainText()
    sheet.accept()


def test_the_palette_finds_articles_by_a_word_of_theirs() -> None:
    shown: list[str] = []
    found = [one for one in finds(lambda chosen: shown.append(chosen.id)) if one.answers("offline")]
    found[0].deed()
    assert shown
    assert article(shown[0]) is not None
