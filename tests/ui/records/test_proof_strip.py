"""The strip of stations: names that need two lines push nothing out of sight."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from ui.records.proof import ProofStrip, Step


def test_a_strip_grows_where_a_name_needs_two_lines(qtbot: QtBot) -> None:
    holder, strip = QWidget(), ProofStrip()
    column = QVBoxLayout(holder)
    column.addWidget(strip)
    column.addStretch(1)
    strip.show_steps([Step("Sur cet ordinateur", "09:00", "ok"), *(Step("Envoyé", "09:00", "ok") for _ in range(3))])
    qtbot.addWidget(holder)
    holder.resize(900, 300)
    holder.show()
    settle()
    wide = strip.height()
    holder.resize(390, 300)
    settle()
    assert strip.height() >= strip.heightForWidth(strip.width()) > wide
