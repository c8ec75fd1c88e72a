"""TillView: open a till; or what is in it, the case to be paid next, and the way to its count."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.actions import find_receipt, my_closed, my_till, payments_in, unsent
from fieldapp.clock import moment_of
from fieldapp.money import till as tills
from fieldapp.money.cards import card_said, holds_card
from fieldapp.money.cash import dollars
from fieldapp.money.till import Till
from fieldapp.texts import plural, tr
from ui.money.float_card import FloatCard
from ui.money.overpaid_card import OverpaidCard
from ui.money.receipt_rows import receipt_row, to_be_paid
from ui.session import Session
from ui.widgets import Beside, Button, Card, ListCard, PageHeader, Row, SearchField, label
from ui.widgets.stack import Stack

FOUND, LOOKED_AT, PAST = 8, 30, 10


class TillView(QWidget):
    """`case` asks to take money for a record, `receipt` to show a payment, `closing` to count, `report` for a till."""

    case = Signal(str)
    receipt = Signal(str)
    opened = Signal()
    closing = Signal()
    report = Signal(str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.back = Button(tr("Counter"), "quiet", icon="arrow-left", hint="Esc")
        self.correct = Button(tr("Correct the float"), icon="pencil")
        self.count = Button(tr("Count and close"), icon="dollar-sign")
        self.head = PageHeader("", "", (self.back, self.correct, self.count))
        self.search = SearchField(tr("Reference, name or address of the case"), name=tr("Find the case to be paid"))
        self.found = ListCard(tr("Cases"), flat=True)
        self.nothing = label("", "sub", wrap=True)
        self.number = SearchField(tr("Such as RC26-000123"), name=tr("Find a receipt"))
        self.missing = label("", "small", tone="bad", wrap=True)
        self.receipts = ListCard(tr("Receipts of this till"), flat=True)
        self.past = ListCard(tr("Earlier tills"), flat=True)
        self.overpaid = OverpaidCard(session)
        self.counting = FloatCard(session)
        self.name, self.float = self.counting.name, self.counting.float
        self._lay_out()
        self._connect()

    def show_now(self) -> None:
        """How things stand."""
        till = my_till(self._session.desk)
        self.head.say(tr("Till and payments"), self._about(till))
        self.count.setVisible(till is not None)
        self.count.show_as(tr("Close the till") if till and till.state == tills.COUNTED else tr("Count and close"))
        self._show_receipts(till)
        if till is None:
            self.counting.show_opening()
        self._stack.setCurrentWidget(self.counting if till is None else self._work)
        self.overpaid.show_now()
        before = my_closed(self._session.desk, PAST)
        self.past.show_rows([self._past_row(one) for one in before])
        self._before.setVisible(bool(before))

    def begin(self) -> None:
        """Where the keys go first."""
        self.search.clear()
        self.number.clear()
        self.missing.setText("")
        if my_till(self._session.desk) is None:
            self.counting.begin()
        else:
            self.search.setFocus()

    def correct_float(self) -> None:
        """Count the float anew, before the first receipt."""
        self.counting.show_correction()
        self._stack.setCurrentWidget(self.counting)
        self.correct.hide()
        self.counting.begin()

    @property
    def correcting(self) -> bool:
        """Whether the float is being put right."""
        return self._stack.currentWidget() is self.counting and self.counting.correcting

    def go_on(self) -> None:
        """Open the till, or correct its float, with what is typed."""
        if self._stack.currentWidget() is self.counting:
            self.counting.go_on()

    def show_again(self) -> None:
        """As it stands, with the keys where they begin."""
        self.show_now()
        self.begin()

    def _done(self) -> None:
        corrected = self.counting.correcting
        self.show_again()
        if corrected:
            self._session.say(tr("Float corrected"))
        else:
            self.opened.emit()

    def _about(self, till: Till | None) -> str:
        if till is None:
            return tr("No till is open on this laptop. Money always belongs to a till.")
        since = f"{moment_of(till.opened_at):%H:%M}"
        name, start = till.name, dollars(till.float)
        return tr("{name}, open since {time}, float {amount}", name=name, time=since, amount=start)

    def _show_receipts(self, till: Till | None) -> None:
        desk = self._session.desk
        found = payments_in(desk, till.id) if till else []
        found.sort(key=lambda one: one.id, reverse=True)
        waiting = set(unsent(desk, till.id).numbers) if till else set()
        self.receipts.show_rows([receipt_row(desk, one, waits=one.name in waiting) for one in found])
        words = plural(len(found), "{n} receipt in this till", "{n} receipts in this till")
        self._how_many.setText(words if found else tr("No receipt in this till yet."))
        self.correct.setVisible(till is not None and till.state == tills.OPEN and not found)

    def _past_row(self, till: Till) -> Row:
        day = f"{moment_of(till.opened_at):%Y-%m-%d %H:%M}"
        return Row(till.id, till.name, day, icon="dollar-sign", trailing=dollars(till.count or till.float))

    def _find(self, text: str) -> None:
        desk, session = self._session.desk, self._session
        if holds_card(text):
            self.search.clear()
            self.nothing.setText(card_said())
            return
        lines = session.store.search(text, LOOKED_AT) if text.strip() else []
        known = [one for one in lines if one.service in session.catalogue]
        cases = [one for one in known if not session.catalogue.get(one.service).internal]
        asked = [(one, to_be_paid(desk, desk.record(one.id))) for one in cases]
        rows = [
            Row(one.id, one.title, " · ".join(filter(None, (one.reference, one.address))), trailing=left)
            for one, left in asked
            if left
        ]
        self.found.show_rows(rows[:FOUND])
        self.found.fit(FOUND)
        self.found.setVisible(bool(rows))
        self.nothing.setText(_nothing(len(cases)) if text.strip() and not rows else "")
        if rows:
            self.found.choose(rows[0].id)

    def _take_first(self) -> None:
        if self.found.isVisible() and self.found.current():
            self.case.emit(self.found.current())

    def _number_typed(self, text: str) -> None:
        if holds_card(text):
            self.number.clear()
            self.missing.setText(card_said())
        elif text:
            self.missing.setText("")

    def _find_receipt(self) -> None:
        if not self.number.text().strip():
            return
        record = find_receipt(self._session.desk, self.number.text())
        words = tr("No receipt on this laptop has this number. One that a colleague took comes with the next sync.")
        self.missing.setText("" if record else words)
        if record is not None:
            self.number.clear()
            self.receipt.emit(record.id)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.correct.clicked.connect(self.correct_float)
        self.count.clicked.connect(self.closing)
        self.counting.done.connect(self._done)
        self.counting.left.connect(self.show_again)
        self.search.textChanged.connect(self._find)
        self.search.down.connect(self.found.step_in)
        self.search.returnPressed.connect(self._take_first)
        self.found.opened.connect(self.case)
        self.number.textChanged.connect(self._number_typed)
        self.number.returnPressed.connect(self._find_receipt)
        self.receipts.opened.connect(self.receipt)
        self.past.opened.connect(self.report)
        self.overpaid.receipt.connect(self.receipt)

    def _lay_out(self) -> None:
        self._work = self._working()
        self._stack = Stack(self.counting, self._work)
        right = QVBoxLayout()
        right.setSpacing(16)
        find = Card(tr("Find a receipt"), padding=16)
        find.body.addWidget(self.number)
        find.body.addWidget(self.missing)
        self._before = Card(tr("Earlier tills"), padding=0)
        self._before.body.addWidget(self.past, 1)
        right.addWidget(self.overpaid)
        right.addWidget(find)
        right.addWidget(self._before, 1)
        right.addStretch(1)
        columns = Beside()
        columns.addWidget(self._stack, 2)
        columns.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self.head)
        whole.addLayout(columns, 1)

    def _working(self) -> QWidget:
        ask = Card(padding=16, spacing=8)
        ask.body.addWidget(label(tr("What is to be paid?"), "strong"))
        for widget in (self.search, self.found, self.nothing):
            ask.body.addWidget(widget)
        self.found.hide()
        listed = Card(padding=0)
        self._how_many = label("", "strong")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.addWidget(self._how_many)
        listed.body.addLayout(head)
        listed.body.addWidget(self.receipts, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(ask)
        column.addWidget(listed, 1)
        return page


def _nothing(cases: int) -> str:
    """Why nothing is listed."""
    if not cases:
        return tr("No case here has these words.")
    return plural(cases, "{n} case has these words, and owes nothing.", "{n} cases have these words, and owe nothing.")
