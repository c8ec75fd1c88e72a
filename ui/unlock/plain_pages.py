"""Pages without fields: one waits for the browser, one asks before the sign-in is ended."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from fieldapp.texts import plural, tr
from ui.unlock.pages import EntrancePage
from ui.widgets import Button, Told


class WaitingPage(EntrancePage):
    """Something goes on elsewhere: in the browser, or at the City. `cancelled`: the person does not want to."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__("log-in", tr("One moment"), tr("Your store is being opened."))
        self.told = Told()
        self.body.addWidget(self.told)
        self.stop = Button(tr("Not now"), "quiet")
        self.stop.clicked.connect(self.cancelled)
        self.offer(self.stop)
        self.stop.hide()

    def asks(self, words: str) -> None:
        """What the person must do: sign in in the browser, or enter a code."""
        self.title.setText(tr("Sign in with the City"))
        self.text.setText(tr("FieldApp goes on by itself when you have."))
        self.told.say(words)
        self.stop.show()
        self.stop.setFocus()

    def enter(self) -> None:
        """There is nothing to do yet."""
        self.setFocus()


class LeavingPage(EntrancePage):
    """Before a sign-in is ended: what is not sent yet, and what becomes of it."""

    agreed = Signal()
    cancelled = Signal()

    def __init__(self, waiting: int) -> None:
        text = tr("FieldApp forgets your sign-in on this laptop. Your store stays here, encrypted.")
        super().__init__("log-out", tr("Sign out?"), text)
        self.say(unsent_words(waiting))
        self.out = Button(tr("Sign out"), "primary")
        self.out.clicked.connect(self.agreed)
        self.stay = Button(tr("Stay signed in"), "plain")
        self.stay.clicked.connect(self.cancelled)
        self.offer(self.out, self.stay)

    def enter(self) -> None:
        """The way that changes nothing has the focus."""
        self.stay.setFocus(Qt.FocusReason.TabFocusReason)


def unsent_words(waiting: int) -> str:
    """What becomes of work that is not sent when its person leaves; "" where all is sent."""
    if not waiting:
        return ""
    return plural(
        waiting,
        "{n} change of yours is not sent yet. It stays here under your name, encrypted, and goes out only with your"
        " own sign-in.",
        "{n} changes of yours are not sent yet. They stay here under your name, encrypted, and go out only with your"
        " own sign-in.",
    )
