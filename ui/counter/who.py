"""Who a visit is about: the ticket, and the people that this laptop knows by what is typed. Nobody is an answer too."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from fieldapp import phones
from fieldapp.actions import visits
from fieldapp.counter.person import Known, guessed, name_of
from fieldapp.counter.visit import Visit
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.texts import language, plural, tr
from ui.session import Session
from ui.widgets import Card, FieldBox, ListCard, Row, SearchField, label
from ui.widgets.segmented import Option, Segmented

MOST = 4  # people shown at once
BEFORE, LEAST = 2, 1  # records of before that are seen without scrolling; on a small screen
NOBODY = "-"
LANGUAGES = {"en": "English", "fr": "Français"}


class WhoCard(Card):
    """`known` when somebody else, or nobody, was chosen; `done` when the keyboard goes on to the services."""

    known = Signal()
    done = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Who is it?"), padding=16, spacing=8)
        self._session = session
        self._visit: Visit | None = None
        self._found: list[Known] = []
        self.typed = ""  # of somebody whom no record knows: their form begins with it
        self.ticket = QLineEdit()
        self.search = SearchField(
            tr("Name, phone, address, or a paper's number"), name=tr("Find the person on this laptop")
        )
        self.people = ListCard(tr("People found"), flat=True)
        self.told = label("", "body", wrap=True)
        self.already = ListCard(tr("Already with us"), flat=True)
        spoken = [Option(one, name) for one, name in LANGUAGES.items()]
        self.reads = Segmented(spoken, name=tr("Their language"), clearable=False)
        self.body.addWidget(FieldBox(tr("Ticket"), self.ticket, hint=tr("Blank where nobody draws a ticket")))
        for widget in (self.search, self.people, self.told, self.already):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(label(tr("Their language"), "sub"), 1)
        row.addWidget(self.reads)
        self.body.addLayout(row)
        self.reads.chosen.connect(self._speak)
        self.ticket.editingFinished.connect(self._name_ticket)
        self.ticket.returnPressed.connect(lambda: self.search.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.down.connect(self.people.step_in)
        self.already.opened.connect(self._take_up)
        for one in (self.people, self.already):
            one.open_with_one_click()
        self.search.returnPressed.connect(self._enter)
        self.people.opened.connect(self._choose)

    def show_visit(self, visit: Visit) -> None:
        """The visit as it stands; what is being typed stays."""
        if self._visit is None or self._visit.id != visit.id:
            self.clear()
        self._visit = visit
        if not self.ticket.hasFocus():
            self.ticket.setText(visit.ticket)
        self.reads.choose(visit.lang)
        said = visits.said_of(self._session.desk, visit)
        parts = (name_of(said), phones.shown(said.get("phone", "")), said.get("email", ""))
        self.told.setText(" · ".join(filter(None, parts)) or self._nobody())

        rows = self._before(visit)
        self.already.show_rows(rows)
        self.already.fit(BEFORE, LEAST)
        self.already.setVisible(bool(rows))

    def _before(self, visit: Visit) -> list[Row]:
        """What somebody who was here before has with us, the newest first."""
        desk = self._session.desk
        known = desk.store.record(visit.known_from) if visit.known_from else None
        if known is None or known.service not in desk.catalogue:
            return []
        found = (desk.store.record(one) for one in (known.id, *visits.earlier(desk, known)) if visit.item(one) is None)
        rows = [self._row_of(one) for one in found if one is not None and one.service in desk.catalogue]
        return [replace(row, caption="" if n else tr("Already with us")) for n, row in enumerate(rows)]

    def _row_of(self, record: Record) -> Row:
        service = self._session.desk.service_of(record)
        state = service.state(record.state).title.text(language())
        below = f"{record.reference} · {state}"
        return Row(record.id, service.title.text(language()), below, icon=service.icon, trailing=tr("Take up"))

    def _take_up(self, record: str) -> None:
        """The resident comes about this again: its papers and its fee are part of this visit now."""
        if self._do(partial(visits.take_up, self._session.desk, self._visit.id if self._visit else "", record)):
            self.known.emit()

    def _nobody(self) -> str:
        if self.typed:
            return tr("{name}: somebody new; the form begins with it.", name=self.typed)
        return tr("Nobody yet: the first form asks, and the next ones know. Some services need no name.")

    def clear(self) -> None:
        """Nothing of the last resident stays, not even to be undone."""
        self._visit, self._found, self.typed = None, [], ""
        self.ticket.setText("")  # also empties what can be undone
        self.search.setText("")
        self.people.show_rows([])
        self.people.hide()
        self.told.setText("")
        self.already.show_rows([])
        self.already.hide()

    def _find(self) -> None:
        typed = self.search.text()
        self._found = visits.find_people(self._session.desk, typed, MOST)
        rows = [_row(one) for one in self._found]
        if typed.strip():
            nobody = (
                tr("None of them: the form asks who it is")
                if rows
                else tr("Not on this laptop: the form asks who it is")
            )
            rows.append(Row(NOBODY, nobody, icon="users"))
        self.people.show_rows(rows)
        self.people.fit(MOST + 1)
        self.people.setVisible(bool(rows))
        if rows:
            self.people.choose(rows[0].id)

    def _enter(self) -> None:
        """Enter takes the person that is marked; without anything typed it goes on to the services."""
        if self.people.isVisibleTo(self) and self.people.current():
            self._choose(self.people.current())
        else:
            self.done.emit()

    def _choose(self, row: str) -> None:
        record, typed = "" if row == NOBODY else row, self.search.text().strip()
        if self._do(partial(visits.know, self._session.desk, self._visit.id if self._visit else "", record)):
            self.typed = typed if row == NOBODY and guessed(typed) else ""
            self.search.setText("")
            self.known.emit()
            self.done.emit()

    def _name_ticket(self) -> None:
        if self._visit is None:
            return
        if not visits.is_ticket(typed := self.ticket.text().strip()):
            self.ticket.setText(self._visit.ticket)
            self.search.setText(typed)  # a name or a number of a phone: that is asked one line below
            self._session.say(tr("“{text}” is no ticket's number, such as A12 or 41.", text=typed))
        elif typed != self._visit.ticket:
            self._do(partial(visits.name_ticket, self._session.desk, self._visit.id, self.ticket.text()))
            self.known.emit()

    def _speak(self, language: str) -> None:
        if self._visit is not None and self._do(partial(visits.speak, self._session.desk, self._visit.id, language)):
            self.known.emit()

    def _do(self, deed: partial[Visit]) -> bool:
        try:
            self._visit = self._session.saved(deed)
        except FieldAppError as error:
            self._session.say(str(error))
            return False
        return True


def _row(one: Known) -> Row:
    below = " · ".join(filter(None, (phones.shown(one.phone), one.email, one.address)))
    many = plural(len(one.records), "{n} record", "{n} records")
    chip = (tr("Several alike"), "warn") if one.alike else None
    return Row(one.records[0], one.name, below, icon="user", chip=chip, trailing=many)
