"""What a person may open next is loaded while the first page is looked at: modules only, and each in a step of its own.

Pages are built when they are opened, and follow what is committed from then on; their modules took most of that time.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from fieldapp import garbage
from fieldapp.loading import turn

CALM = 700  # ms after the first window, in which a person looks where they are
PAUSE = 30  # ms between two steps, in which the screen does what came meanwhile
# What takes longest first, in steps as small as they can be: most of it, forms above all, sync has loaded by then.
MODULES = (
    "fieldapp.forms",
    "fieldapp.reports.board",
    "fieldapp.photos.evidence",
    "fieldapp.documents.issued.composing",
    "segno",
    "ui.records.page",
    "ui.search.palette",
    "ui.forms",
    "ui.records.bookings",
    "ui.records.photos",
    "ui.records.papers",
    "ui.records.trail",
    "ui.rules.why_pane",
    "ui.records.view",
    "ui.review",
    "ui.filling",
    "ui.money",
    "ui.counter",
    "ui.lookups",
    "ui.sync_centre.page",
    "ui.dashboard",
)


class Ahead(QObject):
    """Loads `modules` in the screen's thread, one at a time, when nothing else is loaded. `finished` when all are."""

    def __init__(self, owner: QObject, modules: Sequence[str] = MODULES) -> None:
        super().__init__(owner)
        self.finished = False
        self._left = list(modules)
        self._timer = QTimer(self, interval=CALM)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        self._timer.setInterval(PAUSE)
        if not turn.acquire(blocking=False):
            return  # sync, or a practice city, is being loaded
        try:
            self._load()
        finally:
            turn.release()

    def _load(self) -> None:
        if self._left:
            import_module(self._left.pop(0))
        else:
            self._timer.stop()
            self.finished = True
            garbage.keep_all()
