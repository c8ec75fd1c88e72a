"""Date and time together, with a button that enters the present moment."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.clock import CITY_ZONE
from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.base import Field
from ui.forms.fields.calendar import DayLine
from ui.forms.sheet import Sheet
from ui.forms.typed import date_in, moment_value, time_in, time_of
from ui.forms.words import no_day
from ui.widgets import Button


class MomentField(Field):
    """The answer is kept when day and time both stand there."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.day = DayLine(sheet.host)
        self.time = QLineEdit()
        self.time.setMaximumWidth(theme.px(84))
        self.time.setPlaceholderText("HH:MM")
        self.now = Button(tr("Now"), "plain")
        self.now.clicked.connect(self._now)
        for line in (self.day, self.time):
            line.editingFinished.connect(self._finished)
            line.textEdited.connect(self._typed)
            self._row.addWidget(line, 1)
        self._row.addWidget(self.now)
        self._row.addStretch(1)
        self._value = ""
        self.show_node(node)

    def target(self) -> QWidget:
        """The day; the time comes next."""
        return self.day

    def show_node(self, node: Node) -> None:
        """Show day and time, but never over what is being typed."""
        if self.sheet.entry.refused(self.path) or (node.value == self._value and node.value):
            return
        if self._value != node.value or not (self.day.hasFocus() or self.time.hasFocus()):
            self._value = node.value
            at = time_in(node.value)
            self.day.show_day(date_in(node.value))
            self.time.setText(at.strftime("%H:%M") if at else "")

    def name(self, name: str, description: str) -> None:
        """Day, time and button each say the question."""
        for widget, part in ((self.day, tr("date")), (self.time, tr("time")), (self.now, tr("now"))):
            widget.setAccessibleName(f"{name}, {part}")
            widget.setAccessibleDescription(description)

    def flush(self) -> None:
        """Tell the moment, or what is missing."""
        day, at = self.day.day(), time_of(self.time.text())
        if not self.day.text().strip() and not self.time.text().strip():
            self._tell("")
        elif day is None:
            self.refused.emit(no_day(self.day.text()))
        elif at is None:
            self.refused.emit(tr("Enter a time from 00:00 to 23:59, for example 14:30."))
        elif (date_in(self._value), time_in(self._value)) != (day, at):
            self._tell(moment_value(datetime.combine(day, at, CITY_ZONE)))
        else:
            self._tell(self._value)

    def retranslate(self) -> None:
        """The button's word."""
        self.now.show_as(tr("Now"))
        self.day.retranslate()

    def _tell(self, value: str) -> None:
        self._value = value
        self.entered.emit(value)

    def _now(self) -> None:
        moment = self.sheet.host.clock.now().astimezone(CITY_ZONE)
        self.day.show_day(moment.date())
        self.time.setText(moment.strftime("%H:%M"))
        self._tell(moment_value(moment))

    def _typed(self, _text: str) -> None:
        if len(self.day.text().strip()) == 10 and len(self.time.text().strip()) == 5:
            self.flush()

    def _finished(self) -> None:
        both = self.day.text().strip() and self.time.text().strip()
        neither = not self.day.text().strip() and not self.time.text().strip()
        inside = self.day.hasFocus() or self.time.hasFocus()
        if both or neither or not inside:
            self.flush()
