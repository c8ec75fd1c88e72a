"""A line for a day with a calendar that opens below it; what the date and the date-and-time fields are made of."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout

from fieldapp.clock import today
from fieldapp.texts import tr
from ui import theme
from ui.forms.host import Host
from ui.forms.typed import date_of
from ui.forms.words import locale
from ui.widgets import icons


class DayLine(QLineEdit):
    """YYYY-MM-DD, typed or picked. Alt+Down opens the calendar, + and - move by a day, T is today."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host
        self._open = QAction(icons.icon("calendar"), "", self)
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.setMinimumWidth(theme.px(160))
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
        """Alt+Down opens; Page Up and Page Down move by a week; T on an empty line is today."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif event.key() == Qt.Key.Key_T and not event.modifiers():
            self.type_day(today(self._host.clock))
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar below the line."""
        popup = _Popup(self, self.day() or today(self._host.clock))
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()
        popup.calendar.setFocus()


class _Popup(QFrame):
    def __init__(self, line: DayLine, day: date) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setObjectName("Card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Calendar"))
        self._line = line
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(tr("Calendar"))
        self.calendar.setLocale(locale())
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._plain_weekends()
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)

    def _plain_weekends(self) -> None:
        quiet = QTextCharFormat()
        quiet.setForeground(theme.role("ink2"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, quiet)

    def _take(self, day: QDate) -> None:
        self._line.type_day(date(day.year(), day.month(), day.day()))
        self.close()
        self._line.setFocus()
