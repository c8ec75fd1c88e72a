"""One of a few choices in a list that opens: for the appearance `minimal`, and for numbers and months."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from fieldapp.forms import Choice, Node
from fieldapp.texts import tr
from ui.forms.fields.base import MEDIUM, WIDE, Field
from ui.forms.sheet import Sheet


class ComboField(Field):
    """The closed list shows the choice, or an invitation to choose. First letters go to a choice, Delete clears."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._choices: Sequence[Choice] = sheet.session.choices(node)
        self.combo = Combo()
        self._fill()
        self.combo.activated.connect(self._chosen)
        self.combo.cleared.connect(lambda: self.entered.emit(""))
        longest = max((len(item.label) for item in self._choices), default=0)
        self._hold(self.combo, WIDE if longest > 36 else MEDIUM)
        self.show_node(node)

    def target(self) -> QWidget:
        """The combo box."""
        return self.combo

    def show_node(self, node: Node) -> None:
        """Show the choice; a filter may have changed the list."""
        choices = self.sheet.session.choices(node)
        if choices != self._choices:
            self._choices = choices
            self._fill()
        self.combo.setCurrentIndex(next((number for number, item in enumerate(choices) if item.name == node.value), -1))

    def retranslate(self) -> None:
        """The choices' words."""
        self._choices = ()
        self.show_node(self.node())

    def _fill(self) -> None:
        self.combo.clear()
        self.combo.addItems([item.label for item in self._choices])
        self.combo.invite(tr("Choose…"))
        self.combo.setCurrentIndex(-1)

    def _chosen(self, number: int) -> None:
        if 0 <= number < len(self._choices):
            self.entered.emit(self._choices[number].name)


class Combo(QComboBox):
    """A combo box that the wheel never changes by accident."""

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)

    def invite(self, text: str) -> None:
        """What stands there while nothing is chosen."""
        self.setPlaceholderText(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears, Ctrl+arrows belong to the form."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            super().keyPressEvent(event)
