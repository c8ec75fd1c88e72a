"""What a service costs today, and why; the City's next holidays, and what they mean for business days."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.clock import today
from fieldapp.errors import ServiceError
from fieldapp.money.pricelist import Price, prices
from fieldapp.services import Catalogue
from fieldapp.services.clocks import city_calendar
from fieldapp.services.fees import FeeTable
from fieldapp.texts import language, tr
from ui import days
from ui.session import Session
from ui.widgets import Beside, Card, ListCard, Row, SearchField, label

_log = logging.getLogger(__name__)

HOLIDAYS = 8  # that are shown
COUNTED = (5, 10, 30)  # business days that clocks of services have


class FeesPane(QWidget):
    """Fees that hold today, narrowed as one types, beside the holidays to come."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.search = SearchField(tr("What is to be paid for"), name=tr("Find a fee"))
        self.fees = ListCard(tr("Fees today"), flat=True)
        self.holidays = ListCard(tr("Next holidays"), flat=True)
        self.counted = label("", "small", wrap=True)
        self._source = label("", "small", wrap=True)
        self._tables: list[FeeTable] = []
        self._why: dict[str, str] = {}
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self._show_fees())
        self.search.down.connect(self.fees.setFocus)
        self.fees.chosen.connect(lambda _code: self._explain())
        self.refresh()

    def refresh(self) -> None:
        """As of today: another day may have other fees."""
        day = today(self._session.clock)
        calendar = city_calendar()
        coming = sorted(one for one in calendar.holidays if one >= day)[:HOLIDAYS]
        self.holidays.show_rows([_holiday(one, calendar.holidays[one].text(language()), day) for one in coming])
        ends = {n: calendar.add(day, n) for n in COUNTED}
        told = [tr("{n} business days: {day}", n=n, day=days.spoken(end, "ddd d MMM")) for n, end in ends.items()]
        if not all(calendar.covers(end) for end in ends.values()):
            told.append(tr("beyond the holidays that are known"))
        said = [tr("Counted from today: {days}", days=" · ".join(told))]
        if calendar.unsure.intersection(coming):
            said.append(tr("The holidays are still to be confirmed by the City."))
        self.counted.setText("\n".join(said))
        self._tables = list(_readable(self._session.catalogue))
        self._show_fees()

    def _show_fees(self) -> None:
        found = prices(self._tables, today(self._session.clock), self.search.text())
        day = today(self._session.clock)
        self._why = {one.fee.code: days.in_words(one.why, day) for one in found}
        self.fees.show_rows([_fee(one, self._why[one.fee.code]) for one in found])
        self._explain()

    def _explain(self) -> None:
        """The chosen fee's reason in full, for its row may cut it; else where all of them come from."""
        day = today(self._session.clock)
        tables = tr(
            "From the tables that came with FieldApp and its services, for {day}.", day=days.spoken(day, "ddd d MMM")
        )
        self._source.setText(self._why.get(self.fees.current()) or tables)

    def _lay_out(self) -> None:
        left = Card(padding=0, spacing=0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 16, 16, 8)
        top.addWidget(self.search)
        left.body.addLayout(top)
        left.body.addWidget(self.fees, 1)
        left.foot().addWidget(self._source, 1)
        right = Card(padding=0, spacing=0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.addWidget(label(tr("Next holidays"), "heading"))
        right.body.addLayout(head)
        right.body.addWidget(self.holidays, 1)
        right.foot().addWidget(self.counted, 1)
        both = Beside()
        both.setContentsMargins(0, 16, 0, 0)
        self.setLayout(both)
        both.addWidget(left, 3)
        both.addWidget(right, 2)


def _readable(catalogue: Catalogue) -> Iterator[FeeTable]:
    """The tables of all services. One that is wrong says so where its service is used; the others are told here."""
    for service in catalogue.all():
        try:
            yield service.fees
        except ServiceError as fault:
            _log.warning("fees of %s cannot be read: %s", service.id, fault)


def _fee(one: Price, why: str) -> Row:
    chip = None if one.fee.verified else (tr("To be confirmed"), "warn")
    return Row(one.fee.code, one.title, why, chip=chip, trailing=one.rate)


def _holiday(day: date, name: str, now: date) -> Row:
    """A holiday, and from when to when the City is closed around it."""
    calendar = city_calendar()
    before, after = calendar.add(day, -1), calendar.add(day, 1)
    closed = (after - before).days - 1
    words = tr("closed; open again {day}", day=days.spoken(after, "ddd d MMM"))
    if closed > 1:
        first = before + timedelta(days=1)
        words = tr("closed from {first}; open again {day}", first=days.spoken(first, "ddd d MMM"),
                   day=days.spoken(after, "ddd d MMM"))  # fmt: skip
    return Row(day.isoformat(), name, words, trailing=days.short(day, now))
