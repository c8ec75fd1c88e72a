"""A day by which something must be done: typed, picked, or so many business days from today; says how many it gives."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.clock import today
from fieldapp.forms import Node
from fieldapp.texts import plural, tr
from ui.forms.fields.date import DateField
from ui.forms.host import BusinessDays
from ui.forms.sheet import Sheet
from ui.forms.typed import date_in
from ui.widgets import Button
from ui.widgets.labels import set_tone

STEPS = (1, 5, 10)  # offered as buttons; any other number is typed: +15
MOST = 999
AHEAD = re.compile(r"\+\s*(\d{1,3})")


class BusinessDateField(DateField):
    """The appearance `business-days`. Buttons and "+15" count from today, and skip weekends and the City's holidays."""

    def __init__(self, sheet: Sheet, node: Node, days: BusinessDays) -> None:
        self._days = days
        self.steps = [Button(f"+{number}", "quiet") for number in STEPS]
        super().__init__(sheet, node)
        for number, button in zip(STEPS, self.steps, strict=True):
            button.clicked.connect(partial(self._ahead, number))
        self._offer()
        self.retranslate()

    def show_node(self, node: Node) -> None:
        """Show the day, and what it comes to."""
        super().show_node(node)
        self._say(node.value)

    def show_compact(self) -> None:
        """Without words and buttons."""
        super().show_compact()
        self._steps.hide()

    def name(self, name: str, description: str) -> None:
        """The buttons say the question too."""
        super().name(name, description)
        for number, button in zip(STEPS, self.steps, strict=True):
            words = plural(number, "{n} business day from today", "{n} business days from today")
            button.setAccessibleName(f"{name}: {words}")
            button.setToolTip(words)

    def flush(self) -> None:
        """Take "+15" for the day that it means, else the day that stands there."""
        ahead = AHEAD.fullmatch(self.line.text().strip())
        if ahead is not None:
            self.line.show_day(self._day(int(ahead[1])))
        super().flush()

    def retranslate(self) -> None:
        """The words behind the day."""
        super().retranslate()
        self.line.setToolTip(tr("A day, or +15 for so many business days from today"))
        self._say(self.node().value)

    def _offer(self) -> None:
        """Beside the line: the buttons, and below them the words."""
        self._steps = QWidget()
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(0)
        for button in self.steps:
            steps.addWidget(button)
        self._row.removeWidget(self.weekday)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(self._steps, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self.weekday)
        self._row.insertLayout(1, side)
        self._row.setAlignment(self.line, Qt.AlignmentFlag.AlignTop)

    def _ahead(self, number: int, _on: bool = False) -> None:
        self.line.type_day(self._day(number))

    def _day(self, number: int) -> date:
        return self._days.add(today(self.sheet.host.clock), min(number, MOST))

    def _say(self, value: str) -> None:
        """How many business days it gives, or that nobody is at work on it."""
        day, now = date_in(value), today(self.sheet.host.clock)
        if day is None or not self.weekday.text():
            return
        closed = not self._days.is_business_day(day)
        count = self._days.between(now, day)
        ahead = plural(count, "{n} business day", "{n} business days") if count > 0 else ""
        words = (self.weekday.text().split(" · ")[0], tr("the City is closed") if closed else ahead)
        self.weekday.setText(" · ".join(filter(None, words)))
        set_tone(self.weekday, "warn" if closed else "ink2")
