"""TakeView: why a case owes this amount, line by line, and taking the money."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.actions import Handed, balance, owed, paid_for, take_payment
from fieldapp.counter import visit as visits
from fieldapp.errors import FieldAppError
from fieldapp.money import payment as pay
from fieldapp.money.cash import ZERO, amount_in, dollars, kept, rounding_said
from fieldapp.money.quote import Quote
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.money.guarding import guarded
from ui.money.link_card import LinkCard
from ui.session import Session
from ui.titles import title_of
from ui.today.detail import empty
from ui.widgets import Beside, Button, Card, FieldBox, Option, PageHeader, Scroll, Segmented, label, line


class TakeView(QWidget):
    """`taken` tells the record of the payment, `left` that nothing was taken."""

    taken = Signal(str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._case: Record | None = None
        self._left = ZERO
        self.back = Button(tr("Back"), hint="Esc")
        self.confirm = Button(tr("Take the payment"), "primary", hint=tr("Ctrl Enter"))
        self.head = PageHeader("", "", (self.back, self.confirm))
        self.lines = Scroll(margins=(0, 0, 0, 0), spacing=8)
        self.amount = QLineEdit()
        self.amount_box = FieldBox(tr("Amount to pay now"), self.amount, required=True)
        self.method = Segmented(_ways(), name=tr("Way of paying"), clearable=False, stacks=True)
        self.proof_box, self.proof = guarded(tr("Number"), required=True)
        self.tendered = QLineEdit()
        self.tendered_box = FieldBox(tr("Cash handed over"), self.tendered, hint=tr("Blank: the exact amount"))
        self.reason_box, self.reason = guarded(tr("Why is it waived, and who decided?"), required=True)
        self.paid = label("", "heading")
        self.change = label("", "strong")
        self.fault = label("", "body", tone="bad", wrap=True)
        self.link = LinkCard(session)
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.confirm.clicked.connect(self.take)
        self.method.chosen.connect(lambda _value: self._follow())
        for field in (self.amount, self.tendered):
            field.textChanged.connect(self._follow)
        self.amount.returnPressed.connect(self._to_tendered)

    @property
    def case_id(self) -> str:
        """The case that is shown, "" for none."""
        return self._case.id if self._case else ""

    def show_case(self, record: Record) -> None:
        """What this case owes, as it stands."""
        desk = self._session.desk
        self._case, quote, self._left = record, owed(desk, record), balance(desk, record)
        self.head.say(tr("Payment"), f"{title_of(desk, record)} · {record.reference}")
        self._fill(quote, sum((one.owed_back for one in paid_for(desk, record)), ZERO))
        waived = quote.waived and bool(quote.full)
        self.amount.setText(kept(quote.full if waived else max(ZERO, self._left)))
        self.reason.setText(quote.reason)
        self.method.choose(pay.WAIVED if waived else pay.CASH)
        self.proof.clear()
        self.tendered.clear()
        self.fault.setText("")
        self.link.show_case(record, self._left)
        self._follow()
        self.confirm.setEnabled(waived or self._left > 0)
        self.amount.setReadOnly(record.service == visits.SERVICE)  # a visit is paid whole
        first = self.amount if waived or self._left <= 0 else self.tendered
        first.setFocus()
        first.selectAll()

    def take(self) -> None:
        """Take the money; what forbids it is said, and nothing is kept."""
        case, session = self._case, self._session
        if case is None or not self.confirm.isEnabled():
            return
        try:
            handed = self._handed()
            made = session.saved(lambda: take_payment(session.desk, case, handed))
        except FieldAppError as error:
            self.fault.setText(str(error))
            return
        self.taken.emit(made.id)

    def _to_tendered(self) -> None:
        """Enter behind the amount: to what is handed over, where that is asked."""
        asked = (self.tendered, self.proof, self.reason)
        next((one for one in asked if one.isVisibleTo(self)), self.method).setFocus(Qt.FocusReason.TabFocusReason)

    def _handed(self) -> Handed:
        method = self.method.value()
        tendered = amount_in(self.tendered.text()) if method == pay.CASH and self.tendered.text().strip() else None
        return Handed(amount_in(self.amount.text()), method, self.proof.text(), tendered, self.reason.text())

    def _follow(self) -> None:
        """The fields that the way of paying needs, what is paid after rounding, and the change."""
        method = self.method.value()
        self.proof_box.setVisible(method in pay.PROOFS)
        self.proof_box.say(_proof_name(method))
        self.tendered_box.setVisible(method == pay.CASH)
        self.reason_box.setVisible(method == pay.WAIVED)
        self.fault.setText("")
        try:
            handed = self._handed()
        except FieldAppError as error:
            self.paid.setText("")
            self.change.setText("")
            self.fault.setText(str(error) if self.amount.text().strip() else "")
            return
        self.paid.setText(tr("To take: {amount}", amount=dollars(handed.paid)))
        back = (handed.tendered or ZERO) - handed.paid
        self.change.setText(tr("Change: {amount}", amount=dollars(back)) if handed.tendered and back >= 0 else "")

    def _fill(self, quote: Quote, paid: Decimal) -> None:
        empty(self.lines.body)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(16)
        rows: list[tuple[str, str, str]] = []
        for one in quote.lines:
            rows.append((one.title, one.why, dollars(one.amount)))
            rows += [(tr("HST"), "", dollars(one.hst))] if one.hst else []
        rows.append((tr("Sum"), "", dollars(quote.full)))
        rows += [(tr("Waived"), quote.reason, dollars(-quote.full))] if quote.waived else []
        rows += [(tr("Paid so far"), "", dollars(-paid))] if paid else []
        for name, why, amount in rows if quote.lines else ():
            _add(grid, name, why, amount)
        left = tr("Paid too much") if self._left < 0 else tr("Still to pay")
        _add(grid, left, "", dollars(abs(self._left)), "strong")
        self.lines.body.addLayout(grid)
        if not quote.lines:
            self.lines.body.addWidget(
                label(tr("This case asks for no fee, or its form is not that far yet."), wrap=True)
            )
        self.lines.body.addStretch(1)

    def _lay_out(self) -> None:
        why = Card(tr("Why this amount"), padding=16)
        why.body.addWidget(self.lines, 1)
        why.body.addWidget(line())
        why.body.addWidget(label(rounding_said(), "small", wrap=True))
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(why, 1)
        left.addWidget(self.link)
        take = Card(tr("Payment"), padding=16, spacing=12)
        take.body.addWidget(self.amount_box)
        take.body.addWidget(self.method)
        for box in (self.proof_box, self.tendered_box, self.reason_box):
            take.body.addWidget(box)
        for said in (self.paid, self.change, self.fault):
            take.body.addWidget(said)
        take.body.addWidget(label(tr("Never write down a card number: use the terminal."), "small", wrap=True))
        take.body.addStretch(1)
        columns = Beside()
        columns.addLayout(left, 1)
        columns.addWidget(take, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self.head)
        whole.addLayout(columns, 1)


def _add(grid: QGridLayout, name: str, why: str, amount: str, style: str = "body") -> None:
    row = grid.rowCount()
    grid.addWidget(label(name, style, wrap=True), row, 0)
    grid.addWidget(label(amount, style), row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    if why:
        grid.addWidget(label(why, "small", wrap=True), row + 1, 0)


def _ways() -> tuple[Option, ...]:
    return (
        Option(pay.CASH, tr("Cash")),
        Option(pay.CHEQUE, tr("Cheque")),
        Option(pay.ORDER, tr("Money order")),
        Option(pay.DEBIT, tr("Debit")),
        Option(pay.CREDIT, tr("Credit")),
        Option(pay.WAIVED, tr("Waived")),
    )


def _proof_name(method: str) -> str:
    names = {pay.CHEQUE: tr("Cheque number"), pay.ORDER: tr("Number of the money order")}
    return names.get(method, tr("Reference on the terminal's slip"))
