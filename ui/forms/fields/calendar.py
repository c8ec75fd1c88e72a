"""DayLine: a line for a day, which opens a calendar: part of the date and of the date-and-time field."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from fieldapp.clock import Clock, today
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.month import Month
from ui.forms.typed import date_of
from ui.widgets import icons


class HasClock(Protocol):
    """Whoever knows what day it is: a form's host, a session."""

    @property
    def clock(self) -> Clock:
        """The device's clock."""
        ...


class DayLine(QLineEdit):
    """YYYY-MM-DD, typed or picked. Alt+Down opens the calendar, T is today."""

    def __init__(self, host: HasClock, *, calendar: bool = True) -> None:
        super().__init__()
        self._by_letter = ""  # the letter that entered today, until the next key
        self._host, self._has_calendar = host, calendar
        self._open = QAction(icons.icon("calendar"), "", self)
        self._open.triggered.connect(self.open_calendar)
        if calendar:
            self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.setMinimumWidth(theme.px(152))
        self.setMaximumWidth(theme.px(180))
        self.retranslate()

    def retranslate(self) -> None:
        """The invitation and the calendar's name."""
        self.setPlaceholderText(tr("YYYY-MM-DD"))
        self._open.setText(tr("Open the calendar"))
        self._open.setToolTip(tr("Open the calendar (Alt+↓)"))

    def day(self) -> date | None:
        """The day that stands there, None for none or for what is no day."""
        return date_of(self.text(), today(self._host.clock))

    def show_day(self, day: date | None) -> None:
        """Show a day as if it had not been typed."""
        self.setText(day.isoformat() if day else "")

    def type_day(self, day: date) -> None:
        """Enter a day as if it had been typed."""
        self.setText(day.isoformat())
        self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar; T enters today, unless a name goes on from it: "oct 4", "tuesday"."""
        begun, self._by_letter = self._by_letter, ""
        if begun and event.text().isalpha():
            self.setText(begun)
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif event.key() == Qt.Key.Key_T and not event.modifiers() and self._is_free():
            self.type_day(today(self._host.clock))
            self._by_letter = event.text()
        else:
            super().keyPressEvent(event)

    def _is_free(self) -> bool:
        """Whether nothing is being typed: it is empty, chosen as a whole, or a day already."""
        text = self.text()
        return not text.strip() or self.selectedText() == text or (text[:1].isdigit() and self.day() is not None)

    def open_calendar(self) -> None:
        """Show the calendar below the line, where the form wants one."""
        if not self._has_calendar:
            return
        now = today(self._host.clock)
        month = Month(self, self.day() or now, now)
        month.taken.connect(self._picked)
        month.show()
        month.calendar.setFocus()

    def _picked(self, day: date) -> None:
        self.type_day(day)
        self.setFocus()
