"""What a person may open next is loaded while the first page is looked at: modules only, and each in a step of its own.

Pages are built when they are opened, and follow what is committed from then on; their modules took most of that time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from fieldapp import garbage

CALM = 700  # ms after the first window, in which a person looks where they are
PAUSE = 30  # ms between two steps, in which the screen does what came meanwhile
# Of no screen, so that a thread of its own loads them: what the pages' modules below need most of.
PLAIN = (
    "fieldapp.forms",
    "fieldapp.reports.board",
    "fieldapp.services.packages",
    "fieldapp.photos.evidence",
    "fieldapp.marked_photo",
    "fieldapp.documents.issued.composing",
    "fieldapp.actions.issuing",
    "fieldapp.rules",
    "fieldapp.money.links",
    "fieldapp.places.lookups",
    "sync.wire",
    "segno",
)
PAGES = (
    "ui.records.page",
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
    """Loads `plain` in a thread, then `pages` in the screen's, one at a time: classes of Qt's are made nowhere else.
    `finished` when all is loaded."""

    def __init__(self, owner: QObject, plain: Sequence[str] = PLAIN, pages: Sequence[str] = PAGES) -> None:
        super().__init__(owner)
        self.finished = False
        self._plain, self._pages = plain, pages
        self._thread = threading.Thread(target=self._load_plain, name="ahead", daemon=True)
        self._steps = self._loading()
        self._timer = QTimer(self, interval=CALM)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        self._timer.setInterval(PAUSE)
        if not next(self._steps, False):
            self._timer.stop()
            self.finished = True

    def _loading(self) -> Iterator[bool]:
        self._thread.start()
        while self._thread.is_alive():
            yield True
        for name in self._pages:
            import_module(name)
            yield True
        garbage.keep_all()

    def _load_plain(self) -> None:
        for name in self._plain:
            import_module(name)
