"""Whole and decimal numbers: a comma may stand for the point, spaces are passed over, the unit stands behind.

Nothing that is typed is swallowed: what is no number stays as it is, with the reason beside it.
"""

from __future__ import annotations

from fieldapp.forms import Node
from fieldapp.texts import language, tr
from ui import theme
from ui.forms.fields.base import NARROW
from ui.forms.fields.text import TextField
from ui.forms.shape import unit_of
from ui.forms.sheet import Sheet
from ui.forms.typed import number_of
from ui.forms.words import written
from ui.widgets import label

MOST = 200  # letters: what is pasted by mistake


class NumberField(TextField):
    """With `thousands-sep` the thousands are set apart as soon as the field is left."""

    most = NARROW

    def __init__(self, sheet: Sheet, node: Node) -> None:
        self._grouped = "thousands-sep" in node.question.appearance
        super().__init__(sheet, node)
        self.edit.setMaxLength(MOST)
        self.unit = label(unit_of(node.question), "sub")
        if self.unit.text():
            self.edit.setFixedWidth(theme.px(NARROW))
            self._row.insertWidget(1, self.unit)
            self._row.addStretch(1)

    def name(self, name: str, description: str) -> None:
        """The unit is part of what is asked."""
        super().name(name, ". ".join(part for part in (self.unit.text(), description) if part))

    def retranslate(self) -> None:
        """A number's comma is the language's."""
        if not self._pause.isActive() and not self.sheet.entry.refused(self.path):
            self.edit.setText(self._text(self.node().value))

    def _text(self, value: str) -> str:
        return written(value, grouped=self._grouped)

    def _answer(self, text: str) -> str | None:
        return number_of(text, english=language() == "en")

    def _complaint(self) -> str:
        return tr("Enter a number.")
