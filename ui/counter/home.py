"""The counter's first screen: what can we do for you? Plain words find the service, digits begin it, drafts go on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.access import has_role
from fieldapp.actions.stock import left_at, office_here
from fieldapp.actions.visits import served, waiting
from fieldapp.clock import today
from fieldapp.counter import visit as visits
from fieldapp.counter.visit import Visit
from fieldapp.records import Record
from fieldapp.services import Service
from fieldapp.services.topics import by_topic
from fieldapp.store import Query
from fieldapp.texts import language, plural, tr
from ui import days
from ui.counter.blank import PaperForms
from ui.counter.called import called
from ui.counter.columns import below
from ui.counter.found import referred, row_of, sought
from ui.counter.queue_card import QueueCard
from ui.counter.tiles import Tiles
from ui.session import Session
from ui.titles import title_of
from ui.widgets import Button, Card, EmptyState, ListCard, PageHeader, Row, SearchField, label, line

RESULTS = 5
MOST_DRAFTS = 50
WAITING, LEAST = 5, 2  # visits shown without scrolling; on a small screen


class CounterHome(QWidget):
    """`started` tells a service, `continued` a draft, by id; `paper_wanted`: a filled form is to be taken in."""

    started = Signal(str)
    continued = Signal(str)
    money = Signal()
    stock = Signal()
    paper_wanted = Signal()
    visit_wanted = Signal()
    visited = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._startable = _startable(session)
        self.groups = by_topic(service for service in self._startable if service.stands_alone)
        self.board = Tiles(self.groups)
        self.tiles = self.board.tiles
        self._services = [tile.service for tile in self.tiles]
        self.search = SearchField(tr("Type it as they say it: couch at the curb, new deck…"), name=tr("Find a service"))
        self.results = ListCard(tr("Services found"), flat=True)
        self.drafts = ListCard(tr("Drafts on this laptop"), flat=True)
        self.visit = Button(tr("New visit"), "primary", icon="plus", hint="F2")
        self.queue = QueueCard(session)
        self.waiting = ListCard(tr("Visits that wait"), flat=True)
        self.till = Button(tr("Till and payments"), icon="receipt", hint=tr("Ctrl T"))
        self.paper = Button(tr("Forms on paper…"), "plain", icon="file-text")
        self.counted = Button(tr("Stock"), icon="package")
        self.low = label("", "body", tone="warn", wrap=True)
        self._head = PageHeader(tr("Counter"), "", (self.paper, self.counted, self.till))
        self._lay_out()
        self._connect()
        self.begin()

    def offer_paper(self) -> None:
        """A filled form is taken in, or a blank one given out: a menu below its button."""
        menu = PaperForms(self._session, self.groups, self)
        menu.came_back.connect(self.paper_wanted)
        menu.popup(self.paper.mapToGlobal(self.paper.rect().bottomLeft()))

    def outdated(self) -> bool:
        """Whether the City published a service, or a new version of one, since this was made."""
        return _startable(self._session) != self._startable

    def begin(self) -> None:
        """A new resident: nothing typed, nothing found."""
        self.search.clear()
        self._show("")
        self.show_drafts()
        self.show_waiting()
        self.show_low()
        self.search.setFocus()

    def show_waiting(self) -> None:
        """The visits that are not finished: by their tickets, with what was asked for in them."""
        desk = self._session.desk
        may = visits.SERVICE in desk.catalogue and has_role(desk.person, desk.catalogue.get(visits.SERVICE).start_roles)
        rows = [self._visit(one) for one in waiting(desk) if one.came or not one.drawn] if may else []
        self.queue.setVisible(may)
        if may:
            self.queue.show_now()
        self.visit.setVisible(may)
        self.waiting.show_rows(rows)
        self.waiting.fit(WAITING, LEAST)
        self.waiting.setVisible(bool(rows))
        self._waiting_name.setVisible(bool(rows))

    def show_low(self) -> None:
        """What there is little of at this office."""
        office = office_here(self._session.desk)
        low = [one for one in left_at(self._session.desk, office) if one.low] if office else []
        said = ", ".join(f"{one.item.title.text(language())} ({one.said})" for one in low)
        self.low.setText(tr("Little stock: {items}", items=said) if said else "")
        self.low.setVisible(bool(said))

    def show_drafts(self) -> None:
        """What this person began and has not submitted, and what was sent back to them."""
        mine = Query(author=self._session.person.id, state_kinds=("draft", "returned"))
        known = {service.id: service for service in self._services}
        waits = {item.record for one in waiting(self._session.desk) for item in one.items}  # they stand in their visit
        found = self._session.store.find(mine, MOST_DRAFTS)
        records = [one for one in found if one.service in known and one.id not in waits]
        self.drafts.show_rows([self._draft(one, known[one.service]) for one in records])
        self.drafts.setVisible(bool(records))
        self._no_drafts.setVisible(not records and not waits)

    def _lay_out(self) -> None:
        ask = Card(padding=16, spacing=8)
        head = QHBoxLayout()
        head.addWidget(label(tr("What can we do for you?"), "strong", wrap=True), 1)
        head.addWidget(self.visit)
        ask.body.addLayout(head)
        ask.body.addWidget(self.search)
        ask.body.addWidget(self.results)
        self._unknown = label(
            tr("Nobody here calls a service that. Try another word, or choose below. Ctrl+K finds numbers and names."),
            "sub",
            wrap=True,
        )
        ask.body.addWidget(self._unknown)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(ask)
        left.addWidget(self.low)
        left.addWidget(self.board, 1)
        side = Card(tr("Waiting and unfinished"), padding=0)
        self._no_drafts = EmptyState("clipboard-check", tr("Nothing unfinished"), tr("What you begin is kept here."))
        self._waiting_name = label(tr("Visits that wait"), "small")
        self._waiting_name.setContentsMargins(16, 8, 16, 0)
        side.body.addWidget(self.queue)
        side.body.addWidget(line())
        side.body.addWidget(self._waiting_name)
        side.body.addWidget(self.waiting)
        side.body.addWidget(self.drafts, 100)
        side.body.addWidget(self._no_drafts, 100)
        side.body.addStretch(1)
        columns = below(self._head, self)
        columns.addLayout(left, 2)
        columns.addWidget(side, 1)

    def _visit(self, one: Visit) -> Row:
        titles = [
            self._session.desk.service_of(record).title.text(language()) for record in served(self._session.desk, one)
        ]
        below = ", ".join(titles) or tr("Nothing asked for yet")
        return Row(one.id, called(one), below, icon="store")

    def _connect(self) -> None:
        self.visit.clicked.connect(self.visit_wanted)
        self.waiting.opened.connect(self.visited)
        self.queue.served.connect(self.visited)
        self.till.clicked.connect(self.money)
        self.counted.clicked.connect(self.stock)
        self.search.textChanged.connect(self._show)
        self.search.down.connect(self._into_results)
        self.search.returnPressed.connect(self._take_first)
        self.board.listen(self.search)
        self.board.started.connect(self.started)
        self.results.opened.connect(self._begin)
        self.drafts.opened.connect(self.continued)
        self.paper.clicked.connect(self.offer_paper)
        for one in (self.waiting, self.results, self.drafts):
            one.open_with_one_click()
        self._head.say(
            tr("Counter"),
            plural(
                len(self.tiles),
                "{n} service can be taken here, with or without a network",
                "{n} services can be taken here, with or without a network",
            ),
        )

    def _show(self, text: str) -> None:
        found = sought(self.board, self._services, text)[:RESULTS]
        self.results.show_rows([row_of(one, enter=n == 0) for n, one in enumerate(found)])
        self.results.fit(RESULTS)
        self.results.setVisible(bool(found))
        self._unknown.setVisible(bool(text.strip()) and not found)
        if found:
            self.results.choose(row_of(found[0]).id)

    def _into_results(self) -> None:
        if self.results.isVisible():
            self.results.step_in()
        elif not self.board.step_in():
            self.drafts.setFocus()

    def _take_first(self) -> None:
        if self.results.current():
            self._begin(self.results.current())

    def _begin(self, row: str) -> None:
        if not referred(self._session, row):
            self.started.emit(row)

    def _draft(self, record: Record, service: Service) -> Row:
        line = self._session.store.row(record.id)
        day = today(self._session.clock)
        below = [line.alias, line.address, days.moment(line.updated, day)] if line else []
        returned = line is not None and service.state(line.state).kind == "returned"
        chip = (tr("Returned"), "warn") if returned else None
        title = title_of(self._session.desk, record) or service.title.text(language())
        return Row(record.id, title, " · ".join(filter(None, below)), icon=service.icon, chip=chip)


def _startable(session: Session) -> list[Service]:
    return session.catalogue.startable(session.person)
