"""What nobody caught is said on the screen, and nothing else is."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.faults import Faults


def test_only_what_nobody_caught_is_told(qtbot: QtBot) -> None:
    owner = QObject()
    faults = Faults(owner)
    faults.watch()
    try:
        with qtbot.assertNotEmitted(faults.happened):
            logging.getLogger("fieldapp").warning("a disk is nearly full")
            logging.getLogger("fieldapp.access").critical("of a server")
        with qtbot.waitSignal(faults.happened):
            logging.getLogger("fieldapp").critical("nobody caught this")
    finally:
        faults.rest()
    with qtbot.assertNotEmitted(faults.happened):
        logging.getLogger("fieldapp").critical("nobody caught this")
