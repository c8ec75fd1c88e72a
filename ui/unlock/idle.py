"""Noticing that nobody is at the laptop: no key and no mouse for a while, or it slept, or its session was locked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

TICK = 5_000  # ms
INPUT = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove,
    }
)  # fmt: skip
LOGIN = "org.freedesktop.login1"


class Idle(QObject):
    """`away` when it is time to lock. It sees what arrives at windows, not each widget's events: that costs nothing."""

    away = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        *,
        steady: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """`minutes` gives how long; 0 is never. `wall` goes on while the laptop sleeps, `steady` cannot be set."""
        super().__init__()
        self._minutes, self._steady, self._wall = minutes, steady, wall
        self._since = (steady(), wall())
        self._watched: list[QWindow] = []
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.check)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            app.applicationStateChanged.connect(self._state)
        self._watch(QGuiApplication.focusWindow())
        self._listen()

    def start(self) -> None:
        """Count from now."""
        self._since = (self._steady(), self._wall())
        self._watch(QGuiApplication.focusWindow())
        self._timer.start()

    def stop(self) -> None:
        """Nobody can be away now."""
        self._timer.stop()

    def check(self) -> None:
        """Whether it is time. Sleep counts: the later of the two clocks is believed."""
        minutes = self._minutes()
        passed = max(self._steady() - self._since[0], self._wall() - self._since[1])
        if minutes and passed >= minutes * 60:
            self.stop()
            self.away.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Somebody is here."""
        if event.type() in INPUT:
            self._since = (self._steady(), self._wall())
        return False

    @Slot(bool)
    def asleep(self, begins: bool) -> None:
        """The laptop goes to sleep (logind)."""
        if begins:
            self._leave()

    @Slot()
    def session_locked(self) -> None:
        """The desktop's own lock (logind)."""
        self._leave()

    def _leave(self) -> None:
        if self._timer.isActive():
            self.stop()
            self.away.emit()

    def _state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationSuspended:
            self._leave()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and window not in self._watched:
            window.installEventFilter(self)
            self._watched.append(window)
            window.destroyed.connect(lambda: self._watched.remove(window) if window in self._watched else None)

    def _listen(self) -> None:
        """To the system's login service, where there is one. Elsewhere the clock tells of a sleep when it ends."""
        if not sys.platform.startswith("linux"):
            return
        from PySide6.QtDBus import QDBusConnection

        bus = QDBusConnection.systemBus()
        if bus.isConnected():
            manager, session = f"{LOGIN}.Manager", f"{LOGIN}.Session"
            bus.connect(LOGIN, "/org/freedesktop/login1", manager, "PrepareForSleep", self, _slot("asleep(bool)"))
            bus.connect(LOGIN, "", session, "Lock", self, _slot("session_locked()"))


def _slot(signature: str) -> Any:
    """PySide takes the text that SLOT gives; its stubs say bytes, which it refuses (6.11.3)."""
    return SLOT(signature)
