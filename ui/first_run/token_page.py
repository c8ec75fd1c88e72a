"""Signing in where the City gives out tokens, because it has no identity provider."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from fieldapp.texts import tr
from ui.unlock.pages import EntrancePage, secret_box
from ui.widgets import Button


class TokenPage(EntrancePage):
    """`given` carries the token, `back` leads to the address."""

    given = Signal(str)
    back = Signal()

    def __init__(self, city: str) -> None:
        super().__init__(
            "log-in",
            tr("Sign in with {city}", city=tr(city) if city else tr("The City")),
            tr("This City gives its staff a token instead of a page to sign in. Its IT sent you yours."),
        )
        self.box, self.edit = secret_box(tr("Your token"))
        self.edit.setMaxLength(16 << 10)
        self.edit.returnPressed.connect(self._give)
        self.body.addWidget(self.box)
        self.go = Button(tr("Sign in"), "primary", hint=tr("Enter"))
        self.go.clicked.connect(self._give)
        self.other = Button(tr("Another address"), "quiet")
        self.other.clicked.connect(self.back)
        self.offer(self.go, self.other)

    def enter(self) -> None:
        """Put the focus where one begins."""
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def refused(self, why: str) -> None:
        """The City does not take it: say why."""
        self.box.show_error(why)
        self.go.setEnabled(True)
        self.enter()

    def _give(self) -> None:
        self.box.show_error("")
        if not (token := "".join(self.edit.text().split())):
            self.refused(tr("Please paste your token."))
            return
        self.go.setEnabled(False)
        self.given.emit(token)
