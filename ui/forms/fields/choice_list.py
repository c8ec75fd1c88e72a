"""One of several choices: radio buttons below each other, in columns, or as cards with pictures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from ui.forms.fields.arrangement import arrangement
from ui.forms.fields.base import Field
from ui.forms.fields.tiles import Tiles
from ui.forms.media import picture
from ui.forms.sheet import Sheet

PICTURE = 132, 96  # px at scale 1: the most that a choice's picture takes


class RadioField(Field):
    """Arrow keys move and choose, Delete clears. With the appearance `quick` a click goes to the next question."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.tiles = Tiles(several=False, picture=lambda name: picture(sheet.session, name, *PICTURE))
        self.tiles.clicked.connect(self.entered)
        if any(word.startswith("quick") for word in node.question.appearance):
            self.tiles.taken.connect(self.done)
        self._hold(self.tiles)
        self.show_node(node)

    def target(self) -> QWidget:
        """The chosen button, else the first."""
        return self.tiles.stop()

    def show_node(self, node: Node) -> None:
        """Show the choice; a filter may have changed the list."""
        choices = self.sheet.session.choices(node)
        self.tiles.show_choices(choices, arrangement(node.question.appearance, choices))
        self.tiles.check({node.value})

    def retranslate(self) -> None:
        """The choices' words."""
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Each choice says the question too."""
        self.tiles.name(name, description)

    def mark(self, wrong: bool) -> None:
        """The message below says it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the choice back."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.entered.emit("")
        else:
            super().keyPressEvent(event)
