"""A range as a list that opens: for few numbers, or where there is no room for a line."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields.base import NARROW, Field
from ui.forms.fields.choice_combo import Combo
from ui.forms.fields.scale import scale_of
from ui.forms.sheet import Sheet
from ui.forms.words import amount


class PickerField(Field):
    """Typing a number goes to it; Delete clears."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.scale = scale_of(node.question.extra)
        self.combo = Combo()
        self.combo.addItems([amount(node, self.scale.written(place)) for place in range(self.scale.count + 1)])
        self.combo.activated.connect(lambda place: self.entered.emit(self.scale.written(place)))
        self.combo.cleared.connect(lambda: self.entered.emit(""))
        self._hold(self.combo, NARROW)
        self.retranslate()

    def target(self) -> QWidget:
        """The list."""
        return self.combo

    def show_node(self, node: Node) -> None:
        """Show the number."""
        place = self.scale.place(node.value)
        self.combo.setCurrentIndex(-1 if place is None else place)

    def retranslate(self) -> None:
        """The invitation, and the numbers' comma."""
        node = self.node()
        self.combo.invite(tr("Choose…"))
        for place in range(self.combo.count()):
            self.combo.setItemText(place, amount(node, self.scale.written(place)))
        self.show_node(node)
