"""Acknowledge: one box that confirms what the question says."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields.base import Field
from ui.forms.sheet import Sheet

OK = "OK"  # XForms' value of a trigger that was pressed


class AcknowledgeField(Field):
    """Checked or not."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._compact = False
        self.box = QCheckBox(tr("Confirmed"))
        self.box.clicked.connect(lambda on: self.entered.emit(OK if on else ""))
        self._row.addWidget(self.box)
        self._row.addStretch(1)
        self.show_node(node)

    def target(self) -> QWidget:
        """The box."""
        return self.box

    def show_node(self, node: Node) -> None:
        """Show whether it is confirmed."""
        self.box.setChecked(bool(node.value))

    def show_compact(self) -> None:
        """The column's name says what is confirmed."""
        self._compact = True
        self.retranslate()

    def retranslate(self) -> None:
        """The box's word."""
        self.box.setText("" if self._compact else tr("Confirmed"))

    def mark(self, wrong: bool) -> None:
        """The message below says it."""
