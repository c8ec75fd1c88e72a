"""Repeats: adding, removing with undo, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.ui_forms import Notebook, editor, focused_path, show
from tests.ui.forms.forms import repeating
from ui.forms import FormEditor
from ui.forms.instance import InstanceCard
from ui.forms.repeat import RepeatBlock


def people(made: FormEditor) -> RepeatBlock:
    """The block of the persons met."""
    found = made.sheet.block("person")
    assert isinstance(found, RepeatBlock)
    return found


def names(made: FormEditor) -> list[str]:
    """The names in order."""
    return [made.session.node(f"{item.path}/name").value for item in made.session.node("person").children]


def filled(qtbot: QtBot, book: Notebook, *wanted: str) -> FormEditor:
    """An editor with one person for each name."""
    made = show(qtbot, editor(repeating(), book))
    while len(made.session.node("person").children) < len(wanted):
        people(made).add()
    for item, name in zip(made.session.node("person").children, wanted, strict=True):
        made.entry.put(f"{item.path}/name", name)
    return made


def test_an_added_instance_has_the_focus(qtbot: QtBot) -> None:
    made = show(qtbot, editor(repeating()))
    before = len(made.session.node("person").children)
    people(made).adder.click()
    instances = made.session.node("person").children
    assert len(instances) == before + 1
    assert focused_path() == f"{instances[-1].path}/name"


def test_an_added_instance_is_saved_with_its_answers(qtbot: QtBot) -> None:
    book = Notebook()
    made = filled(qtbot, book, "Ann", "Bob")
    assert sorted(value for path, value in book.fields.items() if path.endswith("/name")) == ["Ann", "Bob"]
    assert names(made) == ["Ann", "Bob"]


def test_a_removed_instance_is_gone_from_the_store(qtbot: QtBot) -> None:
    book = Notebook()
    made = filled(qtbot, book, "Ann", "Bob")
    card = people(made).card(made.session.node("person").children[0].path)
    assert isinstance(card, InstanceCard)
    card.remove.click()
    assert [value for path, value in book.fields.items() if path.endswith("/name")] == ["Bob"]


def test_removing_asks_nothing_and_can_be_undone(qtbot: QtBot) -> None:
    book = Notebook()
    made = filled(qtbot, book, "Ann", "Bob")
    first = made.session.node("person").children[0].path
    made.entry.put(f"{made.entry.add(f'{first}/paper').path}/kind", "Licence")
    people(made).remove(first)
    assert made.toast.text() == "Person removed"
    made.toast.undo()
    assert names(made) == ["Bob", "Ann"]
    assert "Licence" in book.fields.values()


def test_cards_are_numbered_anew(qtbot: QtBot) -> None:
    made = filled(qtbot, Notebook(), "Ann", "Bob")
    people(made).remove(made.session.node("person").children[0].path)
    left = people(made).card(made.session.node("person").children[0].path)
    assert isinstance(left, InstanceCard)
    assert left.title.text() == "Person 1"


def test_many_instances_start_folded_with_a_summary(qtbot: QtBot) -> None:
    book = Notebook()
    kept = filled(qtbot, book, "Ann", "Bob", "Cy", "Di")
    again = show(qtbot, editor(repeating(), answers=book.fields))
    card = people(again).card(kept.session.node("person").children[1].path)
    assert isinstance(card, InstanceCard)
    assert not card.is_open()
    assert card.summary.text() == "Bob"


def test_jumping_opens_a_folded_instance(qtbot: QtBot) -> None:
    book = Notebook()
    kept = filled(qtbot, book, "Ann", "Bob", "Cy", "Di")
    again = show(qtbot, editor(repeating(), answers=book.fields))
    path = f"{kept.session.node('person').children[2].path}/role"
    assert again.jump_to(path)
    assert focused_path() == path


def test_undo_works_after_the_form_was_closed(qtbot: QtBot) -> None:
    book, window = Notebook(), QWidget()
    qtbot.addWidget(window)
    made = editor(repeating(), book)
    made.setParent(window)
    window.show()
    person = made.session.node("person").children[0].path
    made.entry.put(f"{person}/name", "Ann")
    offered: list[Callable[[], None]] = []
    made.sheet.toast_wanted.connect(lambda _text, undo: offered.append(undo))
    people(made).remove(person)
    made.deleteLater()
    qtbot.wait(20)
    offered[0]()
    assert "Ann" in book.fields.values()
