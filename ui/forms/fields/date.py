"""A day: typed as YYYY-MM-DD or picked; the weekday beside it shows at once whether it is the right one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from ui.forms.fields.base import Field
from ui.forms.fields.calendar import DayLine
from ui.forms.sheet import Sheet
from ui.forms.typed import date_in
from ui.forms.words import no_day, weekday
from ui.widgets import label


class DateField(Field):
    """The answer is kept as soon as a whole day stands there, and again when the field is left."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._value = ""
        self.line = DayLine(sheet.host, calendar="no-calendar" not in node.question.appearance)
        self.weekday = label("", "small")
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self.flush)
        self._hold(self.line)
        self._row.addWidget(self.weekday)
        self._row.addStretch(1)
        self.show_node(node)

    def target(self) -> QWidget:
        """The line."""
        return self.line

    def show_node(self, node: Node) -> None:
        """Show the day, but never over what is being typed."""
        if node.value != self._value and not self.sheet.entry.refused(self.path):
            self._value = node.value
            self.line.show_day(date_in(node.value))
        self.weekday.setText("" if self.sheet.entry.refused(self.path) else weekday(node.value))

    def show_compact(self) -> None:
        """Without the weekday."""
        self.weekday.hide()

    def flush(self) -> None:
        """Tell the day, or that what stands there is none."""
        day = self.line.day()
        if day is not None or not self.line.text().strip():
            self.line.show_day(day)
            self._value = day.isoformat() if day else ""
            self.entered.emit(self._value)
        else:
            self.refused.emit(no_day(self.line.text()))

    def retranslate(self) -> None:
        """The weekday's name."""
        self.line.retranslate()
        self.weekday.setText(weekday(self.node().value))

    def _typed(self, text: str) -> None:
        if not text.strip() or (len(text.strip()) == 10 and self.line.day() is not None):
            self.flush()
