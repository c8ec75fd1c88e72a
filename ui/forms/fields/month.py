"""Month: the calendar that opens below a day's line: a month with arrows beside its name."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.forms.words import locale
from ui.widgets import Button, label

GAP = 4  # px between the line and the calendar


class Month(QFrame):
    """`taken` tells the day that a person picks; arrow keys move, Enter picks, Escape closes."""

    taken = Signal(object)

    def __init__(self, below: QWidget, day: date, now: date) -> None:
        super().__init__(below, Qt.WindowType.Popup)
        self.setObjectName("Card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Calendar"))
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(tr("Calendar"))
        self.calendar.setLocale(locale())
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self.calendar.setNavigationBarVisible(False)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setMinimumSize(theme.px(296), theme.px(232))
        self._dress(now)
        self.name = label("", "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.addLayout(self._head())
        column.addWidget(self.calendar)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.currentPageChanged.connect(self._show_name)
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        self._show_name(day.year, day.month)
        self.move(_place(below, self.sizeHint()))

    def _head(self) -> QHBoxLayout:
        back = Button("", "quiet", icon="chevron-left", name=tr("Previous month"))
        back.clicked.connect(self.calendar.showPreviousMonth)
        ahead = Button("", "quiet", icon="chevron-right", name=tr("Next month"))
        ahead.clicked.connect(self.calendar.showNextMonth)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(back)
        row.addWidget(ahead)
        return row

    def _dress(self, now: date) -> None:
        quiet, plain, today = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        quiet.setForeground(theme.role("ink2"))
        plain.setForeground(theme.role("ink"))
        today.setForeground(theme.role("pri"))
        today.setFontWeight(600)
        self.calendar.setHeaderTextFormat(quiet)
        for day in Qt.DayOfWeek:
            weekend = day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
            self.calendar.setWeekdayTextFormat(day, quiet if weekend else plain)
        self.calendar.setDateTextFormat(QDate(now.year, now.month, now.day), today)

    def _show_name(self, year: int, month: int) -> None:
        self.name.setText(locale().toString(QDate(year, month, 1), "MMMM yyyy"))

    def _take(self, day: QDate) -> None:
        self.taken.emit(date(day.year(), day.month(), day.day()))
        self.close()


def _place(line: QWidget, size: QSize) -> QPoint:
    """Below the line, above it where the screen ends, and never beyond the screen's right edge."""
    room = line.screen().availableGeometry()
    below, above = line.mapToGlobal(QPoint(0, line.height() + GAP)), line.mapToGlobal(QPoint(0, -GAP))
    fits = below.y() + size.height() <= room.bottom()
    top = below.y() if fits else max(room.top(), above.y() - size.height())
    return QPoint(max(room.left(), min(below.x(), room.right() - size.width())), top)
