"""Several at once: the records with what would become of each, and beside them the people or the reason.

Enter on a record leaves it out or takes it in; Enter on a person, or a drag, gives. Nothing is done before Ctrl+Enter,
and the toast takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QStackedWidget

from fieldapp.actions import Desk
from fieldapp.actions.bulk import AGREE, ASSIGN, RETURN, Piece, carry_out, look, undo
from fieldapp.errors import FieldAppError
from fieldapp.records import ASSIGNEE
from fieldapp.reports.standing import Heap
from fieldapp.texts import plural, tr
from ui.bulk.lists import PeopleList, RecordsList
from ui.bulk.loads import NOBODY, loads, rows
from ui.bulk.wording import line_of, moves, reasons_of
from ui.held import say_with_undo
from ui.long_work import LongWork
from ui.page import Page
from ui.session import Navigate, Session
from ui.widgets import Beside, Button, Card, EmptyState, PageHeader, label
from ui.widgets.acts import act
from ui.widgets.labels import names
from ui.widgets.or_empty import OrEmpty

MOST = 500  # records at once
AT_ONCE = 20  # so many are done before anybody could read how far it is
DEEDS = (ASSIGN, AGREE, RETURN)


class BulkPage(Page):
    """`pieces` are what was looked at, `out` the records that are left out of it."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self.pieces: list[Piece] = []
        self.out: set[str] = set()
        self._ids: list[str] = []
        self._from = "records"
        self._heaps: dict[str, Heap] = {}
        self._why: dict[str, str] = {}  # by record: what presses about it, where it is decided
        self._begins = False  # the page was entered, and shows nothing yet
        self._asked = 0  # the number of the look that is awaited
        self.work = LongWork(session.bridge, tr("Several at once"), self)
        self._running = False
        self.deed = QComboBox()
        names(self.deed, tr("What is done"), self)
        for deed, title in zip(DEEDS, (tr("Give to people"), tr("Approve"), tr("Return with a reason")), strict=True):
            self.deed.addItem(title, deed)
        self.do = Button(tr("Give"), "primary", hint=tr("Ctrl Enter"))
        self.back = Button(tr("Back"), "quiet", icon="arrow-left", hint="Esc")
        self.head = PageHeader(tr("Several at once"), "", (self.back, self.deed, self.do))
        self.list = RecordsList()
        self.people = PeopleList()
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(tr("What is to be done, in words for the author"))
        self.reason.setPlaceholderText(tr("What is to be done? The author of each reads this on top of the form."))
        self.reason.setTabChangesFocus(True)
        self._lay_out()
        self._connect()

    def go(self, **where: str) -> None:
        """`records` are ids, `deed` what is done to them, `back` the page to return to; `none` leaves all out first."""
        self._ids = where.get("records", "").split()[:MOST]
        self._from = where.get("back", "records")
        self.out = set(self._ids) if where.get("none") else set()
        self.deed.setCurrentIndex(max(0, self.deed.findData(where.get("deed", ASSIGN))))
        self.pieces = []
        self.reason.clear()
        self._begins = True
        self.look_anew()

    def where(self) -> dict[str, str]:
        """What it is about."""
        return {"records": " ".join(self._ids), "deed": self._deed(), "back": self._from}

    def look_anew(self) -> None:
        """What would become of each, and how much everybody has; in a thread of its own."""
        self._asked += 1
        deed = self._deed()
        self._side.setCurrentIndex(DEEDS.index(deed))
        self.session.bridge.work(
            partial(_looked, self.session.desk, list(self._ids), deed), partial(self._came, self._asked)
        )

    def give(self, person: str, ids: Sequence[str]) -> None:
        """Propose to give these to somebody."""
        to = "" if person == NOBODY else person
        looked = look(self.session.desk, ids, ASSIGN, to)
        if refused := next((one.refusal for one in looked if not one.can and one.record.get(ASSIGNEE) != to), ""):
            self.session.say(refused)
        found = {one.record.id: one for one in looked if one.can or one.record.get(ASSIGNEE) == to}
        self.pieces = [found.get(one.record.id, one) for one in self.pieces]
        self.out -= {one.record.id for one in found.values() if one.can}
        self._show()

    def toggle(self, record_id: str) -> None:
        """Leave a record out, or take it in."""
        self.out ^= {record_id}
        self._show()

    def toggle_all(self) -> None:
        """Take all in; where all are, leave all out."""
        every = {one.record.id for one in self.pieces if one.can}
        rest = {one.record.id for one in self.pieces} - every  # nobody took these in: nor for another deed
        self.out = rest if self.out & every else rest | every
        self._show()

    def wanted(self) -> list[Piece]:
        """What is done when one says so."""
        inside = (one for one in self.pieces if one.can and not one.change and one.record.id not in self.out)
        return [one for one in inside if one.step or moves(one, self._deed())]

    def carry_out(self) -> None:
        """Do it; the toast takes it back."""
        wanted = self.wanted()
        reason = self.reason.toPlainText().strip()
        if self._deed() == RETURN and not reason:
            self.session.say(tr("Please give a reason: the author reads it."))
            self.reason.setFocus()
            return
        if not wanted or self._running:
            return
        deed = partial(carry_out, self.session.desk, wanted, reason=reason)
        if len(wanted) > AT_ONCE:
            self._run(running=True)
            title = plural(len(wanted), "{n} record is being done.", "{n} records are being done.")
            self.work.begin(lambda far: deed(far=far), title, self._ended)
            self.work.progress.stop.setFocus()
            return
        try:
            done = self.session.saved(deed)
        except FieldAppError as error:
            self.session.say(str(error))
            return
        self._tell(done)

    def _run(self, *, running: bool) -> None:
        """While it runs nothing else is proposed."""
        self._running = running
        for one in (self.do, self.deed, self.list, self._side):
            one.setEnabled(not running)

    def _ended(self, done: list[Piece] | BaseException) -> None:
        self._run(running=False)
        self._show()
        if self.isVisible():
            self.list.setFocus()
        if isinstance(done, BaseException):
            self.session.say(str(done))
            self.look_anew()
        else:
            self._tell(done)

    def _tell(self, done: list[Piece]) -> None:
        came = {one.record.id: one for one in done}
        self.pieces = [came.get(one.record.id, one) for one in self.pieces]
        self._show()
        self._count_loads()
        made = sum(bool(one.change) for one in done)
        parts = [_done_words(self._deed(), made)]
        if failed := len(done) - made:
            parts.append(plural(failed, "{n} could not be", "{n} could not be"))
        if made:
            say_with_undo(self, self.session, " · ".join(parts), partial(self._undo, done))
        else:
            self.session.say(" · ".join(parts))

    def _undo(self, done: list[Piece]) -> None:
        left = self.session.saved(partial(undo, self.session.desk, done))
        if left:
            words = plural(len(left), "{n} stays as it is: {why}", "{n} stay as they are: {why}", why=left[0].refusal)
            self.session.say(words)
        self.look_anew()

    def _count_loads(self) -> None:
        self.session.bridge.work(partial(loads, self.session.desk), self._loads_came)

    def _loads_came(self, outcome: dict[str, Heap] | BaseException) -> None:
        if not isinstance(outcome, BaseException):
            self._heaps = outcome
            self._show()

    def _came(self, number: int, outcome: tuple[list[Piece], dict[str, Heap]] | BaseException) -> None:
        if number != self._asked:
            return
        if isinstance(outcome, BaseException):
            self.head.say(tr("Several at once"), str(outcome))
            return
        self.pieces, self._heaps = outcome
        self._why = {} if self._deed() == ASSIGN else reasons_of(self.session, self.pieces)
        self._show()
        if not self.list.current() and self.pieces:
            self.list.choose(self.pieces[0].record.id)
        if self._begins:  # an empty list takes no focus: only now
            self._begins = False
            self.list.setFocus()

    def _lay_out(self) -> None:
        people = Card(tr("People, and their open work"), padding=0)
        people.body.addWidget(self.people)
        self.people.setProperty("flat", True)
        words = label(
            tr("A click or Enter gives all that are in to this person; a single record may be dragged here."),
            "small",
            wrap=True,
        )
        people.foot().addWidget(words, 1)
        agree = Card(tr("Approve"))
        agree.body.addWidget(
            label(
                tr("Each takes the step that its line names, as if you had opened it. Your own work is left out."),
                "body",
                wrap=True,
            )
        )
        agree.body.addStretch(1)
        back = Card(tr("Return with a reason"))
        back.body.addWidget(label(tr("The same words go to the author of each."), "sub", wrap=True))
        back.body.addWidget(self.reason, 1)
        self._side = QStackedWidget()
        for card in (people, agree, back):
            self._side.addWidget(card)
        columns = Beside()
        how = tr("Records and Review lead here, with what is chosen there.")
        columns.addWidget(OrEmpty(self.list, EmptyState("table-2", tr("No record is in"), how)), 5)
        columns.addWidget(self._side, 4)
        self.body.addWidget(self.head)
        self.body.addWidget(self.work.progress)
        self.body.addLayout(columns, 1)

    def _connect(self) -> None:
        self.deed.activated.connect(lambda _index: self.look_anew())
        self.list.opened.connect(self.toggle)
        self.people.opened.connect(lambda person: self.give(person, self._inside()))
        self.people.clicked.connect(lambda _index: self.give(self.people.current(), self._inside()))
        self.people.given.connect(self.give)
        self.do.clicked.connect(self.carry_out)
        self.back.clicked.connect(self._go_back)
        act(self, "Ctrl+Return", tr("Do it"), self.carry_out)
        act(self.list, "Ctrl+A", tr("Take all in, or leave all out"), self.toggle_all)
        act(self, "Escape", tr("Back"), self._go_back)

    def _go_back(self) -> None:
        self.navigate(self._from)

    def _deed(self) -> str:
        return str(self.deed.currentData())

    def _inside(self) -> list[str]:
        return [one.record.id for one in self.pieces if one.record.id not in self.out and not one.change]

    def _show(self) -> None:
        self.list.show_rows(
            [
                line_of(self.session, one, self._deed(), self.out, self._why.get(one.record.id, ""))
                for one in self.pieces
            ]
        )
        wanted = self.wanted()
        self.people.show_rows(rows(self.session, self._heaps, wanted if self._deed() == ASSIGN else ()))
        titles = {ASSIGN: tr("Give"), AGREE: tr("Approve"), RETURN: tr("Return")}
        self.do.show_as(f"{titles[self._deed()]} · {len(wanted)}", hint=tr("Ctrl Enter"))
        self.do.setEnabled(bool(wanted) and not self._running)
        refused = sum(not one.can for one in self.pieces)
        parts = [plural(len(self.pieces), "{n} record", "{n} records")]
        if refused:
            parts.append(plural(refused, "{n} not possible", "{n} not possible"))
        parts.append(tr("Enter leaves one out or takes it in, Ctrl+A all"))
        self.head.say(tr("Several at once"), " · ".join(parts))


def _done_words(deed: str, n: int) -> str:
    """What was done, for the toast."""
    if deed == ASSIGN:
        return plural(n, "{n} record given", "{n} records given")
    if deed == RETURN:
        return plural(n, "{n} record returned", "{n} records returned")
    return plural(n, "{n} record decided", "{n} records decided")


def _looked(desk: Desk, ids: list[str], deed: str) -> tuple[list[Piece], dict[str, Heap]]:
    """What would become of each; where people are to be chosen, each stays with whom it is so far."""
    found = look(desk, ids, deed)
    if deed == ASSIGN:
        found = [replace(one, to=one.record.get(ASSIGNEE)) for one in found]
    return found, loads(desk) if deed == ASSIGN else {}
