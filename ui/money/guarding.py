"""Fields that take no card number: what looks like one is gone from the screen before it can be kept or repeated."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from fieldapp.money.cards import card_said, holds_card
from ui.widgets import FieldBox

AMOUNT_DIGITS = 11  # of the largest amount that is read, with its cents
TEXT_KEYS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class AmountField(QLineEdit):
    """For an amount. `lettered` tells a letter, which no amount has: the page may choose by it."""

    lettered = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are told, not typed."""
        if event.text().isalpha() and not event.modifiers() & ~TEXT_KEYS:
            self.lettered.emit(event.text())
        else:
            super().keyPressEvent(event)


def guarded(name: str, *, required: bool = False, hint: str = "") -> tuple[FieldBox, QLineEdit]:
    """A labelled field that refuses card numbers while they are typed."""
    field = QLineEdit()
    return _watched(FieldBox(name, field, required=required, hint=hint), field), field


def amount_field(name: str, *, required: bool = False, hint: str = "") -> tuple[FieldBox, AmountField]:
    """A labelled field for an amount. More digits than any amount has are taken for a card number."""
    field = AmountField()
    return _watched(FieldBox(name, field, required=required, hint=hint), field), field


def _watched(box: FieldBox, field: QLineEdit) -> FieldBox:
    def look(text: str) -> None:
        too_long = isinstance(field, AmountField) and sum(sign.isdigit() for sign in text) > AMOUNT_DIGITS
        if too_long or holds_card(text):
            field.clear()
            box.show_error(card_said())
        elif text:
            box.show_error("")

    field.textChanged.connect(look)
    return box
