"""Asking the City's own geocoder for an address that is not in the City's list on this laptop.

The question is a person's own, by a button; nothing that is typed leaves the laptop by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.errors import FieldAppError
from fieldapp.texts import tr
from ui.widgets import Button, label

FEWEST = 5  # letters that are worth a question


class AddressAsker(Protocol):
    """Who can be asked: `ui.geocoder.CityGeocoder`."""

    @property
    def known(self) -> bool:
        """Whether the City has a geocoder."""
        ...

    def ask(self, text: str, done: Callable[[Any], None]) -> None:
        """Give what was found for `text`, and None after it, or the error that ended it, to `done`. Nothing waits."""
        ...


class AskCity(QWidget):
    """A button that asks, and what became of it in words. `found` carries the candidates."""

    found = Signal(object)

    def __init__(self, city: AddressAsker) -> None:
        super().__init__()
        self._city = city
        self._text = ""
        self._asking = ""
        self.button = Button("", icon="search")
        self.button.clicked.connect(self.ask)
        self.said = label("", "small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.said, 1)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The words of the moment's language."""
        self.button.show_as(tr("Ask the City's geocoder"))

    def offer(self, text: str) -> None:
        """Offer to ask for `text`; "" offers nothing."""
        self._text = text.strip()
        self.say("")
        self.button.setEnabled(True)
        self.setVisible(len(self._text) >= FEWEST and self._city.known)

    def ask(self) -> None:
        """Ask, unless that is being done."""
        if self.isHidden() or self._asking == self._text:
            return
        self._asking = self._text
        self.button.setEnabled(False)
        self.say(tr("Asking the City…"))
        self._city.ask(self._text, partial(self._came, self._text))

    def say(self, words: str) -> None:
        """Show what became of it."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _came(self, text: str, outcome: object) -> None:
        if outcome is None or isinstance(outcome, BaseException):  # it is over
            self._asking = "" if self._asking == text else self._asking
            self.button.setEnabled(True)
        if outcome is None or text != self._text:
            return  # something else is looked for by now
        if isinstance(outcome, BaseException):
            self.say(_why(outcome))
        elif outcome:
            self.say(tr("Found at the City's geocoder:"))
            self.found.emit(outcome)
        else:
            self.say(tr("The City's geocoder knows no such address."))


def _why(fault: BaseException) -> str:
    """Why it could not be asked, and what still works."""
    said = str(fault) if isinstance(fault, FieldAppError) else tr("The City's geocoder could not be asked.")
    return " ".join((said, tr("The addresses on this laptop are still searched.")))
