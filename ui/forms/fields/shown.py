"""An answer that cannot be changed: calculated, read-only, or on an old version. It can be selected and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from ui.forms.fields.base import Field
from ui.forms.sheet import Sheet
from ui.forms.words import shown
from ui.widgets import label


class ShownField(Field):
    """The answer in words."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.words = label("", "body", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hold(self.words)
        self.show_node(node)

    def target(self) -> QWidget:
        """The words."""
        return self.words

    def show_node(self, node: Node) -> None:
        """Show the answer."""
        text = shown(self.sheet.session, node)
        if text != self.words.text():
            self.words.setText(text)

    def retranslate(self) -> None:
        """Days and choices change their words."""
        self.show_node(self.node())
