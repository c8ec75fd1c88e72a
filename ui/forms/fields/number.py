"""Whole and decimal numbers: a comma may stand for the point, spaces are passed over."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator

from fieldapp.forms import Node
from fieldapp.texts import language, tr
from ui.forms.fields.base import NARROW
from ui.forms.fields.text import TextField
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet
from ui.forms.typed import number_of

WHOLE = QRegularExpression(r"[-+]?[\d  ]*")
DECIMAL = QRegularExpression(r"[-+]?[\d  ]*[.,]?\d*")


class NumberField(TextField):
    """Only digits can be typed, so that a wrong number is a matter of the form's rules alone."""

    most = NARROW

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.edit.setMaxLength(24)
        self.edit.setValidator(QRegularExpressionValidator(WHOLE if kind_of(node) == "integer" else DECIMAL, self))

    def retranslate(self) -> None:
        """A number's comma is the language's."""
        if not self._pause.isActive():
            self.edit.setText(self._text(self.node().value))

    def _text(self, value: str) -> str:
        return value.replace(".", ",") if language() == "fr" else value

    def _answer(self, text: str) -> str | None:
        number = number_of(text)
        return None if number in {"-", "+", ".", "-.", "+."} else number.rstrip(".") if number else ""

    def _complaint(self) -> str:
        return tr("Enter a number.")
