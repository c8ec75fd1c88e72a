"""The day's appointments, place by place: who is expected when, as this laptop last heard from the City."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.actions.bookings import Appointment, day_list
from fieldapp.bookings.speaking import day_words, time_words
from fieldapp.clock import today
from fieldapp.texts import language, plural, tr
from ui.records.booking_words import chip_of
from ui.records.slots import as_of_words
from ui.records.words import Words
from ui.session import Navigate, Session
from ui.titles import title_of
from ui.today.detail import empty
from ui.widgets import Button, Card, EmptyState, ListCard, Row, Scroll, label
from ui.widgets.headline import Headline
from ui.widgets.labels import names

DAY = timedelta(days=1)
LINES = 12  # of a place, without scrolling


class BookingsPane(QWidget):
    """A day with a way to the ones beside it, a place or all of them, and a list a place."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__()
        self._session, self._navigate, self._words = session, navigate, Words(session)
        self.day = today(session.clock)
        self._title = label("", "heading")
        self.place = QComboBox()
        names(self.place, tr("Place"), self)
        self.place.activated.connect(lambda _n: self._show_lists())
        self.earlier = Button(kind="quiet", icon="chevron-left", name=tr("The day before"))
        self.later = Button(kind="quiet", icon="chevron-right", name=tr("The day after"))
        self.now = Button(tr("Today"))
        self._found: list[Appointment] = []
        self._lists = Scroll(margins=(16, 12, 16, 16), spacing=8)
        self._source = label("", "small", wrap=True)
        self._lay_out()
        self.earlier.clicked.connect(lambda: self.show_day(self.day - DAY))
        self.later.clicked.connect(lambda: self.show_day(self.day + DAY))
        self.now.clicked.connect(lambda: self.show_day(today(self._session.clock)))

    def show_day(self, day: date) -> None:
        """Look the day up."""
        self.day = day
        words = day_words(day, language())
        self._title.setText(words[:1].upper() + words[1:])
        self._found = day_list(self._session.desk, day.isoformat())
        chosen = self.place.currentData()
        places = sorted({one.slot.place: one.slot.place_in(language()) for one in self._found}.items())
        self.place.clear()
        for id_, name in [("", tr("All places")), *places]:
            self.place.addItem(name, id_)
        self.place.setCurrentIndex(max(0, self.place.findData(chosen)))
        courier = self._session.courier
        self._source.setText(as_of_words(courier.status.last_ok if courier else "", self._session))
        self._show_lists()

    def refresh(self) -> None:
        """The same day anew."""
        self.show_day(self.day)

    def _lay_out(self) -> None:
        card = Card(padding=0, spacing=0)
        day = QWidget()
        row = QHBoxLayout(day)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.earlier, self.later):
            row.addWidget(button)
        row.addWidget(self._title, 1)
        top = Headline(day, lambda: row.sizeHint().width(), lambda _stacked: None)
        top.setContentsMargins(16, 12, 16, 8)
        top.add(self.place)
        top.add(self.now)
        card.body.addWidget(top)
        card.body.addWidget(self._lists, 1)
        card.foot().addWidget(self._source, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 0)
        whole.addWidget(card)

    def _show_lists(self) -> None:
        body, wanted = self._lists.body, self.place.currentData()
        empty(body)
        shown = [one for one in self._found if not wanted or one.slot.place == wanted]
        for place in sorted({one.slot.place for one in shown}):
            here = [one for one in shown if one.slot.place == place]
            counted = plural(len(here), "{n} appointment", "{n} appointments")
            name = f"{here[0].slot.place_in(language())} · {counted}"
            body.addWidget(label(name, "caption"))
            lines = ListCard(name, [self._row(one) for one in here], flat=True)
            lines.fit(LINES)
            lines.opened.connect(self._open)
            body.addWidget(lines)
        if not shown:
            body.addWidget(
                EmptyState("calendar-days", tr("Nothing is booked on this day"), tr("As far as this laptop knows."))
            )
        body.addStretch(1)

    def _row(self, one: Appointment) -> Row:
        service, icon = self._words.service(one.record.service)
        lead = "" if not time_words(one.slot, language()) else f"{one.slot.begins:%H:%M}"
        title = title_of(self._session.desk, one.record) or service
        below = " · ".join(part for part in (one.booking.title, one.record.reference) if part)
        return Row(
            f"{one.record.id} {one.booking.rule.id}", title, below, lead=lead, icon=icon, chip=chip_of(one.booking)
        )

    def _open(self, row_id: str) -> None:
        self._navigate("records", record=row_id.partition(" ")[0])
