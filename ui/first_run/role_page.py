"""Whom one would like to be in the practice city: one key each, so that everybody begins with their own work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from fieldapp.records import Person
from fieldapp.texts import tr
from ui.unlock.pages import EntrancePage
from ui.widgets import Button


class RolePage(EntrancePage):
    """`chosen` carries the user id of one of `people`."""

    chosen = Signal(str)

    def __init__(self, people: Sequence[Person]) -> None:
        super().__init__(
            "users",
            tr("Who would you like to be?"),
            tr("You can become another of them at any time: at the name at the bottom left."),
        )
        self.buttons: list[Button] = []
        for number, person in enumerate(people, start=1):
            words = f"{person.name} · {tr(person.title)}"
            made = Button(words, "plain", hint=str(number), shortcut=str(number))
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)  # all as wide as the card
            made.clicked.connect(partial(self.chosen.emit, person.id))
            self.body.addWidget(made)
            self.buttons.append(made)

    def enter(self) -> None:
        """Put the focus on the first."""
        self.buttons[0].setFocus()
