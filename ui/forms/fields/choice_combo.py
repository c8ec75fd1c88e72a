"""One of many choices: a list that opens; a long one is searched by typing any part of a choice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QStyledItemDelegate, QWidget

from fieldapp.forms import Choice, Node
from fieldapp.texts import tr
from ui.forms.fields.base import MEDIUM, WIDE, Field
from ui.forms.fields.suggestions import Suggestions
from ui.forms.sheet import Sheet

LONG = 8  # from so many choices on, the list is searched by typing


class ComboField(Field):
    """The closed list shows the choice, or an invitation to choose."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._choices: list[Choice] = list(sheet.session.choices(node))
        self.combo = Combo(search=len(self._choices) >= LONG)
        self._fill()
        self.combo.activated.connect(self._chosen)
        self.combo.cleared.connect(lambda: self.entered.emit(""))
        self.combo.left.connect(self._left)
        longest = max((len(item.label) for item in self._choices), default=0)
        self._hold(self.combo, WIDE if longest > 36 else MEDIUM)
        self.show_node(node)

    def target(self) -> QWidget:
        """The combo box."""
        return self.combo

    def show_node(self, node: Node) -> None:
        """Show the choice; a filter may have changed the list."""
        choices = list(self.sheet.session.choices(node))
        if choices != self._choices:
            self._choices = choices
            self._fill()
        number = next((number for number, item in enumerate(choices) if item.name == node.value), -1)
        if self.combo.currentIndex() != number or (number < 0 and not self.combo.hasFocus()):
            self.combo.setCurrentIndex(number)

    def retranslate(self) -> None:
        """The choices' words."""
        self._choices = []
        self.show_node(self.node())

    def _fill(self) -> None:
        self.combo.clear()
        self.combo.addItems([item.label for item in self._choices])
        self.combo.invite(tr("Type to search…") if self.combo.isEditable() else tr("Choose…"))
        self.combo.setCurrentIndex(-1)

    def _chosen(self, number: int) -> None:
        if 0 <= number < len(self._choices):
            self.entered.emit(self._choices[number].name)

    def _left(self) -> None:
        """Words that mean one choice and no other choose it; others are no answer: show again what is chosen."""
        typed = self.combo.currentText().strip().casefold()
        node = self.node()
        if not typed and node.value:
            self.entered.emit("")
            return
        meant = self._meant(typed)
        if meant is not None and self._choices[meant].name != node.value:
            self._chosen(meant)
        else:
            self.combo.setCurrentIndex(-1)
            self.show_node(node)

    def _meant(self, typed: str) -> int | None:
        """The choice that is called so, else the only one whose words hold what was typed."""
        labels = [item.label.casefold() for item in self._choices]
        if typed in labels:
            return labels.index(typed)
        holding = [number for number, words in enumerate(labels) if typed and typed in words]
        return holding[0] if len(holding) == 1 else None


class Combo(QComboBox):
    """A combo box that the wheel never changes by accident."""

    cleared = Signal()
    left = Signal()

    def __init__(self, *, search: bool = False) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)
        if search:
            self._make_searchable()

    def invite(self, text: str) -> None:
        """What stands there while nothing is chosen."""
        self.setPlaceholderText(text)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears, Ctrl+arrows belong to the form."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.isEditable():
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        Suggestions(tr("Choices that match")).serve(completer)
        self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.editingFinished.connect(self.left)
