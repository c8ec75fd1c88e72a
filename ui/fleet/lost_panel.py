"""Before a laptop is withdrawn: what that does, and whether it may send first what is unsent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton

from fieldapp.texts import plural, tr
from sync.wire import Laptop, LaptopState
from ui.widgets import Button, Card, label


class LostPanel(Card):
    """`said` tells that it was lost, and whether work is taken first; `left` that one thought better of it."""

    said = Signal(bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(tr("This laptop was lost"))
        self._words = label("", "body", wrap=True)
        self._unsent = label("", "strong", wrap=True)
        self.take = QRadioButton(tr("Send what is unsent first, then erase"))
        self.erase = QRadioButton(tr("Erase at once: somebody else may have it"))
        self.take.setChecked(True)
        self._what = label("", "sub", wrap=True)
        self.say = Button(tr("Keep it out and erase it"), "danger", icon="ban")
        self.back = Button(tr("Back"), "quiet", hint="Esc")
        for widget in (self._words, self._unsent, self.take, self.erase, self._what):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        foot = self.foot()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.say)
        self._what.setText(
            tr(
                "The key of the store is destroyed first: from then on nobody reads what is left on the disk. The City"
                " notes when it was done. Until the laptop has erased, it can be let in again."
            )
        )
        self.say.clicked.connect(lambda: self.said.emit(self.take.isChecked()))
        self.back.clicked.connect(self.left.emit)

    def ask(self, laptop: Laptop) -> None:
        """About this one."""
        words = tr(
            "{device} of {name} is kept out from now on, and erases its store at its next contact with the City.",
            device=laptop.device,
            name=laptop.name,
        )
        self._words.setText(words)
        self._unsent.setText(_unsent(laptop.state))
        self.take.setChecked(True)


def _unsent(state: LaptopState | None) -> str:
    if state is None:
        return tr("It has told nothing of itself: whether work on it is unsent is not known.")
    unsent = state.unsent + state.attention
    if unsent:
        return plural(unsent, "{n} change on it is not with the City.", "{n} changes on it are not with the City.")
    return tr("As far as the City knows, all work on it is sent.")
