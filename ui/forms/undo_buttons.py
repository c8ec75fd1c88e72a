"""UndoButtons: two arrows in the form's head; their tips say the keys, which are the quicker way."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.texts import tr
from ui.widgets import Button


class UndoButtons(QWidget):
    """`back` takes the last answer back, `again` brings it again; one that has nothing to do is faint."""

    def __init__(self) -> None:
        super().__init__()
        self.back = Button("", "quiet", icon="undo-2")
        self.again = Button("", "quiet", icon="redo-2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.back)
        row.addWidget(self.again)
        self.retranslate()

    def retranslate(self) -> None:
        """Names and tips."""
        for button, words, keys in (
            (self.back, tr("Undo the last answer"), "Ctrl+Z"),
            (self.again, tr("Redo"), "Ctrl+Shift+Z"),
        ):
            button.setAccessibleName(words)
            button.setToolTip(f"{words} · {keys}")

    def show_state(self, *, back: bool, again: bool, fixed: bool) -> None:
        """What can be done now; nothing where the form can only be read."""
        self.back.setEnabled(back)
        self.again.setEnabled(again)
        if fixed:
            self.hide()
