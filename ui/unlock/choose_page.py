"""Choosing a PIN or passphrase, and hearing beforehand what happens when it is forgotten."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from fieldapp.errors import RefusedError
from fieldapp.store.words import check_words
from fieldapp.texts import tr
from ui.unlock.pages import EntrancePage, secret_box
from ui.widgets import Button


class ChoosePage(EntrancePage):
    """`chosen` carries the words of before, "" for none, and the new ones, "" for not now. `cancelled`: go back."""

    chosen = Signal(str, str)
    cancelled = Signal()

    def __init__(self, *, old: str = "", keyring: bool = True, way_back: bool = True, must: bool = False) -> None:
        """`old` names what must be given first, "" for nothing; `keyring`: a PIN is possible; `must`: not "not now"."""
        title = tr("Choose a PIN") if keyring else tr("Choose a passphrase")
        super().__init__("key-round", title, _why(keyring=keyring))
        self._keyring = keyring
        self.old_box, self.old = secret_box(old)
        name = tr("New PIN or passphrase") if keyring else tr("New passphrase")
        self.new_box, self.new = secret_box(name)
        self.again_box, self.again = secret_box(tr("The same again"))
        for box in (self.old_box, self.new_box, self.again_box):
            self.body.addWidget(box)
        self.old_box.setVisible(bool(old))
        self.say(_forgotten(way_back=way_back), "ink" if way_back else "warn")
        self.set = Button(tr("Set it"), "primary", hint=tr("Enter"))
        self.set.clicked.connect(self._set)
        for edit in (self.old, self.new, self.again):
            edit.returnPressed.connect(self._set)
        self.later = Button(tr("Not now"), "quiet")
        self.later.clicked.connect(self.cancelled)
        self.offer(self.set, self.later)
        self.later.setVisible(not must)

    def enter(self) -> None:
        """Put the focus where one begins."""
        control = self.old if self.old_box.isVisibleTo(self) else self.new
        control.setFocus(Qt.FocusReason.TabFocusReason)

    def refused(self, fault: BaseException) -> None:
        """It could not be set: say why. Nothing was changed."""
        self._busy(False)
        box = self.old_box if self.old_box.isVisibleTo(self) else self.new_box
        box.show_error(str(fault))
        self.enter()

    def _set(self) -> None:
        for box in (self.old_box, self.new_box, self.again_box):
            box.show_error("")
        try:
            check_words(self.new.text(), keyring=self._keyring)
        except RefusedError as fault:
            self.new_box.show_error(str(fault))
            self.new.setFocus()
            return
        if self.again.text() != self.new.text():
            self.again_box.show_error(tr("This is not the same."))
            self.again.setFocus()
            return
        self._busy(True)
        self.chosen.emit(self.old.text(), self.new.text())

    def _busy(self, on: bool) -> None:
        self.set.setEnabled(not on)
        for edit in (self.old, self.new, self.again):
            edit.setReadOnly(on)


def _why(*, keyring: bool) -> str:
    if keyring:
        return tr("It opens your store on this laptop, also without a network: 6 digits or more, or a passphrase.")
    return tr("This computer has no keyring, so a passphrase of 10 characters or more opens your store.")


def _forgotten(*, way_back: bool) -> str:
    if way_back:
        return tr("If you forget it, sign in with the City here, on a network, and choose a new one. Nothing is lost.")
    return tr("Nobody can open your store without it. If you forget it, what was not sent is lost: write it down.")
