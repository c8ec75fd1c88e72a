"""Python's collector, in the screen's thread only: started by chance in another one, it would destroy widgets there
that nobody needs any more, and end the process."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from fieldapp import garbage

PERIOD = 1000  # ms


def collect_here(owner: QObject) -> None:
    """As long as `owner` lives, in its thread."""
    garbage.by_turns()
    timer = QTimer(owner, interval=PERIOD)
    timer.timeout.connect(garbage.turn)
    timer.start()
