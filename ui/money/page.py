"""The Money page: till, payment, receipt, count and report, one screen at a time. Escape goes back."""

from __future__ import annotations

from decimal import Decimal

from fieldapp.actions import my_till
from fieldapp.counter import visit as visits
from fieldapp.money import payment as pay
from fieldapp.money import till as tills
from fieldapp.money.cash import ZERO
from fieldapp.money.payment import Payment, payment_of
from fieldapp.money.till import till_of
from fieldapp.records import Record
from fieldapp.store import Touched
from fieldapp.texts import language, tr
from ui.concern import concerns
from ui.money.change_card import ChangeCard
from ui.money.closing_view import ClosingView
from ui.money.paper_view import PaperView
from ui.money.take_view import TakeView
from ui.money.till_view import TillView
from ui.money.undo_card import UndoCard
from ui.page import Page
from ui.session import Navigate, Session
from ui.widgets.acts import act
from ui.widgets.column import column
from ui.widgets.stack import Stack

OWN = {pay.SERVICE, tills.SERVICE}


class MoneyPage(Page):
    """Takes money for cases, with or without a network."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self.till = TillView(session)
        self.take = TakeView(session)
        self.closing = ClosingView(session)
        self.undo, self.change = UndoCard(session), ChangeCard()
        self.paper = PaperView(session, column(self.change, self.undo))
        self._shown = ""
        self._waiting = ""  # the case that a person came to pay, while the till is opened first
        self._stack = Stack(self.till, self.take, self.closing, self.paper)
        self.body.addWidget(self._stack)
        self._visit = ""  # the visit that is paid: one goes back to it
        self._connect()

    def refresh(self, touched: Touched) -> None:
        """Numbers come, receipts are sent, somebody voids: what is shown follows."""
        if not concerns(self.session, touched, {self._shown}, lambda line: line.service in OWN):
            return
        if self._stack.currentWidget() is self.till:
            if not self.till.correcting:
                self.till.show_now()
        elif self._stack.currentWidget() is self.paper and self._shown in touched.records:
            self._show(self._shown)

    def go(self, **where: str) -> None:
        """`case` takes money for a record, `shown` shows a payment or the report of a till; `to` = count begins to
        count the open till, receipt looks for a receipt. From a receipt one goes back to the `visit` that is given."""
        record = self.session.store.record(where.get("case") or where.get("shown") or "")
        paid = record is not None and record.service == visits.SERVICE
        self._visit = record.id if record is not None and paid else where.get("visit", "")
        self.paper.back.show_as(tr("Back to the visit") if self._visit else tr("Back to the till"))
        if record is None:
            self.home()
            self._begin(where.get("to", ""))
        elif where.get("case"):
            self.pay_for(record.id)
        else:
            self._show(record.id)

    def where(self) -> dict[str, str]:
        """What is shown."""
        current = self._stack.currentWidget()
        if current is self.take:
            return {"case": self.take.case_id}
        return {"shown": self._shown} if current is self.paper else {}

    def home(self) -> None:
        """The till."""
        self._shown, self._waiting = "", ""
        self.till.show_now()
        self._stack.setCurrentWidget(self.till)
        self.till.begin()

    def _begin(self, deed: str) -> None:
        """What somebody asked for elsewhere; without an open till that comes first."""
        if my_till(self.session.desk) is None:
            return
        if deed == "count":
            self._count()
        elif deed == "receipt":
            self.till.number.setFocus()

    def pay_for(self, record_id: str) -> None:
        """Take money for a case; where no till is open, that comes first."""
        till = my_till(self.session.desk)
        if till is None or till.state != tills.OPEN:
            first = tr("Open a till first: money always belongs to a till.")
            counted = tr("This till is counted, so it takes no more money. Close it, then open one.")
            self.session.say(first if till is None else counted)
            self.home()
            self._waiting = record_id
            return
        self.take.show_case(self.session.desk.record(record_id))
        self._stack.setCurrentWidget(self.take)

    def _opened(self) -> None:
        """The till is open now, which is said in place of that it has to be: on to the case that waited for it."""
        self.session.say(tr("The till is open."))
        if self._waiting:
            waiting, self._waiting = self._waiting, ""
            self.pay_for(waiting)

    def _count(self) -> None:
        self.closing.show_now()
        self._stack.setCurrentWidget(self.closing)
        self.closing.begin()

    def _taken(self, record_id: str, change: Decimal) -> None:
        """The receipt; the change is given now, so it is said now."""
        self._show(record_id)
        self.change.show_change(change)
        self.paper.aside.setVisible(True)

    def _show(self, record_id: str) -> None:
        record = self.session.desk.record(record_id)
        if record_id != self._shown:
            self.change.show_change(ZERO)
        self._shown = record_id
        if record.service == tills.SERVICE:
            self._show_report(record)
        else:
            self._show_receipt(record)
        self._stack.setCurrentWidget(self.paper)
        self.paper.back.setFocus()

    def _show_report(self, record: Record) -> None:
        self.undo.hide()
        self.paper.aside.hide()
        title = f"{tr('Till report')} {till_of(record).name}"
        self.paper.show_paper(record, "day_end", title, tr("Closed. A supervisor reviews it."), lang=language())

    def _show_receipt(self, record: Record) -> None:
        one = payment_of(record)
        about = tr("Saved on this laptop, encrypted. It is sent by itself.")
        self.paper.show_paper(record, "receipt", _title(one), about, file=one.name)
        self.undo.show_payment(record)
        self.paper.aside.setVisible(not self.undo.isHidden())

    def _connect(self) -> None:
        self.till.case.connect(self.pay_for)
        self.till.opened.connect(self._opened)
        self.till.receipt.connect(self._show)
        self.till.report.connect(self._show)
        self.till.closing.connect(self._count)
        self.till.left.connect(lambda: self.navigate("counter"))
        self.take.taken.connect(self._taken)
        self.closing.closed.connect(self._show)
        self.undo.done.connect(self._show)
        for view in (self.take, self.closing, self.paper):
            view.left.connect(self._leave)
        act(self, "Ctrl+Return", tr("Go on: open, take, count, done"), self._confirm)
        act(self, "Ctrl+P", tr("Print the receipt, or the report of the till"), self._print)
        act(self, "Escape", tr("Back"), self._back)

    def _confirm(self) -> None:
        deeds = {self.take: self.take.take, self.closing: self.closing.go_on, self.paper: self._leave}
        current = self._stack.currentWidget()
        if current in deeds:
            deeds[current]()
        else:
            self.till.go_on()

    def _print(self) -> None:
        if self._stack.currentWidget() is self.paper:
            self.paper.print_it()

    def _back(self) -> None:
        if self._stack.currentWidget() is not self.till:
            self._leave()
        elif self.till.correcting:
            self.till.show_again()
        else:
            self.navigate("counter")

    def _leave(self) -> None:
        """Back to the visit that was paid, else to the till."""
        visit, self._visit = self._visit, ""
        if visit:
            self.home()
            self.navigate("counter", visit=visit)
        else:
            self.home()


def _title(one: Payment) -> str:
    """What it is, with its number, and whether it still counts."""
    name = f"{tr('Receipt of a refund') if one.kind == 'refund' else tr('Receipt')} {one.name}"
    if one.state == pay.VOID:
        return tr("{name}: void, does not count", name=name)
    return tr("{name}: paid back", name=name) if one.state == pay.REFUNDED else name
