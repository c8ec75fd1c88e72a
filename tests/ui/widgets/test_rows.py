"""Rows of lists: what finds no room beside the chip goes on in a next line; nothing that tells rows apart is lost."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from ui import theme
from ui.widgets import ListCard, Row
from ui.widgets.row import WITH_LINE, height_of
from ui.widgets.wrapped import wrapped

LONG = Row("1", "Requests and applications received and closed", "Requests 0 or more", chip=("Due today", "warn"))
SHORT = Row("2", "Median days", "1 line")


@pytest.mark.usefixtures("qapp")
def test_words_are_wrapped_and_none_is_lost() -> None:
    font = theme.font(bold=True)
    lines = wrapped(LONG.title, font, 160)
    assert len(lines) > 1
    assert " ".join(lines) == LONG.title
    assert all(QFontMetrics(font).horizontalAdvance(line) <= 160 for line in lines)
    assert wrapped(SHORT.title, font, 160) == (SHORT.title,)


@pytest.mark.usefixtures("qapp")
def test_what_needs_more_lines_than_there_may_be_ends_early_in_the_last() -> None:
    lines = wrapped(LONG.title * 9, theme.font(), 160)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


@pytest.mark.usefixtures("qapp")
def test_a_row_is_higher_where_its_words_need_several_lines() -> None:
    assert height_of(LONG, 900) == theme.px(WITH_LINE)
    assert height_of(SHORT, 260) == theme.px(WITH_LINE)
    assert height_of(LONG, 260) > theme.px(WITH_LINE)


def test_a_list_that_is_as_high_as_its_rows_stays_so_when_it_gets_narrower(qtbot: QtBot) -> None:
    made = ListCard("Measures", [LONG, SHORT])
    qtbot.addWidget(made)
    made.fit()
    made.resize(900, 400)
    made.show()
    settle()
    wide = made.maximumHeight()
    made.resize(260, 400)
    settle()
    assert made.maximumHeight() > wide
    assert not made.verticalScrollBar().isVisible()
