"""The Counter page: the services, and after the form the receipt. Ctrl+Enter is for the next resident."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QWidget

from fieldapp.actions import start
from fieldapp.actions.visits import begin_visit, put_aside, visit_with
from fieldapp.counter.visit import WAITING
from fieldapp.errors import FieldAppError
from fieldapp.records import LANG
from fieldapp.store import Touched
from fieldapp.texts import tr
from ui.came_back import choose, take_in
from ui.concern import concerns
from ui.counter.home import CounterHome
from ui.counter.receipt_view import ReceiptView
from ui.counter.survey import SurveySheet
from ui.counter.visit_view import VisitView
from ui.money.paper_view import PaperView
from ui.page import Page
from ui.resident.asking import AGREES, KEY, SPEAKS, switch, tell
from ui.resident.turning import turn
from ui.session import Navigate, Session
from ui.widgets.acts import act
from ui.widgets.stack import Stack


class CounterPage(Page):
    """One resident after the other, with or without a network."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self._stack = Stack()
        self.home = self._new_home()
        self.receipt = ReceiptView(session)
        self.visit, self.sheet = VisitView(session), PaperView(session, QWidget())
        self.sheet.back.show_as(tr("Back"))
        self.sheet.aside.hide()
        for view in (self.receipt, self.visit, self.sheet):
            self._stack.addWidget(view)
        self.body.addWidget(self._stack)
        self.receipt.finished.connect(self.next_resident)
        self.receipt.paying.connect(lambda record: self.navigate("money", case=record))
        self.receipt.asking.connect(self.ask)
        self._connect_visit()
        for keys, name, deed in (
            ("F2", tr("New visit"), self.begin_visit),
            ("F3", tr("Draw a ticket"), self._draw),
            ("F7", tr("Call the next ticket, or call again"), self._call),
            ("Shift+F7", tr("The one who was called did not come"), self._miss),
            ("Ctrl+Return", tr("Finish the visit; next resident"), self._confirm),
            ("Ctrl+T", tr("Take the payment; till and payments"), self._to_money),
            ("Ctrl+P", tr("Follow-up sheet of the visit"), self._show_sheet),
            ("Ctrl+E", tr("Three questions to the resident"), self.ask),
            (KEY, tr("Show the resident what was recorded; put it away"), self.show_resident),
            (AGREES, tr("The resident agrees, as they tell you"), partial(tell, session)),
            (SPEAKS, tr("The resident's other language"), partial(switch, session)),
            ("Escape", tr("Let the visit wait; back"), self._back),
        ):
            act(self, keys, name, deed)

    def _connect_visit(self) -> None:
        self.visit.opened.connect(self._continue)
        self.visit.begun.connect(lambda made: self.navigate("form", record=made, back="counter", fresh="yes"))
        self.visit.paying.connect(lambda visit: self.navigate("money", case=visit))
        self.visit.receipt.connect(lambda one: self.navigate("money", shown=one, visit=self.visit.visit_id))
        self.visit.sheet.connect(lambda _visit: self._show_sheet())
        self.visit.shown.connect(self.show_resident)
        self.visit.left.connect(self._let_wait)
        self.visit.finished.connect(self.next_resident)
        self.sheet.left.connect(lambda: self.show_visit(self.visit.visit_id))

    def _new_home(self) -> CounterHome:
        home = CounterHome(self.session)
        self._stack.insertWidget(0, home)
        home.started.connect(self.start)
        home.continued.connect(self._continue)
        home.money.connect(lambda: self.navigate("money"))
        home.stock.connect(lambda: self.navigate("stock"))
        home.visit_wanted.connect(self.begin_visit)
        home.visited.connect(self._take_up)
        home.paper_wanted.connect(lambda: self.take_in(choose(self.session, self)))
        return home

    def _renew(self) -> None:
        """What the City published since stands on the first screen too."""
        if self.home.outdated():
            before, shown = self.home, self._stack.currentWidget() is self.home
            self.home = self._new_home()
            if shown:
                self._stack.setCurrentWidget(self.home)
            self._stack.removeWidget(before)
            before.deleteLater()

    def refresh(self, touched: Touched) -> None:
        """The receipt shows how far its record has come; the drafts follow."""
        if self.receipt.record_id and (self.receipt.record_id in touched.records or touched.journal):  # or was paid
            self._show_receipt(self.receipt.record_id)
        if self._stack.currentWidget() is self.visit and self.visit.touched(touched.records):
            self.visit.show_visit(self.visit.visit_id)
        if concerns(self.session, touched, (), lambda line: line.author == self.session.person.id):
            self.home.show_drafts()

    def go(self, **where: str) -> None:
        """`receipt` shows a record's confirmation, or the visit that it belongs to; `service` begins one, which
        leads to `back`; `visit` shows one; `to` = visit begins one, ticket draws one, queue shows who waits."""
        belongs = visit_with(self.session.desk, where["receipt"]) if where.get("receipt") else None
        if where.get("visit") or belongs:
            self.show_visit(where.get("visit") or (belongs.id if belongs else ""))
        elif where.get("receipt"):
            self._show_receipt(where["receipt"])
            self.receipt.next.setFocus()
        elif where.get("service"):
            self.start(where["service"], where.get("back") or "counter")
        elif not self.isVisible() and self.visit.visit_id:
            self.show_visit(self.visit.visit_id)  # back from a form
        elif not self.isVisible() and self.receipt.record_id:
            self._show_receipt(self.receipt.record_id)  # back from the till: what is still to be paid may be less
            self.receipt.next.setFocus()
        elif self.isVisible() and self._stack.currentWidget() is not self.home:
            self.next_resident()  # who asks for the counter while a receipt of it is shown wants its first screen
        else:
            self._renew()
            self.home.begin()
        if where.get("to"):
            self._begin(where["to"])

    def _begin(self, deed: str) -> None:
        """What somebody asked for elsewhere, from the first screen; a visit that is open waits."""
        if self._stack.currentWidget() is not self.home:
            self.next_resident()
        if deed == "visit":
            self.begin_visit()
        elif deed == "ticket":
            self._draw()
        else:
            self.home.queue.tickets.setFocus()

    def where(self) -> dict[str, str]:
        """The visit, or the receipt, that is shown."""
        if self.visit.visit_id:
            return {"visit": self.visit.visit_id}
        return {"receipt": self.receipt.record_id}

    def begin_visit(self) -> None:
        """A resident comes to the counter: a visit, durable at once."""
        try:
            made = self.session.saved(lambda: begin_visit(self.session.desk))
        except FieldAppError as error:
            self.session.say(str(error))
            return
        self.show_visit(made.id)

    def show_visit(self, visit_id: str) -> None:
        """A visit that waits, as it stands; one that is finished is not shown any more."""
        record = self.session.store.record(visit_id)
        if record is None or record.state != WAITING:
            self.next_resident()
            return
        self.receipt.clear()
        self.visit.show_visit(visit_id)
        self._stack.setCurrentWidget(self.visit)
        self.visit.begin()

    def _take_up(self, visit_id: str) -> None:
        """A visit that waits goes on where it was left: at the form that is not handed in, if there is one."""
        self.show_visit(visit_id)
        if self.visit.visit_id == visit_id:
            self.visit.to_unfinished()

    def _draw(self) -> None:
        """Somebody comes in, also while another is served."""
        self.home.queue.draw_one()

    def _call(self) -> None:
        """The next one, where nobody is being served."""
        if self._stack.currentWidget() is self.home:
            self.home.queue.call_next()

    def _miss(self) -> None:
        if self._stack.currentWidget() is self.home:
            self.home.queue.miss()

    def _show_sheet(self) -> None:
        """The one sheet of the visit; where it is shown, it is printed."""
        if self._stack.currentWidget() is self.sheet:
            self.sheet.printing.click()
            return
        record = self.session.store.record(self.visit.visit_id)
        if record is not None and self._stack.currentWidget() is self.visit:
            self.sheet.show_paper(record, "follow_up", tr("Follow-up sheet"), tr("For the resident to take home."))
            self._stack.setCurrentWidget(self.sheet)
            self.sheet.back.setFocus()

    def _confirm(self) -> None:
        current = self._stack.currentWidget()
        if current is self.visit:
            self.visit.end_visit()
        elif current is self.sheet:
            self.show_visit(self.visit.visit_id)
        else:
            self.next_resident()

    def _back(self) -> None:
        if self._stack.currentWidget() is self.sheet:
            self.show_visit(self.visit.visit_id)
        elif self._stack.currentWidget() is self.visit:
            self._let_wait()

    def _let_wait(self) -> None:
        """The visit waits; one that was begun by mistake is gone."""
        try:
            self.session.saved(partial(put_aside, self.session.desk, self.visit.visit_id))
        except FieldAppError as error:
            self.session.say(str(error))
        self.next_resident()

    def start(self, service: str, back: str = "counter") -> None:
        """Begin a service: a draft, durable at once, in the form. It leads to `back` when it is done."""
        try:
            record = self.session.saved(lambda: start(self.session.desk, service))
        except FieldAppError as error:
            self.session.say(str(error))
            return
        self.navigate("form", record=record.id, back=back, fresh="yes")

    def take_in(self, files: Sequence[Path]) -> None:
        """Filled forms become drafts; a single one opens."""
        taken = take_in(self.session, files)
        if taken is not None:
            self.navigate("form", record=taken.record.id, back="counter")

    def ask(self) -> None:
        """Turn the screen to the resident for the three questions, in the language of their papers."""
        window = self.window()
        if not (self.receipt.ask.isVisibleTo(self) and isinstance(window, QMainWindow)):
            return
        record = self.session.store.record(self.receipt.record_id)
        asking = SurveySheet(self.session, (record.get(LANG) if record else "") or self.session.language)
        asking.done.connect(lambda: self.receipt.ask.setHidden(asking.kept))
        turn(window, asking, self.receipt.next)

    def show_resident(self) -> None:
        """The visit, or what was just recorded, on the resident's side."""
        current = self._stack.currentWidget()
        shown = self.receipt.record_id if current is self.receipt else self.visit.visit_id
        if shown and current in (self.receipt, self.visit) and self.session.facing is not None:
            self.session.facing.toggle(shown, focus=self.window().focusWidget())

    def next_resident(self) -> None:
        """Nothing of the last resident stays on the screen, nor on theirs."""
        if self.session.facing is not None:
            self.session.facing.blank()
        self.receipt.clear()
        self.visit.clear()
        self._renew()
        self._stack.setCurrentWidget(self.home)
        self.home.begin()

    def _to_money(self) -> None:
        """To the till, with the case that was just recorded where it owes something."""
        if self._stack.currentWidget() is self.visit:
            if self.visit.pay.isVisibleTo(self.visit):
                self.navigate("money", case=self.visit.visit_id)
            else:
                self.session.say(tr("Nothing is to be paid in this visit."))
            return
        shown = self._stack.currentWidget() is self.receipt and self.receipt.pay.isVisible()
        where = {"case": self.receipt.record_id} if shown else {}
        self.navigate("money", **where)

    def _continue(self, record: str) -> None:
        self.navigate("form", record=record, back="counter")

    def _show_receipt(self, record_id: str) -> None:
        record = self.session.store.record(record_id)
        if record is not None:
            self.receipt.show_record(record)
            self._stack.setCurrentWidget(self.receipt)
