"""TillView: open a till; or what is in it, the case to be paid next, and the way to its count."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.actions import balance, find_receipt, my_closed, my_till, open_till, payments_in, unsent
from fieldapp.clock import moment_of
from fieldapp.errors import FieldAppError
from fieldapp.money import payment as pay
from fieldapp.money import till as tills
from fieldapp.money.cash import dollars
from fieldapp.money.papers import methods
from fieldapp.money.payment import Payment
from fieldapp.money.till import Till
from fieldapp.texts import plural, tr
from ui.money.float_card import FloatCard
from ui.money.overpaid_card import OverpaidCard
from ui.money.pieces import PieceGrid
from ui.session import Session
from ui.widgets import Beside, Button, Card, FieldBox, ListCard, PageHeader, Row, SearchField, label
from ui.widgets.stack import Stack

FOUND, PAST = 8, 10


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
        self.count = Button(tr("Count and close"), icon="dollar-sign")
        self.wrong = Button(tr("Correct the float"), "plain", icon="pencil")
        self.correcting = FloatCard(session)
        self.head = PageHeader("", "", (self.back, self.wrong, self.count))
        self.search = SearchField(tr("Reference, name or address of the case"), name=tr("Find the case to be paid"))
        self.found = ListCard(tr("Cases"), flat=True)
        self.nothing = label("", "sub", wrap=True)
        self.number = SearchField(tr("Number of a receipt: RC26-000123"), name=tr("Find a receipt"))
        self.missing = label("", "small", tone="bad", wrap=True)
        self.receipts = ListCard(tr("Receipts of this till"), flat=True)
        self.past = ListCard(tr("Earlier tills"), flat=True)
        self.overpaid = OverpaidCard(session)
        self.name = QLineEdit()
        self.name_box = FieldBox(
            tr("Name of the till"), self.name, required=True, hint=tr("As it is written on it, such as City Hall 1")
        )
        self.float = PieceGrid()
        self.open = Button(tr("Open the till"), "primary", hint=tr("Ctrl Enter"))
        self.fault = label("", "body", tone="bad", wrap=True)
        self._lay_out()
        self._connect()

    def show_now(self) -> None:
        """How things stand."""
        till = my_till(self._session.desk)
        self.head.say(tr("Till and payments"), self._about(till))
        self.count.setVisible(till is not None)
        self.count.show_as(tr("Close the till") if till and till.state == tills.COUNTED else tr("Count and close"))
        self._stack.setCurrentIndex(0 if till is None else 1)
        self._show_receipts(till)
        empty = till is not None and till.state == tills.OPEN and not payments_in(self._session.desk, till.id)
        self.wrong.setVisible(empty)
        self.overpaid.show_now()
        before = my_closed(self._session.desk, PAST)
        self.past.show_rows([self._past_row(one) for one in before])
        self._before.setVisible(bool(before))

    def begin(self) -> None:
        """Where the keys go first. The till is most often the one of last time."""
        self.search.clear()
        if my_till(self._session.desk) is not None:
            self.search.setFocus()
            return
        last = my_closed(self._session.desk, 1)
        if last and not self.name.text():
            self.name.setText(last[0].name)
        self.name.setFocus()
        self.name.selectAll()

    @property
    def corrects(self) -> bool:
        """Whether the float is being corrected."""
        return self._stack.currentWidget() is self.correcting

    def correct(self) -> None:
        """The float was counted wrong."""
        if (till := my_till(self._session.desk)) is not None:
            self.correcting.show_till(self._session.desk.record(till.id))
            self._stack.setCurrentWidget(self.correcting)

    def _corrected(self) -> None:
        self.show_now()
        self.begin()

    def open_now(self) -> None:
        """Open the till with what is typed."""
        session = self._session
        if not self.float.pieces:
            self.fault.setText(tr("Count the float first. Where the till is empty, enter 0 once."))
            self.float.begin()
            return
        try:
            session.saved(lambda: open_till(session.desk, self.name.text(), self.float.pieces))
        except FieldAppError as error:
            self.fault.setText(str(error))
            return
        self.fault.setText("")
        self.float.clear()
        self.show_now()
        self.begin()
        self.opened.emit()

    def _about(self, till: Till | None) -> str:
        if till is None:
            return tr("No till is open on this laptop. Money always belongs to a till.")
        since = f"{moment_of(till.opened_at):%H:%M}"
        name, start = till.name, dollars(till.float)
        return tr("{name}, open since {time}, float {amount}", name=name, time=since, amount=start)

    def _show_receipts(self, till: Till | None) -> None:
        found = payments_in(self._session.desk, till.id) if till else []
        found.sort(key=lambda one: one.id, reverse=True)
        waiting = set(unsent(self._session.desk, till.id).numbers) if till else set()
        self.receipts.show_rows([_receipt_row(one, one.name in waiting) for one in found])
        words = plural(len(found), "{n} receipt in this till", "{n} receipts in this till")
        self._how_many.setText(words if found else tr("No receipt in this till yet."))

    def _past_row(self, till: Till) -> Row:
        day = f"{moment_of(till.opened_at):%Y-%m-%d %H:%M}"
        return Row(till.id, till.name, day, icon="dollar-sign", trailing=dollars(till.count or till.float))

    def _find(self, text: str) -> None:
        session = self._session
        rows = []
        for line in session.store.search(text, 30) if text.strip() else ():
            if line.service in session.catalogue and not session.catalogue.get(line.service).internal:
                record = session.desk.record(line.id)
                left = balance(session.desk, record)
                owes = dollars(left) if left else tr("Nothing to pay")
                rows.append(Row(line.id, line.title, f"{line.reference} · {line.address}", trailing=owes))
        self.found.show_rows(rows[:FOUND])
        self.found.fit(FOUND)
        self.found.setVisible(bool(rows))
        self.nothing.setText(tr("No case here has these words.") if text.strip() and not rows else "")
        if rows:
            self.found.choose(rows[0].id)

    def _take_first(self) -> None:
        if self.found.isVisible() and self.found.current():
            self.case.emit(self.found.current())

    def _find_receipt(self) -> None:
        record = find_receipt(self._session.desk, self.number.text())
        self.missing.setText("" if record else tr("This receipt is not on this laptop. It comes with the next sync."))
        if record is not None:
            self.number.clear()
            self.receipt.emit(record.id)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.count.clicked.connect(self.closing)
        self.wrong.clicked.connect(self.correct)
        self.correcting.done.connect(self._corrected)
        self.open.clicked.connect(self.open_now)
        self.search.textChanged.connect(self._find)
        self.search.down.connect(self.found.step_in)
        self.search.returnPressed.connect(self._take_first)
        self.found.opened.connect(self.case)
        self.number.returnPressed.connect(self._find_receipt)
        self.receipts.opened.connect(self.receipt)
        self.past.opened.connect(self.report)
        self.overpaid.receipt.connect(self.receipt)
        self.name.returnPressed.connect(self.float.begin)

    def _lay_out(self) -> None:
        self._stack = Stack()
        self._stack.addWidget(self._opening())
        self._stack.addWidget(self._working())
        self._stack.addWidget(self.correcting)
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

    def _opening(self) -> QWidget:
        card = Card(tr("Open a till"), padding=16, spacing=12)
        card.body.addWidget(self.name_box)
        card.body.addWidget(label(tr("Opening float: how many of each?"), "strong"))
        card.body.addWidget(self.float)
        card.body.addWidget(self.fault)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        return card

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


def _receipt_row(one: Payment, waits: bool) -> Row:
    chips = {pay.VOID: (tr("Void"), "bad"), pay.REFUNDED: (tr("Refunded"), "warn")}
    chip = chips.get(one.state) or ((tr("Not sent"), "plain") if waits else None)
    amount = dollars(-one.paid if one.kind == "refund" else one.paid)
    below = " · ".join(part for part in (one.purpose, one.reference, methods().get(one.method, "")) if part)
    return Row(one.id, one.name, below, icon="receipt", chip=chip, trailing=amount)
