"""A field that takes no card number: what looks like one is gone from the screen before it can be kept."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from fieldapp.money.cards import holds_card
from fieldapp.texts import tr
from ui.widgets import FieldBox


def guarded(name: str, *, required: bool = False, hint: str = "") -> tuple[FieldBox, QLineEdit]:
    """A labelled field that refuses card numbers while they are typed."""
    field = QLineEdit()
    box = FieldBox(name, field, required=required, hint=hint)

    def look(text: str) -> None:
        if holds_card(text):
            field.clear()
            box.show_error(tr("This looks like a card number. It is not kept. Never write one down: use the terminal."))
        elif text:
            box.show_error("")

    field.textChanged.connect(look)
    return box, field
