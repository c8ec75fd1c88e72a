"""The checklist: a letter for each result, Down to the next line, and what was found below a line that failed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from tests.support.ui_forms import Notebook, editor, focused, focused_path, line, of_kind, show
from tests.ui.forms.forms import checking
from ui import theme
from ui.forms import FormEditor
from ui.forms.check_line import CheckLine
from ui.forms.fields.choice_buttons import ButtonsField
from ui.forms.section import SectionView


def lines(made: FormEditor) -> list[str]:
    """The paths of the checklist's results."""
    return [f"{item.path}/result" for item in made.session.node("checklist/check").children]


def test_letters_and_down_fill_a_checklist(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(checking(), book))
    for letter in "pfn":
        qtbot.keyClicks(focused(), letter)
        qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert [book.fields.get(path) for path in lines(made)] == ["pass", "fail", "not_seen"]


def test_letters_alone_fill_it_too(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(checking(), book))
    qtbot.keyClicks(focused(), "p")
    qtbot.keyClicks(focused(), "a")
    assert [book.fields.get(path) for path in lines(made)][:2] == ["pass", "na"]
    assert focused_path() == lines(made)[2]


def test_a_letter_that_fails_leads_to_what_was_found(qtbot: QtBot) -> None:
    made = show(qtbot, editor(checking()))
    qtbot.keyClicks(focused(), "f")
    assert focused_path() == lines(made)[0].replace("result", "found")
    qtbot.keyClick(focused(), Qt.Key.Key_F8)
    assert focused_path() == lines(made)[0].replace("result", "found")  # the next to fix is where one is


def test_the_line_that_has_the_keys_is_seen(qtbot: QtBot) -> None:
    made = show(qtbot, editor(checking()), high=420)
    for _ in lines(made):
        qtbot.keyClicks(focused(), "f")
        qtbot.keyClick(focused(), Qt.Key.Key_Down)
    view = made.view()
    assert view is not None
    here = focused()
    qtbot.waitUntil(lambda: not here.visibleRegion().isEmpty())


def test_the_letters_are_the_same_in_french(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(checking(), book, language="fr"))
    qtbot.keyClicks(focused(), "a")
    assert book.fields[lines(made)[0]] == "na"


def test_up_goes_back(qtbot: QtBot) -> None:
    made = show(qtbot, editor(checking()))
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    qtbot.keyClick(focused(), Qt.Key.Key_Up)
    assert focused_path() == lines(made)[0]


def test_a_failed_line_asks_what_was_found(qtbot: QtBot) -> None:
    made = show(qtbot, editor(checking()))
    line(made, lines(made)[0])
    found = lines(made)[0].replace("result", "found")
    assert made.sheet.block(found) is None
    qtbot.keyClicks(focused(), "f")
    box = made.sheet.block(found)
    assert box is not None
    assert box.isVisible()
    line(made, lines(made)[0])
    qtbot.keyClicks(focused(), "p")
    assert not box.isVisible()


def test_a_lines_label_is_calculated_by_the_form(qtbot: QtBot) -> None:
    made = show(qtbot, editor(checking()))
    assert line(made, lines(made)[1]).label.words() == "Item 2"


def test_the_head_tells_the_keys(qtbot: QtBot) -> None:
    made = show(qtbot, editor(checking()))
    view = of_kind(made.stack.currentWidget(), SectionView)
    assert view.keys.text() == "P pass · F fail · N not seen · A n/a · ↓ next"


def test_the_outline_counts_lines_without_a_result(qtbot: QtBot) -> None:
    made = show(qtbot, editor(checking()))
    qtbot.keyClicks(focused(), "p")
    qtbot.waitUntil(lambda: made.outline.states()["checklist"] == "Checklist, 1 of 3 answered")


def test_a_fixed_number_of_instances_cannot_be_added_to(qtbot: QtBot) -> None:
    from ui.forms.repeat import RepeatBlock

    made = show(qtbot, editor(checking()))
    block = made.sheet.block("checklist/check")
    assert isinstance(block, RepeatBlock)
    assert block.adder.isHidden()


def test_a_repeat_may_say_itself_that_it_is_a_checklist(qtbot: QtBot) -> None:
    from tests.support.ui_forms import form
    from ui.forms.check_line import CheckLine

    made = show(
        qtbot,
        editor(
            form(
                """
                | type | name | label | appearance | repeat_count |
                | begin_repeat | carried | Open item | checklist | 2 |
                | select_one done | corrected | Corrected? | | |
                | text | note | Note | | |
                | end_repeat | | | | |
                """,
                """
                | list_name | name | label |
                | done | yes | Corrected |
                | done | no | Still open |
                """,
            )
        ),
    )
    first = made.session.node("carried").children[0].path
    assert isinstance(made.sheet.block(f"{first}/corrected"), CheckLine)
    assert made.sheet.block(f"{first}/note") is None
    qtbot.keyClicks(focused(), "s")
    assert made.session.node(f"{first}/corrected").value == "no"
    assert made.sheet.block(f"{first}/note") is not None


def test_in_a_narrow_window_the_results_may_stand_one_below_the_other(qtbot: QtBot) -> None:
    made = show(qtbot, editor(checking(), language="fr"), 640, 700)
    check = made.sheet.block(lines(made)[0])
    assert isinstance(check, CheckLine)
    buttons = of_kind(check.field, ButtonsField).buttons
    check.field.setFixedWidth(buttons.sizeHint().width() - 20)
    settle()
    assert buttons.width() <= check.field.width()
    assert buttons.height() == 4 * theme.px(theme.CONTROL)
