"""The QR code of a payment link: what a scanner would see is what the code says."""

from __future__ import annotations

import segno
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ui.money.link_card import QUIET, QrCode

ADDRESS = "https://pay.example.ca/film?ref=HAM-TOUGH07-261123-004&amount=65.00"


def test_each_module_is_drawn(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.show_text(ADDRESS)
    matrix = segno.make(ADDRESS, micro=False).matrix
    size = len(matrix) + 2 * QUIET
    code.resize(size * 4, size * 4)
    image = code.grab().toImage()
    scale = image.width() / (size * 4)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            middle = int((x + QUIET + 0.5) * 4 * scale), int((y + QUIET + 0.5) * 4 * scale)
            assert (QColor(image.pixel(*middle)).lightness() < 128) is bool(dark)
    assert ADDRESS in code.accessibleName()


def test_no_address_has_no_code(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.show_text("")
    assert code.accessibleName() == ""
