"""PySide6 6.12.0 dropped a reference to None on every call that returns nothing, and aborted the process after some
5,000 of them on Python 3.10 and 3.11. This test guards the pin in pyproject.toml."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 20_000
NOISE = 500  # other threads and caches may take and give back a few


def test_calls_that_return_nothing_keep_their_reference_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - NOISE
