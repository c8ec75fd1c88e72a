"""One of several choices, below each other as radio buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from fieldapp.forms import Choice, Node
from ui.forms.fields.base import Field
from ui.forms.sheet import Sheet


class RadioField(Field):
    """Arrow keys move and choose, Delete clears."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._choices: list[Choice] = []
        self._buttons: dict[str, QRadioButton] = {}
        self._names = ("", "")
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._hold(self._list)
        self.show_node(node)

    def target(self) -> QWidget:
        """The chosen button, else the first."""
        chosen = self._group.checkedButton()
        return chosen or next(iter(self._buttons.values()), self._list)

    def show_node(self, node: Node) -> None:
        """Show the choice; a filter may have changed the list."""
        choices = list(self.sheet.session.choices(node))
        if [item.name for item in choices] != [item.name for item in self._choices]:
            self._rebuild(choices)
        for item in choices:
            self._buttons[item.name].setText(item.label)
        self._choices = choices
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == node.value)
        self._group.setExclusive(True)

    def retranslate(self) -> None:
        """The choices' words."""
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Each choice says the question too."""
        self._names = (name, description)
        for button in self._buttons.values():
            button.setAccessibleName(f"{name}: {button.text()}")
            button.setAccessibleDescription(description)

    def mark(self, wrong: bool) -> None:
        """The message below says it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the choice back."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.entered.emit("")
        else:
            super().keyPressEvent(event)

    def _rebuild(self, choices: list[Choice]) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for item in choices:
            button = QRadioButton(item.label)
            self._group.addButton(button)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._buttons[item.name] = button
        self.name(*self._names)

    def _clicked(self, clicked: QWidget) -> None:
        name = next((name for name, button in self._buttons.items() if button is clicked), "")
        self.entered.emit(name)
