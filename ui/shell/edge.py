"""What the window's edge tells beside any page: the counts in the rail and, in the pill, where the work is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.texts import tr
from sync.status import SyncState, SyncStatus
from ui.session import Session
from ui.shell import counts
from ui.shell.newer import tell_of_versions
from ui.shell.whole import Whole
from ui.sync_centre.words import pill_words

PAUSE = 250  # ms; many commits of one sync cycle count once


class Edge(QObject):
    """Of one window. `counted` comes with each count; `withdrawn` says that the City's order to erase was obeyed, and
    why."""

    counted = Signal()
    withdrawn = Signal(str)

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._session: Session
        self._whole: Whole
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._count)

    def tell(self, session: Session, whole: Whole) -> None:
        """Tell of this person's work in this window from now on. The counts can wait until it is painted."""
        self._session, self._whole = session, whole
        self._show_standing()
        self._pause.start(0)

    def soon(self) -> None:
        """Something changed: count anew."""
        if not self._pause.isActive():
            self._pause.start(PAUSE)

    def show_status(self, status: SyncStatus | None) -> None:
        """Where the work is; None without a courier."""
        if status is not None and status.state is SyncState.ERASED:
            self.withdrawn.emit(status.message)
            return
        words, kind = pill_words(status, self._session.store.counts(), self._session.clock)
        self._whole.top.pill.show_as(words, kind)
        self._whole.top.pill.setAccessibleDescription(tr("Opens the Sync page"))

    def _count(self) -> None:
        session = self._session
        tell_of_versions(session)
        session.bridge.work(partial(counts.of_rail, session), partial(self._show_counts, session))
        self.counted.emit()
        self._show_standing()

    def _show_standing(self) -> None:
        self.show_status(self._session.courier.status if self._session.courier else None)

    def _show_counts(self, session: Session, found: dict[str, int] | BaseException) -> None:
        """As long as the same person works here. A store that was locked meanwhile is counted when it opens again."""
        if session is self._session and not isinstance(found, BaseException):
            for page, number in found.items():
                self._whole.rail.count(page, number)
