"""Several choices: check boxes, in two columns where they are short, or as cards with pictures."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from ui.forms.fields.arrangement import arrangement
from ui.forms.fields.base import Field
from ui.forms.fields.choice_list import PICTURE
from ui.forms.fields.tiles import Tiles
from ui.forms.media import picture
from ui.forms.sheet import Sheet


class ManyField(Field):
    """Space checks and unchecks; the answer keeps the list's order."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.tiles = Tiles(several=True, picture=lambda name: picture(sheet.session, name, *PICTURE))
        self.tiles.clicked.connect(lambda: self.entered.emit(" ".join(self.tiles.chosen())))
        self._hold(self.tiles)
        self.show_node(node)

    def target(self) -> QWidget:
        """The first box."""
        return self.tiles.stop()

    def show_node(self, node: Node) -> None:
        """Show what is chosen; a filter may have changed the list."""
        choices = self.sheet.session.choices(node)
        self.tiles.show_choices(choices, arrangement(node.question.appearance, choices, several=True))
        self.tiles.check(set(node.value.split()))

    def retranslate(self) -> None:
        """The choices' words."""
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Each box says the question too."""
        self.tiles.name(name, description)

    def mark(self, wrong: bool) -> None:
        """The message below says it."""
