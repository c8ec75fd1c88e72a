"""One of a few short choices, side by side: a letter or the arrow keys choose, Delete clears."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

from fieldapp.forms import Choice, Node
from ui import theme
from ui.forms.fields.base import Field
from ui.forms.shape import FAILS, letters
from ui.forms.sheet import Sheet
from ui.widgets import Option, Segmented

MOST, ROOM = 5, 470  # choices; px at scale 1


def fits(choices: Sequence[Choice]) -> bool:
    """Whether these choices can stand side by side."""
    if not 0 < len(choices) <= MOST:
        return False
    metrics = QFontMetrics(theme.font(bold=True))
    wide = sum(metrics.horizontalAdvance(choice.label) + theme.px(32) for choice in choices)
    return wide <= theme.px(ROOM)


class ButtonsField(Field):
    """A segmented control, built again when its choices change: by a filter or by the language."""

    lettered = Signal()  # answered by a letter

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._choices: list[Choice] = []
        self._names = ("", "")
        self._stacks = True
        self.buttons = Segmented([])
        self._row.addWidget(self.buttons)
        self._row.addStretch(1)
        self.show_node(node)

    def target(self) -> QWidget:
        """The group; its focus goes to the chosen part."""
        return self.buttons

    def show_node(self, node: Node) -> None:
        """Show the choice; other choices make other buttons."""
        choices = list(self.sheet.session.choices(node))
        if choices != self._choices:
            self._rebuild(choices)
        if self.buttons.value() != node.value:
            self.buttons.choose(node.value)

    def may_stack(self, on: bool) -> None:
        """Whether the choices may stand one below the other where there is no room beside each other."""
        self._stacks = on
        self.buttons.may_stack(on)

    def retranslate(self) -> None:
        """The choices' words."""
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Each part says the question too."""
        self._names = (name, description)
        self.buttons.name(name)
        self.buttons.setAccessibleDescription(description)

    def mark(self, wrong: bool) -> None:
        """The message below says it; the buttons keep their look."""

    def _rebuild(self, choices: list[Choice]) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.buttons.isAncestorOf(focus)
        old, self._choices = self.buttons, choices
        keys = letters(choices)
        options = [Option(item.name, item.label, item.name in FAILS, keys[item.name]) for item in choices]
        self.buttons = Segmented(options, name=self._names[0], stacks=self._stacks)
        self.buttons.setAccessibleDescription(self._names[1])
        self.buttons.choose(self.node().value)
        self.buttons.chosen.connect(self.entered)
        self.buttons.lettered.connect(self.lettered)
        self._row.replaceWidget(old, self.buttons)
        if had_focus:
            self.buttons.setFocus()
        old.hide()
        old.deleteLater()
