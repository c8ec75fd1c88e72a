"""The small widgets keep their promises."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from ui.widgets import Button, Card, FieldBox, ListCard, Row, SearchField, Tabs, Toast, icons, label
from ui.widgets.acts import act
from ui.widgets.flow import Flow
from ui.widgets.rows import RowModel

ROWS = [
    Row("1", "Framing inspection", "412 Upper James St", lead="09:00", chip=("Due today", "warn")),
    Row("2", "Re-inspection", "77 Mohawk Rd W", lead="10:15", chip=("1 day late", "bad")),
    Row("3", "Rough-in"),
]


def test_an_error_moves_nothing(qtbot: QtBot) -> None:
    box = FieldBox("Correct by", QLineEdit(), required=True)
    qtbot.addWidget(box)
    box.show()
    before = box.sizeHint().height()
    box.show_error("Must be today or later")
    assert box.sizeHint().height() == before
    assert box.editor.accessibleDescription() == "Must be today or later"


def test_the_hint_comes_back_when_the_error_goes(qtbot: QtBot) -> None:
    box = FieldBox("What was found", QLineEdit(), hint="OBC 9.23.9.2")
    qtbot.addWidget(box)
    box.show_error("Too short")
    box.show_error("")
    assert box.line.text() == "OBC 9.23.9.2"


def test_rows_are_spoken_whole(qtmodeltester: ModelTester) -> None:
    model = RowModel()
    model.show_rows(ROWS)
    qtmodeltester.check(model)
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "09:00, Framing inspection, 412 Upper James St, Due today"


def test_enter_opens_the_current_row(qtbot: QtBot) -> None:
    rows = ListCard("Visits", ROWS)
    qtbot.addWidget(rows)
    rows.choose("2")
    with qtbot.waitSignal(rows.opened) as told:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert told.args == ["2"]


def test_new_rows_keep_the_current_one(qtbot: QtBot) -> None:
    rows = ListCard("Visits", ROWS)
    qtbot.addWidget(rows)
    rows.choose("2")
    rows.show_rows([Row("0", "New"), *ROWS])
    assert rows.current() == "2"


def test_a_search_waits_for_a_pause(qtbot: QtBot) -> None:
    field = SearchField("Search")
    qtbot.addWidget(field)
    told: list[str] = []
    field.searched.connect(told.append)
    qtbot.keyClicks(field, "king")
    assert told == []
    qtbot.waitUntil(lambda: told == ["king"])


def test_escape_clears_what_is_typed_before_it_leaves_the_page(qtbot: QtBot) -> None:
    page, left = QWidget(), []
    field = SearchField("Search")
    QVBoxLayout(page).addWidget(field)
    act(page, "Escape", "Back", lambda: left.append("yes"))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    field.setFocus()
    qtbot.keyClicks(field, "king")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), left) == ("", [])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert left == ["yes"]


def test_control_z_undoes_while_the_toast_stands(qtbot: QtBot) -> None:
    over = QWidget()
    over.resize(600, 400)
    toast, undone = Toast(over), []
    qtbot.addWidget(over)
    with qtbot.waitActive(over):
        over.show()
    toast.say("Approved", lambda: undone.append("yes"))
    qtbot.keyClick(over, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(over, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["yes"]
    assert not toast.isVisible()


def test_what_was_done_just_before_is_undone_next(qtbot: QtBot) -> None:
    over = QWidget()
    over.resize(600, 400)
    toast, undone = Toast(over), []
    qtbot.addWidget(over)
    with qtbot.waitActive(over):
        over.show()

    def take_back(which: str) -> None:
        undone.append(which)
        toast.say(f"Taken back: {which}")

    for which in ("first", "second"):
        toast.say(f"Approved: {which}", partial(take_back, which))
    for _again in range(3):
        qtbot.keyClick(over, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["second", "first"]


def test_an_icon_only_button_has_a_name(qtbot: QtBot) -> None:
    button = Button(icon="x", name="Close")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Close", "Close")


def test_a_new_text_keeps_the_shortcut(qtbot: QtBot) -> None:
    button = Button("Approve", shortcut="A")
    qtbot.addWidget(button)
    button.show_as("Approuver")
    assert button.shortcut().toString() == "A"


def test_tabs_by_arrow_key(qtbot: QtBot) -> None:
    tabs = Tabs("Parts")
    qtbot.addWidget(tabs)
    tabs.add(label("one"), "One")
    tabs.add(label("two"), "Two")
    qtbot.keyClick(tabs.bar, Qt.Key.Key_Right)
    assert tabs.current() == 1


def test_flow_goes_on_in_a_next_line(qtbot: QtBot) -> None:
    inside = QWidget()
    qtbot.addWidget(inside)
    flow = Flow()
    for number in range(4):
        flow.addWidget(Button(f"A longer button {number}"))
    QVBoxLayout(inside).addLayout(flow)
    one, two = flow.heightForWidth(2000), flow.heightForWidth(350)
    assert two > 2 * one


def test_an_unknown_icon_is_still_an_icon(qtbot: QtBot) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItem(icons.icon("no-such-icon"), "Service")
    assert not box.itemIcon(0).pixmap(16, 16).isNull()


def test_a_cards_foot_stays_at_the_bottom(qtbot: QtBot) -> None:
    card = Card("Head")
    qtbot.addWidget(card)
    card.body.addWidget(label("body"))
    button = Button("Go")
    card.foot().addWidget(button)
    card.resize(300, 400)
    card.show()
    settle()
    assert button.mapTo(card, button.rect().bottomLeft()).y() > 350
