"""VisitView: one resident's whole visit on one screen: who, what, which papers, what it costs; by the keys alone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.actions import balance, paid_for, visits
from fieldapp.errors import FieldAppError
from fieldapp.money.cash import dollars
from fieldapp.records import Record
from fieldapp.services.topics import by_topic
from fieldapp.store import Place
from fieldapp.texts import language, tr
from ui import theme
from ui.counter.called import called
from ui.counter.found import referred, row_of, sought
from ui.counter.papers_card import PapersCard
from ui.counter.tiles import Tiles
from ui.counter.who import WhoCard
from ui.money.paid_lines import PaidLines
from ui.records.words import place_word
from ui.session import Session
from ui.titles import title_of
from ui.widgets import Beside, Button, Card, ListCard, PageHeader, Row, SearchField
from ui.widgets.sight import bring_into_sight

RESULTS = 4
BOARD = 184  # px of the tiles at the least: two lines of them


class VisitView(QWidget):
    """`opened` tells a record whose form is wanted, `begun` one that is new; `paying` and `sheet` are about the visit,
    `receipt` about a payment; `left` lets it wait, `finished` ends it; `shown`: the resident is to see it."""

    opened = Signal(str)
    begun = Signal(str)
    paying = Signal(str)
    sheet = Signal(str)
    receipt = Signal(str)
    left = Signal()
    finished = Signal()
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._visit = ""
        self.wait = Button(tr("Let it wait"), hint="Esc")
        self.pay = Button(tr("Take the payment"), icon="receipt", hint=tr("Ctrl T"))
        self.paid = PaidLines(session)
        self.end = Button(tr("Finish the visit"), "primary", hint=tr("Ctrl Enter"))
        self.head = PageHeader(tr("Visit"), "", (self.wait, self.end))
        self.who = WhoCard(session)
        self.search = SearchField(tr("Type it as they say it: couch at the curb, new deck…"), name=tr("Find a service"))
        self.results = ListCard(tr("Services found"), flat=True)
        self.asked = ListCard(tr("Services of this visit"), flat=True)
        self.need = PapersCard(session)
        self.checks, self.paper, self.show_it = self.need.checks, self.need.paper, self.need.show_it
        self._services = [one for one in session.catalogue.startable(session.person) if one.stands_alone]
        self.board = Tiles(by_topic(self._services))
        self.board.setMinimumHeight(theme.px(BOARD))
        self._lay_out()
        self._connect()

    @property
    def visit_id(self) -> str:
        """The visit that is shown, "" for none."""
        return self._visit

    def show_visit(self, visit_id: str) -> None:
        """The visit as it stands now."""
        self._visit = visit_id
        visit = visits.the_visit(self._session.desk, visit_id)
        records = visits.served(self._session.desk, visit)
        self.who.show_visit(visit)
        left = balance(self._session.desk, self._session.desk.record(visit_id))
        self.head.say(called(visit), tr("Kept on this laptop at every step."))
        self.pay.show_as(tr("Take the payment of {amount}", amount=dollars(left)), hint=tr("Ctrl T"))
        self.pay.setVisible(left > 0)
        self.paid.show_case(self._session.desk.record(visit_id))
        self.asked.show_rows([self._row(one) for one in records])
        self.need.show_visit(visit, records)

    def touched(self, records: frozenset[str]) -> bool:
        """Whether what was committed concerns the visit, while nobody is typing or checking off in it."""
        if not self._visit or any(box.hasFocus() for box in self.checks.values()):
            return False
        items = visits.the_visit(self._session.desk, self._visit).items
        return self._visit in records or any(item.record in records for item in items)

    def begin(self) -> None:
        """The keyboard at the first thing that is not known yet."""
        visit = visits.the_visit(self._session.desk, self._visit)
        unknown = self.who.search if visit.ticket else self.who.ticket
        (self.search if visit.items or visit.known_from else unknown).setFocus()

    def to_unfinished(self) -> None:
        """The keyboard at the first form that is not handed in; where all are, it stays."""
        desk = self._session.desk
        found = visits.served(desk, visits.the_visit(desk, self._visit))
        draft = next((one.id for one in found if desk.service_of(one).state(one.state).kind == "draft"), "")
        if draft:
            self.asked.choose(draft)
            self.asked.setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Nothing of the last resident stays on the screen."""
        self._visit = ""
        self.who.clear()
        self.search.setText("")
        self.asked.show_rows([])
        self.paid.clear()
        self.head.say(tr("Visit"), "")
        self.need.clear()

    def end_visit(self) -> None:
        """The resident leaves; what forbids it is said."""
        if not self._visit:
            return
        desk = self._session.desk
        visit = visits.the_visit(desk, self._visit)
        handed_in, owed = visits.served(desk, visit), visits.papers_owed(desk, visit)
        try:
            self._session.saved(partial(visits.finish, desk, self._visit))
        except FieldAppError as error:
            self._session.say(str(error))
            self.to_unfinished()
            return
        numbers = ", ".join(one.reference for one in handed_in)
        said = tr("Visit finished: {numbers}", numbers=numbers) if numbers else tr("Visit finished")
        self._session.say(f"{said} · {tr('Still to bring: {papers}', papers=', '.join(owed))}" if owed else said)
        self.finished.emit()

    def _serve(self, service: str) -> None:
        if referred(self._session, service):
            return
        try:
            desk, typed = self._session.desk, self.who.typed
            record = self._session.saved(partial(visits.serve, desk, self._visit, service, typed))
        except FieldAppError as error:
            self._session.say(str(error))
            return
        self.search.setText("")
        self.begun.emit(record.id)

    def _row(self, record: Record) -> Row:
        desk = self._session.desk
        service, left = desk.service_of(record), balance(desk, record)
        state = service.state(record.state)
        row = desk.store.row(record.id)
        here = row is not None and row.place is Place.WAITING and state.kind != "draft"
        kind = "warn" if here or state.kind in {"draft", "returned"} else "ok"
        paid = ", ".join(one.name for one in paid_for(desk, record) if one.counts and one.kind != "refund")
        cost = dollars(left) if left > 0 else tr("paid: {receipts}", receipts=paid) if paid else ""
        waits = place_word(Place.WAITING) if here else ""  # "Filed" reads as if the City had it
        below = " · ".join(filter(None, (record.reference, cost, waits)))
        title = title_of(desk, record) or service.title.text(language())
        return Row(record.id, title, below, icon=service.icon, chip=(state.title.text(language()), kind))

    def _lay_out(self) -> None:
        what = Card(tr("What can we do for you?"), padding=16, spacing=8)
        what.body.addWidget(self.search)
        what.body.addWidget(self.results)
        what.body.addWidget(self.board, 1)
        self.results.hide()
        asked = Card(tr("Services of this visit"), padding=16)
        asked.body.addWidget(self.asked, 1)
        asked.body.addWidget(self.pay)
        asked.body.addWidget(self.paid)
        columns, whole = Beside(), QVBoxLayout(self)
        for cards in ((self.who, what), (asked, self.need)):
            column = QVBoxLayout()
            column.setSpacing(16)
            column.addWidget(cards[0])
            column.addWidget(cards[1], 1)
            columns.addLayout(column, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self.head)
        whole.addLayout(columns, 1)

    def _connect(self) -> None:
        self.wait.clicked.connect(self.left)
        self.end.clicked.connect(self.end_visit)
        self.show_it.clicked.connect(self.shown)
        self.pay.clicked.connect(lambda: self.paying.emit(self._visit))
        self.paid.receipt.connect(self.receipt)
        self.paper.clicked.connect(lambda: self.sheet.emit(self._visit))
        self.who.known.connect(lambda: self.show_visit(self._visit))
        self.who.done.connect(lambda: self.search.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.textChanged.connect(self._find)
        self.search.down.connect(self._into_what)
        self.search.returnPressed.connect(lambda: self._serve(self.results.current()) if self._found() else None)
        self.results.opened.connect(self._serve)
        self.board.listen(self.search)
        self.board.started.connect(self._serve)
        self.asked.opened.connect(self.opened)
        for one in (self.results, self.asked):
            one.open_with_one_click()

    def _into_what(self) -> None:
        """Down from the line: to what was found, else to the tiles."""
        if self._found():
            self.results.step_in()
        elif self.board.isVisibleTo(self):
            self.board.step_in()

    def _found(self) -> bool:
        return self.results.isVisibleTo(self) and bool(self.results.current())

    def _find(self, text: str) -> None:
        found = sought(self.board, self._services, text)[:RESULTS]
        self.results.show_rows([row_of(one) for one in found])
        self.results.fit(RESULTS)
        self.results.setVisible(bool(found))
        self.board.setVisible(not text.strip())
        if found:
            self.results.choose(row_of(found[0]).id)
            for one in (self.results, self.search):  # with large letters they would open below the window's edge
                bring_into_sight(one)
