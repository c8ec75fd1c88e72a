"""Opening a form again exactly where one was."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormDefinition
from tests.support.gallery import groups_form
from tests.support.ui_forms import Notebook, editor, focused, focused_path, form, of_kind, show
from tests.ui.forms.forms import repeating
from ui.forms import FormEditor, return_to, whereabouts
from ui.forms.instance import InstanceCard
from ui.forms.repeat import RepeatBlock
from ui.forms.repeat_pages import PagedRepeat


def again(qtbot: QtBot, definition: FormDefinition, book: Notebook) -> FormEditor:
    """The form opened another day, with what was kept."""
    return show(qtbot, editor(definition, book, answers=dict(book.fields)))


def long() -> FormDefinition:
    """Two sections; the second is longer than the window."""
    rows = "\n".join(f"| text | q{number} | Question {number} |" for number in range(40))
    head = (
        "| type | name | label |\n| begin_group | a | A |\n| text | x | X |\n| end_group | | |\n| begin_group | b | B |"
    )
    return form(f"{head}\n{rows}\n| end_group | | |")


def test_section_question_and_scroll_are_found_again(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(long(), book))
    made.entry.put("b/q3", "kept")
    made.jump_to("b/q30")
    view = made.view()
    assert view is not None
    view.pane.verticalScrollBar().setValue(view.pane.verticalScrollBar().value() + 37)
    scrolled, place = view.pane.verticalScrollBar().value(), whereabouts(made)
    made.hide()
    later = again(qtbot, long(), book)
    assert return_to(later, place)
    assert (later.section, focused_path()) == ("b", "b/q30")
    pane = of_kind(later.view(), type(view)).pane
    qtbot.waitUntil(lambda: pane.verticalScrollBar().value() == scrolled)


def test_what_was_opened_is_open_again(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(repeating(), book))
    for name in ("Ann", "Bob", "Cy"):
        made.entry.put(f"{made.entry.add('person').path}/name", name)
    cards = made.findChildren(InstanceCard)
    for card in cards[:2]:
        card.toggle()
    open_now = {card.path: card.is_open() for card in cards if "/" not in card.path}
    place = whereabouts(made)
    made.hide()
    later = again(qtbot, repeating(), book)
    assert return_to(later, place)
    of_kind(later.sheet.block("person"), RepeatBlock).finish()
    found = {card.path: card.is_open() for card in later.findChildren(InstanceCard)}
    assert {path: found[path] for path in open_now} == open_now


def test_the_instance_that_was_shown_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    definition = groups_form(tmp_path)
    made = show(qtbot, editor(definition, book))
    made.show_section("person")
    block = of_kind(made.sheet.block("person"), PagedRepeat)
    block.add()
    QTest.keyClicks(focused(), "Ann")
    made.flush()
    block.add()
    block.turn(-1)
    current, place = block.current, whereabouts(made)
    made.hide()
    later = again(qtbot, definition, book)
    assert return_to(later, place)
    assert of_kind(later.sheet.block("person"), PagedRepeat).current == current
    assert focused_path() == f"{current}/name"


@pytest.mark.parametrize("place", ["", "nowhere", "{", "[]", "{}", '{"section":3}', '{"section":"gone"}'])
def test_a_place_that_is_not_there_moves_nothing(qtbot: QtBot, place: str) -> None:
    made = show(qtbot, editor(long()))
    assert not return_to(made, place)
    assert made.section == "a"


def test_a_question_that_is_gone_still_opens_its_section(qtbot: QtBot) -> None:
    made = show(qtbot, editor(long()))
    assert return_to(made, '{"section":"b","path":"b/none","above":"x","folds":[],"pages":{}}')
    assert made.section == "b"
