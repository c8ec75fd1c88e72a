"""UndoCard: void a receipt, or pay it back. For a second person, with a reason; the receipt keeps all it says."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal

from fieldapp.actions import Handed, my_till, refund, too_much, void_payment
from fieldapp.errors import FieldAppError, RefusedError
from fieldapp.money import payment as pay
from fieldapp.money import till as tills
from fieldapp.money.cash import amount_in, dollars, written
from fieldapp.money.payment import Payment, payment_of
from fieldapp.records import REASON, Record
from fieldapp.services import workflow
from fieldapp.texts import tr
from ui.money.guarding import amount_field, guarded
from ui.session import Session
from ui.widgets import Button, Card, Option, Segmented, label
from ui.widgets.flow import flowing


class UndoCard(Card):
    """`done` tells the record to be shown after it."""

    done = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Void, or pay back"), padding=16, spacing=12)
        self._session = session
        self._record: Record | None = None
        self.about = label("", "sub", wrap=True)
        self.reason_box, self.reason = guarded(tr("Why?"), required=True)
        self.amount_box, self.amount = amount_field(tr("Amount to pay back"))
        self.method = Segmented(_ways(), name=tr("Way of paying back"), clearable=False, stacks=True)
        self.proof_box, self.proof = guarded(tr("Number"))
        self.void = Button(tr("Void the receipt"), "danger")
        self.back = Button(tr("Pay back"), "danger")
        self.fault = label("", "body", tone="bad", wrap=True)
        boxes = (self.about, self.reason_box, self.amount_box, self.method, self.proof_box, self.fault)
        for widget in boxes:
            self.body.addWidget(widget)
        self.body.addWidget(flowing(self.void, self.back))
        self.body.addStretch(1)
        self.void.clicked.connect(self._void)
        self.back.clicked.connect(self._refund)
        self.method.chosen.connect(lambda value: self.proof_box.setVisible(value in pay.PROOFS))

    def show_payment(self, record: Record) -> None:
        """What this person may do about a payment, or why nothing."""
        self._record = record
        service, one = self._session.desk.service_of(record), payment_of(record)
        step = service.transition("void")
        refusal = workflow.refusal(service, step, record, self._session.desk.reviewer)
        free = refusal is None and one.kind != "refund"
        self.about.setText(self._about(one, record, refusal))
        for widget in (self.reason_box, self.amount_box, self.method, self.back):
            widget.setVisible(free)
        self.void.setVisible(free and self._in_open_till(one))
        till = my_till(self._session.desk)
        without = free and (till is None or till.state != tills.OPEN)
        self.back.setEnabled(not without)
        self.setVisible(one.kind != "refund")
        self.proof_box.hide()
        self.fault.setText(tr("To pay money back, open a till first: it comes out of one.") if without else "")
        self.reason.clear()
        self.amount.setText(written(self._to_pay_back(one)))
        self.method.choose(one.method if one.method in pay.METHODS else pay.CASH)
        self.proof_box.setVisible(free and self.method.value() in pay.PROOFS)

    def _about(self, one: Payment, record: Record, refusal: RefusedError | None) -> str:
        """How it stands with undoing it: done already, for whom it is, or that this person may."""
        if one.state == pay.VOID:
            return tr("This receipt is void: {reason}. It does not count.", reason=record.get(REASON))
        if one.state == pay.REFUNDED:
            gone = {"amount": dollars(one.refunded), "reason": record.get(REASON)}
            return tr("{amount} of this receipt was paid back: {reason}.", **gone)
        if self._session.person.id == one.clerk:
            return tr(
                "You took this payment, so undoing it takes a second person: a colleague who takes money, or a "
                "supervisor. Once it is sent, they open Till and payments on their laptop, type {number} at Find a "
                "receipt, and void it or pay it back.",
                number=one.name,
            )
        if refusal is not None:
            return str(refusal)
        words = tr("You did not take this payment, so you may undo it. The receipt keeps its number and all it says.")
        counted = tr("Its till is counted already: it can be paid back, and not be voided any more.")
        return words if self._in_open_till(one) else f"{words} {counted}"

    def _in_open_till(self, one: Payment) -> bool:
        """Whether its money is not counted yet."""
        till = self._session.store.record(one.till)
        return till is None or till.state == tills.OPEN

    def _to_pay_back(self, one: Payment) -> Decimal:
        """All of it; where its case has too much money, what is too much."""
        case = self._session.store.record(one.case)
        told = too_much(self._session.desk, case) if case is not None else None
        return min(one.asked, told.amount) if told is not None else one.asked

    def _void(self) -> None:
        record, session, reason = self._record, self._session, self.reason.text()
        if record is None:
            return
        try:
            session.saved(lambda: void_payment(session.desk, record.id, reason))
        except FieldAppError as error:
            self.fault.setText(str(error))
            return
        session.say(tr("Voided"))
        self.done.emit(record.id)

    def _refund(self) -> None:
        record, session = self._record, self._session
        if record is None:
            return
        try:
            handed = Handed(
                amount_in(self.amount.text()), self.method.value(), self.proof.text(), None, self.reason.text()
            )
            back = session.saved(lambda: refund(session.desk, record.id, handed))
        except FieldAppError as error:
            self.fault.setText(str(error))
            return
        session.say(tr("Paid back"))
        self.done.emit(back.id)


def _ways() -> tuple[Option, ...]:
    return (
        Option(pay.CASH, tr("Cash")),
        Option(pay.CHEQUE, tr("Cheque")),
        Option(pay.DEBIT, tr("Debit")),
        Option(pay.CREDIT, tr("Credit")),
    )
