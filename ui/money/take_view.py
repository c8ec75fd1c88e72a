"""TakeView: why a case owes this amount, and taking the money. The keys begin where the cash is written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.actions import Handed, balance, owed, paid_for, take_payment
from fieldapp.counter import visit as visits
from fieldapp.errors import FieldAppError
from fieldapp.money import payment as pay
from fieldapp.money.cash import ZERO, amount_in, dollars, written
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.money.guarding import TEXT_KEYS, amount_field, guarded
from ui.money.link_card import LinkCard
from ui.money.why_card import WhyCard
from ui.session import Session
from ui.titles import title_of
from ui.widgets import Beside, Button, Card, Option, PageHeader, Segmented, label


class TakeView(QWidget):
    """`taken` tells the record of the payment and the change to give, `left` that nothing was taken."""

    taken = Signal(str, object)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._case: Record | None = None
        self._left = ZERO
        self.back = Button(tr("Back"), hint="Esc")
        self.confirm = Button(tr("Take the payment"), "primary", hint=tr("Ctrl Enter"))
        self.head = PageHeader("", "", (self.back, self.confirm))
        self.why = WhyCard()
        self.lines = self.why.lines
        self.amount_box, self.amount = amount_field(tr("Amount to pay now"), required=True)
        self.method = Segmented(_ways(), name=tr("Way of paying"), clearable=False, stacks=True)
        self.proof_box, self.proof = guarded(tr("Number"), required=True)
        self.tendered_box, self.tendered = amount_field(
            tr("Cash handed over"), hint=tr("Blank: the exact amount. Letters choose another way of paying.")
        )
        self.reason_box, self.reason = guarded(tr("Why is it waived, and who decided?"), required=True)
        self.paid = label("", "heading")
        self.change = label("", "heading", tone="ok")
        self.fault = label("", "body", tone="bad", wrap=True)
        self.link = LinkCard(session)
        self._lay_out()
        self._connect()

    @property
    def case_id(self) -> str:
        """The case that is shown, "" for none."""
        return self._case.id if self._case else ""

    def show_case(self, record: Record) -> None:
        """What this case owes, as it stands."""
        desk = self._session.desk
        self._case, quote, self._left = record, owed(desk, record), balance(desk, record)
        self.head.say(tr("Payment"), f"{title_of(desk, record)} · {record.reference}")
        self.why.show_quote(quote, sum((one.owed_back for one in paid_for(desk, record)), ZERO), self._left)
        waived = quote.waived and bool(quote.full)
        self.amount.setText(written(quote.full if waived else max(ZERO, self._left)))
        self._fix_amount()
        self.reason.setText(quote.reason)
        self.method.choose(pay.WAIVED if waived else pay.CASH)
        for box, field in ((self.proof_box, self.proof), (self.tendered_box, self.tendered)):
            field.clear()
            box.show_error("")
        self.link.show_case(record, self._left)
        self._follow()
        self.confirm.setEnabled(waived or self._left > 0)
        self._begin()

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
        self.taken.emit(made.id, handed.change)

    @property
    def _of_visit(self) -> bool:
        return self._case is not None and self._case.service == visits.SERVICE

    def _fix_amount(self) -> None:
        """The services of a visit are paid together: then the amount is not for anybody to change."""
        self.amount.setReadOnly(self._of_visit)
        self.amount.setFocusPolicy(Qt.FocusPolicy.ClickFocus if self._of_visit else Qt.FocusPolicy.StrongFocus)
        hint = tr("All of the visit. Take a part, or waive a fee, from the single request.") if self._of_visit else ""
        self.amount_box.say(tr("Amount to pay now"), hint)

    def _begin(self) -> None:
        """The keys go where something is still to be written."""
        asked = (self.tendered, self.proof, self.reason)
        next((one for one in asked if one.isVisibleTo(self)), self.method).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits that are typed on the ways of paying belong to the line below them: the cash, or the slip's number."""
        line = next((one for one in (self.tendered, self.proof) if one.isVisibleTo(self)), None)
        if line is not None and event.text().isdecimal() and not event.modifiers() & ~TEXT_KEYS:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _choose_by(self, letter: str) -> None:
        """A letter where an amount is asked chooses the way of paying: "cr" for credit."""
        self.method.type_letter(letter)

    def _handed(self) -> Handed:
        method = self.method.value()
        tendered = amount_in(self.tendered.text()) if method == pay.CASH and self.tendered.text().strip() else None
        return Handed(amount_in(self.amount.text()), method, self.proof.text(), tendered, self.reason.text())

    def _follow(self) -> None:
        """The fields that the way of paying needs, what is paid after rounding, and the change."""
        method = self.method.value()
        self.proof_box.setVisible(method in pay.PROOFS)
        if self.proof_box.label.text() != _proof_name(method):
            self.proof_box.say(_proof_name(method))
        self.tendered_box.setVisible(method == pay.CASH)
        self.reason_box.setVisible(method == pay.WAIVED)
        for said in (self.paid, self.change, self.fault):
            said.setText("")
        try:
            handed = self._handed()
        except FieldAppError as error:
            self.fault.setText(str(error) if self.amount.text().strip() else "")
            return
        self.paid.setText(tr("To take: {amount}", amount=dollars(handed.paid)))
        self.fault.setText(self._wrong(handed))
        if handed.tendered is not None and not handed.fault:
            self.change.setText(tr("Change: {amount}", amount=dollars(handed.change)))

    def _wrong(self, handed: Handed) -> str:
        """What is seen at once, and need not be tried."""
        if handed.method == pay.WAIVED:
            return tr("A visit is paid whole: waive a fee from the single request.") if self._of_visit else ""
        if handed.asked > self._left > 0:
            return tr("That is more than is still to be paid: {left}.", left=dollars(self._left))
        return handed.fault

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.confirm.clicked.connect(self.take)
        self.method.chosen.connect(lambda _value: self._follow())
        self.method.entered.connect(self._begin)
        for field in (self.amount, self.tendered):
            field.textChanged.connect(self._follow)
            field.lettered.connect(self._choose_by)
        for written_in in (self.proof, self.reason):
            written_in.textChanged.connect(self._follow)  # what was missing is there now
        self.amount.returnPressed.connect(self._begin)
        for last in (self.tendered, self.proof, self.reason):
            last.returnPressed.connect(self.confirm.setFocus)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.why, 1)
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
