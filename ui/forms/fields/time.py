"""A time of day: 9, 9:05, 0905 or 9h05."""

from __future__ import annotations

from datetime import datetime

from fieldapp.clock import CITY_ZONE, today
from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields.base import NARROW
from ui.forms.fields.text import TextField
from ui.forms.sheet import Sheet
from ui.forms.typed import moment_value, time_in, time_of


class TimeField(TextField):
    """The day's time in the City's zone."""

    most = NARROW

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.edit.setPlaceholderText("HH:MM")

    def _text(self, value: str) -> str:
        at = time_in(value)
        return at.strftime("%H:%M") if at else ""

    def _answer(self, text: str) -> str | None:
        if not text.strip():
            return ""
        at = time_of(text)
        if at is None:
            return None
        day = today(self.sheet.host.clock)
        return moment_value(datetime.combine(day, at, CITY_ZONE)).split("T", 1)[1]

    def _complaint(self) -> str:
        return tr("Enter a time from 00:00 to 23:59, for example 14:30.")
