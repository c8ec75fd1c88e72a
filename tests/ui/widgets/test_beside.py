"""What stands side by side, and one below the other where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from ui.widgets import Banner, Beside, Button, Card, Option, PageHeader, Pill, Segmented


def shown(qtbot: QtBot, widget: QWidget, wide: int, high: int = 300) -> None:
    qtbot.addWidget(widget)
    widget.resize(wide, high)
    widget.show()
    settle()


def test_columns_are_stacked_where_each_would_be_too_narrow(qtbot: QtBot) -> None:
    holder, columns = QWidget(), Beside(200)
    holder.setLayout(columns)
    one, other = Card("One"), Card("Other")
    columns.addWidget(one)
    columns.addWidget(other)
    shown(qtbot, holder, 500)
    assert one.y() == other.y()
    holder.resize(300, 300)
    settle()
    assert one.x() == other.x()
    assert other.y() > one.geometry().bottom()


def test_a_column_that_is_hidden_leaves_its_room_to_the_other(qtbot: QtBot) -> None:
    holder, columns = QWidget(), Beside(200)
    holder.setLayout(columns)
    one, other = Card("One"), Card("Other")
    columns.addWidget(one)
    columns.addWidget(other)
    other.hide()
    shown(qtbot, holder, 300)
    assert not columns.stacked
    assert one.width() == 300


def test_a_page_s_buttons_go_below_its_title_rather_than_cut_it(qtbot: QtBot) -> None:
    save = Button("Save as PDF", "primary")
    made = PageHeader("A title of some length", "and a line", (Button("Print"), save))
    shown(qtbot, made, 700, 120)
    assert save.mapTo(made, save.rect().topLeft()).y() < made.title.geometry().bottom()
    made.resize(300, 200)
    settle()
    assert save.mapTo(made, save.rect().topLeft()).y() > made.title.geometry().bottom()
    assert save.width() >= save.sizeHint().width()


def test_choices_that_may_be_stacked_are_reached_by_up_and_down_then(qtbot: QtBot, qapp: QApplication) -> None:
    options = [Option(str(n), f"A long choice number {n}") for n in range(3)]
    made = Segmented(options, name="Which?", stacks=True)
    holder = Card()
    holder.body.addWidget(made)
    shown(qtbot, holder, 260)
    assert made.height() > 2 * made.minimumSizeHint().height()
    made.choose("0")
    made.setFocus()
    focus = qapp.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Down)
    assert made.value() == "1"


def test_the_pill_says_all_of_it_on_two_lines(qtbot: QtBot) -> None:
    made = Pill()
    made.show_as("Offline · 3 waiting · all saved here", "warn")
    least = made.minimumSizeHint().width()
    shown(qtbot, made, least, 60)
    assert least < made.sizeHint().width()
    assert made.height() >= 2 * made.fontMetrics().height()


def test_a_banner_wraps_its_words(qtbot: QtBot) -> None:
    made = Banner("Practice: nothing here is real, and everything may be tried")
    made.add(Button("Plug it in"))
    shown(qtbot, made, 1200, 40)
    assert not made.words.wordWrap()
    made.resize(300, 120)
    settle()
    assert made.words.wordWrap()


def test_a_strip_counts_its_own_edges_before_it_puts_buttons_side_by_side(qtbot: QtBot) -> None:
    card, one, other = Card("A laptop"), Button("Open work of this person"), Button("This laptop was lost…")
    strip = card.foot()
    strip.addWidget(one)
    strip.addWidget(other)
    needed = one.sizeHint().width() + other.sizeHint().width() + strip.spacing()
    shown(qtbot, card, needed + 20)  # its edges take 32
    assert one.width() >= one.sizeHint().width()
    assert other.y() > one.y()


def test_a_page_s_subtitle_goes_on_in_a_next_line(qtbot: QtBot) -> None:
    made = PageHeader("Review", "2 waiting, 2 late or due today, the most pressing first", (Button("Dashboard"),))
    shown(qtbot, made, 360, 120)
    assert made.subtitle.height() >= 2 * made.subtitle.fontMetrics().height()


def test_a_title_alone_stands_in_the_middle_of_its_buttons(qtbot: QtBot) -> None:
    button = Button("Counter")
    made = PageHeader("Stock", "", (button,))
    shown(qtbot, made, 500, 36)
    assert not made.subtitle.isVisible()
    assert abs(made.title.geometry().center().y() - made.rect().center().y()) <= 1
