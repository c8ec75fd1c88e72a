"""Coming in with a PIN or passphrase, or, where none is set, by saying that one is back."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, QTimer, Signal

from fieldapp.errors import TooSoonError
from fieldapp.store.guesses import Guesses
from fieldapp.texts import plural, tr
from ui.unlock.front import OPEN, PIN, Resident
from ui.unlock.pages import EntrancePage, secret_box
from ui.widgets import Button

COUNT = 500  # ms between two looks at the waiting time


class WordsPage(EntrancePage):
    """`given` carries the PIN or passphrase, "" where none is needed."""

    given = Signal(str)
    forgotten = Signal()
    others = Signal()

    def __init__(self, who: Resident, guesses: Guesses, *, locked: bool, way_back: bool) -> None:
        """`locked`: the person was at work and comes back. `way_back`: the City can let in who forgot it."""
        super().__init__("lock", who.name or who.id, _about(who, locked=locked))
        self._guesses = guesses
        self.box, self.edit = secret_box(tr("PIN") if who.how == PIN else tr("Passphrase"))
        self.body.addWidget(self.box)
        self.box.setVisible(who.how != OPEN)
        self.go = Button(tr("Continue") if who.how == OPEN else tr("Unlock"), "primary", hint=tr("Enter"))
        self.go.clicked.connect(self._give)
        self.edit.returnPressed.connect(self._give)
        self.forgot = Button(tr("Forgotten?"), "quiet")
        self.forgot.clicked.connect(self.forgotten)
        self.other = Button(tr("Somebody else"), "quiet")
        self.other.clicked.connect(self.others)
        self.offer(self.go, self.forgot, self.other)
        self.forgot.setVisible(who.how != OPEN and way_back)
        self._count = QTimer(self, interval=COUNT)
        self._count.timeout.connect(self._wait)
        self._needed = who.how != OPEN
        self._wait()

    def enter(self) -> None:
        """Put the focus where one begins."""
        control = self.edit if self._needed else self.go
        control.setFocus(Qt.FocusReason.TabFocusReason)

    def refused(self, fault: BaseException) -> None:
        """It was not right, or too soon: say it, and count down."""
        self._busy(False)
        self.edit.clear()
        if not isinstance(fault, TooSoonError):
            self.box.show_error(str(fault)) if self._needed else self.say(str(fault))
        self._wait()
        self.enter()

    def _give(self) -> None:
        if not self.go.isEnabled() or (self._needed and not self.edit.text()):
            return
        self._busy(True)
        self.given.emit(self.edit.text() if self._needed else "")

    def _busy(self, on: bool) -> None:
        self.edit.setReadOnly(on)
        self.go.setEnabled(not on)

    def _wait(self) -> None:
        """While one must wait, the button says how long; what was typed stays."""
        left = math.ceil(self._guesses.left()) if self._needed else 0
        if left:
            self._count.start()
        elif self._count.isActive():
            self._count.stop()
        if not self.edit.isReadOnly():
            self.go.setEnabled(not left)
            self.say(_wait_words(left))


def _wait_words(left: int) -> str:
    if not left:
        return ""
    if left < 60:
        return plural(left, "After wrong tries: wait {n} second.", "After wrong tries: wait {n} seconds.")
    minutes = math.ceil(left / 60)
    return plural(minutes, "After wrong tries: wait {n} minute.", "After wrong tries: wait {n} minutes.")


def _about(who: Resident, *, locked: bool) -> str:
    if who.how == OPEN and locked:
        return tr("Locked. No PIN is set: anybody at this computer can go on. Everything is saved.")
    if locked:
        return tr("Locked. Everything is saved, and you come back to where you were.")
    return tr("Your store on this laptop is encrypted.")
