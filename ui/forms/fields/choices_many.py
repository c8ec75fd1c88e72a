"""Several choices: check boxes, in two columns where they are short."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from fieldapp.forms import Choice, Node
from ui.forms.fields.base import Field
from ui.forms.sheet import Sheet

SHORT, FEW = 34, 3  # letters; up to so many choices one column is enough


class ManyField(Field):
    """Space checks and unchecks; the answer keeps the list's order."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._choices: list[Choice] = []
        self._boxes: dict[str, QCheckBox] = {}
        self._names = ("", "")
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(2)
        self._hold(self._list)
        self.show_node(node)

    def target(self) -> QWidget:
        """The first box."""
        return next(iter(self._boxes.values()), self._list)

    def show_node(self, node: Node) -> None:
        """Show what is chosen; a filter may have changed the list."""
        choices = list(self.sheet.session.choices(node))
        if [item.name for item in choices] != [item.name for item in self._choices]:
            self._rebuild(choices)
        self._choices = choices
        chosen = set(node.value.split())
        for item in choices:
            box = self._boxes[item.name]
            box.setText(item.label)
            if box.isChecked() != (item.name in chosen):
                box.setChecked(item.name in chosen)

    def retranslate(self) -> None:
        """The choices' words."""
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Each box says the question too."""
        self._names = (name, description)
        for box in self._boxes.values():
            box.setAccessibleName(f"{name}: {box.text()}")
            box.setAccessibleDescription(description)

    def mark(self, wrong: bool) -> None:
        """The message below says it."""

    def _rebuild(self, choices: list[Choice]) -> None:
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes = {}
        short = all(len(item.label) <= SHORT for item in choices)
        columns = 2 if short and len(choices) > FEW else 1
        rows = -(-len(choices) // columns)
        for number, item in enumerate(choices):
            box = QCheckBox(item.label)
            box.clicked.connect(self._clicked)
            self._grid.addWidget(box, number % rows, number // rows, Qt.AlignmentFlag.AlignLeft)
            self._boxes[item.name] = box
        self.name(*self._names)

    def _clicked(self) -> None:
        chosen = [item.name for item in self._choices if self._boxes[item.name].isChecked()]
        self.entered.emit(" ".join(chosen))
