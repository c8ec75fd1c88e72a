"""“Who is working?”: everybody who has a store on this machine, and the way in for somebody who has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal

from fieldapp.texts import tr
from ui.unlock.front import OPEN, PIN, Resident
from ui.unlock.pages import EntrancePage
from ui.widgets import Button, ListCard, Row


class WhoPage(EntrancePage):
    """`chosen` tells the id of who works now, `somebody_else` that it is nobody of these."""

    chosen = Signal(str)
    somebody_else = Signal()

    def __init__(self, residents: Sequence[Resident], *, others: bool, note: str = "") -> None:
        """`others`: whether somebody who has no store here may come in."""
        super().__init__(
            "users-round",
            tr("Who is working?"),
            tr("Each person's work lies in a store of its own here, encrypted. Nobody sees another's."),
        )
        self.list = ListCard(tr("People with a store on this laptop"), [_row(one) for one in residents])
        self.list.fit(6)
        self.list.clicked.connect(self._clicked)
        self.list.opened.connect(self.chosen)
        self.body.addWidget(self.list)
        self.list.setVisible(bool(residents))
        self.other = Button(tr("Somebody else signs in"), "plain" if residents else "primary", icon="log-in")
        self.other.clicked.connect(self.somebody_else)
        self.offer(self.other)
        self.other.setVisible(others)
        self.say(note)

    def offer_elsewhere(self, go: Callable[[], None]) -> None:
        """A way back to the City's address."""
        button = Button(tr("Another address"), "quiet")
        button.clicked.connect(lambda _on=False: go())
        self.offer(button)

    def enter(self) -> None:
        """Put the focus where one begins."""
        control = self.list if self.list.isVisibleTo(self) else self.other
        control.setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, Row):
            self.chosen.emit(row.id)


def _row(one: Resident) -> Row:
    opens = {OPEN: tr("no PIN"), PIN: tr("with a PIN")}.get(one.how, tr("with a passphrase"))
    if one.name:
        return Row(one.id, one.name, one.id, icon="user-round", trailing=opens)
    return Row(one.id, one.id, icon="user-round", trailing=opens)
