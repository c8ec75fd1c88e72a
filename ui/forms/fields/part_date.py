"""A month of a year, or a year: kept as the first day of it, as ODK does."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.base import NARROW, Field
from ui.forms.fields.choice_combo import Combo
from ui.forms.sheet import Sheet
from ui.forms.typed import date_in
from ui.forms.words import locale

YEAR = QRegularExpression(r"\d{0,4}")
YEAR_WIDE = 104  # px at scale 1


class YearField(Field):
    """Four digits. The answer is kept as soon as they stand there."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.year = QLineEdit()
        self.year.setValidator(QRegularExpressionValidator(YEAR, self))
        self.year.setPlaceholderText(tr("YYYY"))
        self.year.setMaximumWidth(theme.px(YEAR_WIDE))
        self.year.textEdited.connect(self._typed)
        self.year.editingFinished.connect(self.flush)
        self._place()
        self._row.addStretch(1)
        self.show_node(node)

    def target(self) -> QWidget:
        """The year."""
        return self.year

    def show_node(self, node: Node) -> None:
        """Show the year, but never over what is being typed."""
        day = date_in(node.value)
        text = f"{day.year:04}" if day else ""
        if text != self.year.text() and not self.sheet.entry.refused(self.path):
            self.year.setText(text)

    def flush(self) -> None:
        """Tell the year, or what is missing."""
        text = self.year.text()
        if not text or (len(text) == 4 and int(text)):
            self.entered.emit(f"{text}-01-01" if text else "")
        else:
            self.refused.emit(tr("Enter the year with four digits, for example 2026."))

    def retranslate(self) -> None:
        """The invitation."""
        self.year.setPlaceholderText(tr("YYYY"))

    def _place(self) -> None:
        self._row.addWidget(self.year)

    def _typed(self, text: str) -> None:
        if len(text) in (0, 4):
            self.flush()


class MonthField(YearField):
    """The month from a list (its first letters go to it), the year beside it."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        self.month = Combo()
        super().__init__(sheet, node)

    def target(self) -> QWidget:
        """The month; the year comes next."""
        return self.month

    def show_node(self, node: Node) -> None:
        """Show month and year, but never over what is half chosen."""
        super().show_node(node)
        day = date_in(node.value)
        if day is not None:
            self.month.setCurrentIndex(day.month - 1)
        elif not self.year.text():
            self.month.setCurrentIndex(-1)

    def flush(self) -> None:
        """Tell the month, or what is missing."""
        month, text = self.month.currentIndex() + 1, self.year.text()
        if not month and not text:
            self.entered.emit("")
        elif month and len(text) == 4 and int(text):
            self.entered.emit(f"{text}-{month:02}-01")
        else:
            self.refused.emit(tr("Choose the month and enter the year."))

    def name(self, name: str, description: str) -> None:
        """Month and year each say the question."""
        for widget, part in ((self.month, tr("month")), (self.year, tr("year"))):
            widget.setAccessibleName(f"{name}, {part}")
            widget.setAccessibleDescription(description)

    def retranslate(self) -> None:
        """The months' names."""
        super().retranslate()
        self._fill()

    def _place(self) -> None:
        self.month.setMaximumWidth(theme.px(NARROW))
        self.month.activated.connect(self._month_chosen)
        self.month.cleared.connect(self._cleared)
        self._fill()
        self._row.addWidget(self.month, 1)
        self._row.addWidget(self.year, 1)

    def _fill(self) -> None:
        here = self.month.currentIndex()
        self.month.clear()
        self.month.addItems([locale().standaloneMonthName(number) for number in range(1, 13)])
        self.month.invite(tr("Month"))
        self.month.setCurrentIndex(here)

    def _month_chosen(self, _number: int) -> None:
        if len(self.year.text()) == 4:
            self.flush()

    def _cleared(self) -> None:
        self.month.setCurrentIndex(-1)
        self.year.clear()
        self.flush()
