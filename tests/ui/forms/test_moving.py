"""Everything by keyboard: sections, questions, and what appears and goes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.support.ui_forms import editor, focused, focused_path, form, of_kind, question, show
from tests.ui.forms.forms import small
from ui.forms import FormEditor
from ui.forms.group import GroupBlock
from ui.forms.note import NoteBox
from ui.forms.section import SectionView

CONTROL = Qt.KeyboardModifier.ControlModifier

GROWING = """
    | type | name | label | relevant |
    | text | name | Name | |
    | begin_group | more | More | ${name} != '' |
    | text | why | Why | |
    | end_group | | | |
    """


NOTED = """
    | type | name | label | hint |
    | note | first | See the [by-law](https://example.org/by-law). | |
    | text | name | Name | As on the permit |
    """

DEFECTS = """
    | type | name | label | relevant |
    | begin_repeat | defect | Defect | |
    | text | what | What | |
    | text | section | Section | ${what} != '' |
    | text | found | Found | |
    | end_repeat | | | |
    """


def test_the_first_question_has_the_focus(qtbot: QtBot) -> None:
    show(qtbot, editor(small()))
    assert focused_path() == "visit/permit"


def test_a_link_in_a_note_is_reached_with_tab(qtbot: QtBot) -> None:
    made = show(qtbot, editor(form(NOTED)))
    note = made.sheet.block("first")
    assert isinstance(note, NoteBox)
    assert focused_path() == "name"
    qtbot.keyClick(focused(), Qt.Key.Key_Backtab)
    assert focused() is note.words


def test_tab_comes_to_what_appeared_in_an_instance_as_one_reads(qtbot: QtBot) -> None:
    made = show(qtbot, editor(form(DEFECTS)))
    instance = made.session.node("defect").children[0].path
    question(made, f"{instance}/what")
    qtbot.keyClicks(focused(), "Loose stair")
    qtbot.waitUntil(lambda: made.session.node(f"{instance}/what").value == "Loose stair")
    qtbot.wait(20)
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused_path() == f"{instance}/section"


def test_a_long_name_makes_no_page_wider(qtbot: QtBot) -> None:
    long = "| begin_group | visit | " + "Very long words of a section's name " * 6 + "|"
    made = show(qtbot, editor(form(f"| type | name | label |\n{long}\n| text | a | A |\n| end_group | | |")), 1024, 700)
    assert made.width() == 1024


def test_control_down_and_up_change_the_section(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    qtbot.keyClick(focused(), Qt.Key.Key_Down, CONTROL)
    assert focused_path() == "outcome/safe"
    qtbot.keyClick(focused(), Qt.Key.Key_Up, CONTROL)
    assert focused_path() == "visit/permit"
    assert made.head.primary.text() == "Next section"


def test_control_down_works_inside_several_lines_of_text(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "visit/remarks")
    qtbot.keyClick(focused(), Qt.Key.Key_Down, CONTROL)
    assert focused_path() == "outcome/safe"


def test_enter_goes_to_the_next_question(qtbot: QtBot) -> None:
    show(qtbot, editor(small()))
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert focused_path() == "visit/storeys"


def test_enter_scrolls_to_the_next_question(qtbot: QtBot) -> None:
    many = "\n".join(f"| text | t{number} | Name {number} |" for number in range(20))
    made = show(
        qtbot, editor(form(f"| type | name | label |\n| begin_group | g | G |\n{many}\n| end_group | | |")), high=480
    )
    view = of_kind(made.stack.currentWidget(), SectionView)
    pane = view.pane
    qtbot.waitUntil(lambda: len(view.controls()) == 20)
    for _ in range(16):
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert focused_path() == "g/t16"
    seen = pane.viewport().rect()
    qtbot.waitUntil(lambda: seen.contains(focused().mapTo(pane.viewport(), focused().rect().bottomLeft())))


def test_enter_after_the_last_question_reaches_the_primary_action(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "outcome/safe")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is made.head.primary


def test_a_question_appears_while_it_is_relevant(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "outcome/safe")
    why = made.sheet.block("outcome/why")
    assert why is not None
    assert why.isHidden()
    qtbot.keyClicks(focused(), "n")
    assert why.isVisible()
    qtbot.keyClicks(focused(), "y")
    assert why.isHidden()


def test_the_focus_stays_when_a_question_appears(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "outcome/safe")
    qtbot.keyClicks(focused(), "n")
    qtbot.wait(20)
    assert focused_path() == "outcome/safe"


def test_a_section_without_relevant_questions_is_not_offered(qtbot: QtBot) -> None:
    made = show(qtbot, editor(form(GROWING)))
    assert list(made.outline.states()) == ["*name"]
    made.entry.put("name", "Ann")
    qtbot.waitUntil(lambda: list(made.outline.states()) == ["*name", "more"])


def test_when_the_shown_section_goes_the_one_before_is_shown(qtbot: QtBot) -> None:
    made = show(qtbot, editor(form(GROWING)))
    made.entry.put("name", "Ann")
    question(made, "more/why")
    made.entry.put("name", "")
    qtbot.waitUntil(lambda: focused_path() == "name")


ENDED = """
    | type | name | label |
    | begin_group | g | G |
    | dateTime | arrived | Arrived |
    | date | fix_by | Correct by |
    | barcode | tag | Tag |
    | geopoint | place | Place |
    | begin_repeat | defect | Defect |
    | text | what | What |
    | end_repeat | | |
    | end_group | | |
    """


def test_enter_passes_by_the_buttons_beside_an_answer(qtbot: QtBot) -> None:
    made = show(qtbot, editor(form(ENDED)))
    paths = [focused_path()]
    for _ in range(5):
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
        paths.append(focused_path())
    what = made.session.node("g/defect").children[0].path + "/what"
    assert paths == ["g/arrived", "g/arrived", "g/fix_by", "g/tag", "g/place", what]
    assert not any(made.session.node(path).value for path in paths)


LONG = "\n".join(f"| text | t{number} | Name {number} | |" for number in range(14))

FOLDED = f"""
    | type | name | label | appearance |
    | begin_group | g | G | |
    {LONG}
    | begin_group | signed | Signatures | more |
    | text | by | Signed by | |
    | text | told | What was told | |
    | end_group | | | |
    | end_group | | | |
    | begin_group | h | H | |
    | text | last | Last | |
    | end_group | | | |
    """


def is_seen(made: FormEditor, path: str) -> bool:
    """Whether all of a question stands where one sees it."""
    view, block = of_kind(made.stack.currentWidget(), SectionView), made.sheet.block(path)
    assert block is not None
    room = view.pane.viewport()
    top = block.mapTo(room, QPoint(0, 0)).y()
    return top >= 0 and top + block.height() <= room.height()


def test_what_is_opened_below_the_edge_comes_to_sight(qtbot: QtBot) -> None:
    made = show(qtbot, editor(form(FOLDED)), high=480)
    made.jump_to("g/t13")
    group = made.sheet.block("g/signed")
    assert isinstance(group, GroupBlock)
    group.opener.click()
    qtbot.waitUntil(lambda: is_seen(made, "g/signed/told"))


def test_a_section_that_one_comes_back_to_shows_where_the_focus_is(qtbot: QtBot) -> None:
    made = show(qtbot, editor(form(FOLDED)), high=480)
    made.jump_to("g/t13")
    qtbot.keyClick(focused(), Qt.Key.Key_Down, CONTROL)
    qtbot.keyClick(focused(), Qt.Key.Key_Up, CONTROL)
    assert focused_path() == "g/t0"
    qtbot.waitUntil(lambda: is_seen(made, "g/t0"))


def test_a_form_that_is_opened_at_a_question_shows_it(qtbot: QtBot) -> None:
    made = editor(form(FOLDED))
    made.jump_to("g/t12")
    show(qtbot, made, high=480)
    qtbot.waitUntil(lambda: is_seen(made, "g/t12"))
