"""The cards beside a form: documents to bring, what else is known at this address."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from fieldapp.actions.visits import earlier
from fieldapp.clock import today
from fieldapp.counter.person import person_in
from fieldapp.counter.visit import seen_in
from fieldapp.records import ADDRESS, Record
from fieldapp.services import Service
from fieldapp.store import Row as Line
from fieldapp.texts import language, tr
from ui import days
from ui.records.words import Words
from ui.session import Navigate, Session
from ui.widgets import Card, Chip, ListCard, Row, label

MOST = 5  # other records shown at one address


class DocumentsCard(Card):
    """What the resident has to bring still: what an answer says was seen is not asked for any more."""

    def __init__(self, service: Service) -> None:
        super().__init__(tr("What we still need"), padding=16, spacing=10)
        self._documents = service.documents
        self._rows: dict[str, tuple[Chip, QLabel]] = {}
        grid = _grid(self)
        for number, one in enumerate(self._documents):
            word, kind = (tr("Bring"), "warn") if one.required else (tr("If so"), "plain")
            self._rows[one.id] = row = Chip(word, kind), label(one.title.text(language()), wrap=True)
            grid.addWidget(row[0], number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(row[1], number, 1)

    def show_record(self, record: Record) -> None:
        """What is missing by the record's answers; nothing, no card."""
        seen = seen_in(self._documents, record)
        for document, row in self._rows.items():
            for widget in row:
                widget.setVisible(document not in seen)
        self.setVisible(len(seen) < len(self._rows))


class PropertyCard(Card):
    """Other records of the same address; follows the address as it is typed."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(tr("This property"), padding=0)
        self._session, self._words = session, Words(session)
        self.list = ListCard(tr("Other records of this property"), flat=True)
        self.list.opened.connect(lambda record: navigate("records", record=record))
        self.body.addWidget(self.list)

    def show_record(self, record: Record) -> None:
        """Show what else is at the record's address; nothing there, no card."""
        rows = [self._row(line) for line in same_address(self._session, record)]
        self.list.show_rows(rows)
        self.list.fit(MOST)
        self.setVisible(bool(rows))

    def _row(self, line: Line) -> Row:
        service, _icon = self._words.service(line.service)
        day = days.day_in(line.updated)
        when = days.short(day, today(self._session.clock)) if day else ""
        below = " · ".join(part for part in (self._words.state(line.service, line.state)[0], when) if part)
        return Row(line.id, service, below)


class PersonCard(Card):
    """Other records of the same person; follows the name and the number as they are typed."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(tr("This person"), padding=0)
        self._session, self._words = session, Words(session)
        self._said: dict[str, str] = {}
        self.list = ListCard(tr("Other records of this person"), flat=True)
        self.list.opened.connect(lambda record: navigate("records", record=record))
        self.body.addWidget(self.list)
        self.hide()

    def show_record(self, record: Record) -> None:
        """Show what else is known of the person; nothing, no card. Looks again only when it is somebody else."""
        desk = self._session.desk
        said = person_in(desk.service_of(record), record)
        if said == self._said:
            return
        self._said = said
        lines = [self._session.store.row(one) for one in earlier(desk, record)[:MOST]]
        rows = [_line(self._session, self._words, line) for line in lines if line is not None]
        self.list.show_rows(rows)
        self.list.fit(MOST)
        self.setVisible(bool(rows))


def _line(session: Session, words: Words, line: Line) -> Row:
    service, _icon = words.service(line.service)
    day = days.day_in(line.updated)
    when = days.short(day, today(session.clock)) if day else ""
    below = " · ".join(part for part in (words.state(line.service, line.state)[0], when, line.address) if part)
    return Row(line.id, service, below)


def same_address(session: Session, record: Record) -> list[Line]:
    """The other records of the record's address, the newest first."""
    address = record.get(ADDRESS)
    found = session.store.search(address, 50) if address else []
    same = [line for line in found if line.address == address and line.id != record.id]
    return sorted(same, key=lambda line: line.updated, reverse=True)[:MOST]


def _grid(card: Card) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(1, 1)
    card.body.addLayout(grid)
    return grid
