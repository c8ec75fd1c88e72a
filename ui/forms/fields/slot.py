"""A wish for a time in the City's calendar: what was free when this laptop last heard from the City, in a list that
opens. It is a wish: only the City confirms, after the form is handed in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields.base import WIDE, Field
from ui.forms.fields.choice_combo import Combo
from ui.forms.sheet import Sheet

KEY = re.compile(r"\[[^\]]*\]")


class SlotField(Field):
    """Typing goes to a line that begins so; Delete clears. A slot that is free no more stays as it was wished."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._slots: Sequence[tuple[str, str]] = ()
        self.combo = Combo()
        self.combo.activated.connect(self._chosen)
        self.combo.cleared.connect(lambda: self.entered.emit(""))
        self._hold(self.combo, WIDE)
        self.retranslate()

    def target(self) -> QWidget:
        """The list."""
        return self.combo

    def show_node(self, node: Node) -> None:
        """Show the wish, also where it is not among what is free."""
        if node.value and all(slot != node.value for slot, _ in self._slots):
            self._slots = (*self._slots, (node.value, tr("{slot} (not among what is free)", slot=node.value)))
            self._fill()
        self.combo.setCurrentIndex(next((n for n, (slot, _) in enumerate(self._slots) if slot == node.value), -1))

    def retranslate(self) -> None:
        """What is free, in the language on screen."""
        node = self.node()
        slots = self.sheet.host.slots
        self._slots = slots(_question(node)) if slots else ()
        self._fill()
        self.show_node(node)

    def _fill(self) -> None:
        self.combo.clear()
        self.combo.addItems([words[:1].upper() + words[1:] for _, words in self._slots])
        nothing = tr("The calendar on this laptop has no time for this.")
        self.combo.invite(tr("Choose a time that is free") if self._slots else nothing)
        self.combo.setCurrentIndex(-1)

    def _chosen(self, number: int) -> None:
        if 0 <= number < len(self._slots):
            self.entered.emit(self._slots[number][0])


def _question(node: Node) -> str:
    """The question's path as service.toml names it: without the keys of instances."""
    return KEY.sub("", node.path)
