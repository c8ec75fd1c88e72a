"""Groups as pages and tables of choices; repeats as a table, and one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormSession
from tests.support.gallery import groups_form
from tests.support.pictures import settle
from tests.support.ui_forms import Notebook, editor, focused, focused_path, form, of_kind, question, show
from ui.forms import FormEditor
from ui.forms.fields.number import NumberField
from ui.forms.matrix import MatrixLine
from ui.forms.paging import LONG, PART, section_of, sections, title_of
from ui.forms.repeat_pages import PagedRepeat
from ui.forms.repeat_table import TableRepeat
from ui.forms.table_row import TableRow


@pytest.fixture
def book() -> Notebook:
    """Where the answers are kept."""
    return Notebook()


@pytest.fixture
def made(qtbot: QtBot, book: Notebook, tmp_path: Path) -> FormEditor:
    """An editor over the form of groups."""
    return show(qtbot, editor(groups_form(tmp_path), book))


def paged(made: FormEditor) -> PagedRepeat:
    """The repeat that shows one person at a time, with three of them."""
    made.show_section("person")
    block = of_kind(made.sheet.block("person"), PagedRepeat)
    for name in ("Ann", "Bob", "Cy"):
        block.add()
        QTest.keyClicks(focused(), name)
        made.flush()
    return block


def table(made: FormEditor) -> TableRepeat:
    """The repeat that is a table."""
    made.show_section("unit")
    return of_kind(made.sheet.block("unit"), TableRepeat)


def test_pages_in_a_group_are_stops_of_their_own(made: FormEditor) -> None:
    titles = [title_of(made.session, section) for section in made.sections]
    assert titles == ["Household", "Rooms", "Heating", "State of the parts", "Unit", "Person"]


def test_a_question_is_found_on_its_page(made: FormEditor) -> None:
    assert made.jump_to("house/rooms/baths")
    assert made.section == "house/rooms"
    assert focused_path() == "house/rooms/baths"


def test_what_is_missing_on_a_page_is_counted_there(made: FormEditor) -> None:
    made.show_problems()
    assert made.outline.states()["house/rooms"] == "Rooms, 1 to answer"


def test_a_page_too_long_to_find_anything_is_divided() -> None:
    rows = "\n".join(f"| text | q{number} | Question {number} |" for number in range(LONG + 1))
    session = FormSession(form(f"| type | name | label |\n{rows}"))
    found = sections(session)
    assert [len(section.paths) for section in found] == [PART, PART, 1]
    assert title_of(session, found[1]) == "Questions, part 2"
    assert section_of(found, f"q{PART}") == found[1]


def test_a_table_of_choices_has_a_line_a_question(made: FormEditor, book: Notebook) -> None:
    assert made.jump_to("state/walls")
    line = of_kind(made.sheet.block("state/walls"), MatrixLine)
    assert line.label.words() == "Walls and cladding, all four sides"
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert book.fields["state/walls"] == "fair"
    assert focused().accessibleName() == "Walls and cladding, all four sides: Fair"


def test_up_and_down_go_from_line_to_line(made: FormEditor) -> None:
    made.jump_to("state/roof")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused_path() == "state/walls"
    QTest.keyClick(focused(), Qt.Key.Key_Up)
    assert focused_path() == "state/roof"


def test_a_missing_line_says_so_beside_its_question(made: FormEditor) -> None:
    made.show_problems()
    made.jump_to("state/stairs")
    line = of_kind(made.sheet.block("state/stairs"), MatrixLine)
    assert line.line.text() == "This answer is needed."


def test_a_tables_columns_are_named_once(made: FormEditor) -> None:
    head = table(made).head
    assert head is not None
    assert [name.text() for name in head.names] == ["Number", "Use", "People", "Since"]


def test_a_row_is_added_and_filled_with_tab(made: FormEditor, book: Notebook) -> None:
    block = table(made)
    block.add()
    settle()
    row = focused_path().partition("/")[0]
    for text in ("101", "Dwelling", "3", "2020-01-01"):
        QTest.keyClicks(focused(), text)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            QTest.keyClick(popup, Qt.Key.Key_Return)  # and goes on by itself
        else:
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
    answers = {path.removeprefix(f"{row}/"): value for path, value in book.fields.items() if path.startswith(f"{row}/")}
    assert answers == {"number": "101", "use": "home", "people": "3", "since": "2020-01-01"}


def test_tab_comes_to_the_button_that_adds_after_the_last_row(made: FormEditor) -> None:
    block = table(made)
    block.add()
    settle()
    rows = block.findChildren(TableRow)
    rows[-1].remove.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is block.adder


def test_a_row_goes_and_comes_back(made: FormEditor) -> None:
    block = table(made)
    block.add()
    rows = len(block.findChildren(TableRow))
    row = focused_path().partition("/")[0]
    block.remove(row)
    assert row not in {child.path for child in made.session.node("unit").children}
    made.toast.undo()
    assert len(made.session.node("unit").children) == rows


def test_one_instance_is_shown_at_a_time(made: FormEditor) -> None:
    block = paged(made)
    assert block.place.text() == "Person 4 of 4"
    block.back.click()
    assert block.place.text() == "Person 3 of 4"
    assert made.session.node(f"{block.current}/name").value == "Bob"


def test_ctrl_page_keys_turn(made: FormEditor) -> None:
    block = paged(made)
    QTest.keyClick(focused(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert block.place.text() == "Person 3 of 4"
    assert focused_path() == f"{block.current}/name"
    QTest.keyClick(focused(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert block.place.text() == "Person 4 of 4"


def test_a_jump_turns_to_the_instance(made: FormEditor) -> None:
    block = paged(made)
    first = made.session.node("person").children[0].path
    assert made.jump_to(f"{first}/told")
    assert block.current == first
    assert focused_path() == f"{first}/told"


def test_taking_one_away_shows_its_neighbour(made: FormEditor) -> None:
    block = paged(made)
    block.remove(block.current)
    assert block.place.text() == "Person 3 of 3"
    made.toast.undo()
    assert len(made.session.node("person").children) == 4


def test_controls_side_by_side_stand_at_one_height(qtbot: QtBot) -> None:
    long = "| integer | a | Dwelling units that were occupied at the time of this visit of ours |"
    made = show(qtbot, editor(form(f"| type | name | label |\n{long}\n| integer | b | Storeys |")), 900, 500)
    lines = [of_kind(question(made, path).field, NumberField).edit for path in ("b", "a")]
    qtbot.waitUntil(lambda: len({line.mapTo(made, QPoint(0, 0)).y() for line in lines}) == 1)
    made.resize(1400, 500)
    qtbot.waitUntil(lambda: question(made, "b").label.height() < lines[0].height())
