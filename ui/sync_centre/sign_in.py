"""Signing in again from the Sync page, while work goes on: nothing is closed, and sending begins at once."""

from __future__ import annotations

from functools import partial
from threading import Event

from PySide6.QtCore import Signal

from fieldapp.errors import FieldAppError
from fieldapp.texts import tr
from sync.status import SyncState, SyncStatus
from ui.session import Session
from ui.widgets import Button


class SignInButton(Button):
    """Shown while sending waits for a sign-in. `told` says what to do meanwhile, `ended` that the attempt is over."""

    told = Signal(str)
    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Sign in"), "primary", icon="log-in")
        self._session = session
        self._stop: Event | None = None  # of an attempt that is under way
        self.clicked.connect(self._press)
        self.hide()

    def follow(self, status: SyncStatus | None) -> None:
        """Show itself where it is needed, and while an attempt is under way."""
        needed = status is not None and status.state is SyncState.NEEDS_LOGIN
        self.setVisible(self._stop is not None or (needed and self._session.sign_in is not None))

    def _press(self) -> None:
        sign_in = self._session.sign_in
        if self._stop is not None:
            self._stop.set()
        elif sign_in is not None:
            self._stop = stop = Event()
            self.show_as(tr("Not now"), kind="plain", icon="x")
            self.told.emit(tr("Please sign in in the browser. You can go on working meanwhile."))
            self._session.bridge.ask(partial(sign_in.again, self._tell, stop), self._done, stop)

    def _tell(self, words: str) -> None:
        """From the thread that waits for the person."""
        self._session.bridge.post(self._hear, words)

    def _hear(self, words: str) -> None:
        if self._stop is not None:
            self.told.emit(words)

    def _done(self, outcome: object) -> None:
        self._stop = None
        self.show_as(tr("Sign in"), kind="primary", icon="log-in")
        if isinstance(outcome, FieldAppError):
            self._session.say(str(outcome))
        elif isinstance(outcome, BaseException):
            self._session.say(tr("This did not work: {why}", why=type(outcome).__name__))
        else:
            self._session.say(tr("You are signed in. What waits is sent now."))
            if self._session.courier is not None:
                self._session.courier.wake()
        self.told.emit("")
        self.ended.emit()
