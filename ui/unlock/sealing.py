"""Locking a store behind a covered window: what is being sent still goes, then the file closes, the key is gone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from sync.status import SyncState
from ui.bridge import Bridge
from ui.opening import Opened
from ui.sync_centre.words import WORKING
from ui.unlock.front import Front

LOOK = 1_000  # ms between two looks whether all is sent
PATIENCE = 600  # looks: after ten minutes the key goes in any case


class Sealing(QObject):
    """One laptop on its way to being locked. `stop` when its person comes back."""

    def __init__(self, front: Front, opened: Opened, bridge: Bridge, *, look: int = LOOK) -> None:
        """`bridge` has the thread that waits; it is not the laptop's own, which tells nothing while it is covered."""
        super().__init__()
        self._front, self._opened, self._bridge = front, opened, bridge
        self._looks = 0
        self._back = front.sealing(opened)
        self._timer = QTimer(self, interval=look)
        self._timer.timeout.connect(self._look)
        self.done: Callable[[], None] = lambda: None

    def begin(self) -> None:
        """Send what waits, then lock."""
        self._timer.start()
        self._look()

    def stop(self) -> None:
        """Do not lock any more."""
        self._back.set()
        self._timer.stop()

    def _look(self) -> None:
        self._looks += 1
        if self._looks < PATIENCE and is_sending(self._opened):
            return
        self._timer.stop()
        self._bridge.ask(partial(self._front.seal, self._opened, self._back), self._sealed, self._back)

    def _sealed(self, outcome: object) -> None:
        if outcome is True:
            self.done()
        elif not self._back.is_set():  # something was under way for long: look again
            self._timer.start()


def is_sending(opened: Opened) -> bool:
    """Whether anything is sent now, or will be at once: not while the City does not answer or wants a sign-in."""
    state = opened.worker.status.state
    return state in WORKING or (state is SyncState.IDLE and opened.session.store.counts().waiting > 0)
