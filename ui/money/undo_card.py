"""UndoCard: void a receipt, or pay it back. For a second person, with a reason; the receipt keeps all it says."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from fieldapp.actions import Handed, refund, too_much, void_payment
from fieldapp.errors import FieldAppError
from fieldapp.money import payment as pay
from fieldapp.money.cash import amount_in, kept
from fieldapp.money.payment import Payment, payment_of
from fieldapp.records import Record
from fieldapp.services import workflow
from fieldapp.texts import tr
from ui.money.guarding import guarded
from ui.session import Session
from ui.widgets import Button, Card, FieldBox, Option, Segmented, label
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
        self.amount = QLineEdit()
        self.amount_box = FieldBox(tr("Amount to pay back"), self.amount)
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
        words = tr("You did not take this payment, so you may undo it. The receipt keeps its number and all it says.")
        self.about.setText(self._refused(one, str(refusal)) if refusal else words)
        for widget in (self.reason_box, self.amount_box, self.method, self.void, self.back):
            widget.setVisible(free)
        self.setVisible(one.kind != "refund")
        self.proof_box.hide()
        self.fault.setText("")
        self.reason.clear()
        self.amount.setText(kept(self._to_pay_back(one)))
        self.method.choose(one.method if one.method in pay.METHODS else pay.CASH)
        self.proof_box.setVisible(free and self.method.value() in pay.PROOFS)

    def _refused(self, one: Payment, why: str) -> str:
        """Why nothing can be undone, and who can; what became of it already."""
        if one.state == pay.VOID:
            return tr("This receipt is void: it does not count.")
        if one.clerk == self._session.person.id and one.state == pay.RECEIVED:
            return tr(
                "You took this payment: undoing it needs a second person. A colleague or a supervisor finds it by its "
                "number under Till and payments, on their own laptop once it is sent."
            )
        return why

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
