"""PaidLines: what was paid for a case or a visit, each receipt with its amount, and the way to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.actions import receipts_of
from fieldapp.money import payment as pay
from fieldapp.money.cash import dollars
from fieldapp.money.payment import Payment
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.session import Session
from ui.today.detail import empty
from ui.widgets import Button


class PaidLines(QWidget):
    """`receipt` asks to show a payment. Hidden while nothing was paid."""

    receipt = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.buttons: list[Button] = []
        self.hide()

    def show_case(self, case: Record) -> None:
        """As it stands now."""
        empty(self._column)
        found = receipts_of(self._session.desk, case)
        self.buttons = [Button(_said(one), "quiet", icon="receipt") for one in found]
        for one, button in zip(found, self.buttons, strict=True):
            button.clicked.connect(partial(self.receipt.emit, one.id))
            self._column.addWidget(button)
        self.setVisible(bool(found))

    def clear(self) -> None:
        """Nothing of the last resident stays."""
        empty(self._column)
        self.buttons = []
        self.hide()


def _said(one: Payment) -> str:
    words = {"amount": dollars(one.paid), "number": one.name}
    if one.state == pay.VOID:
        return tr("{number} is void", number=one.name)
    if one.kind == "refund":
        return tr("Paid back {amount}, {number}", **words)
    return (
        tr("Waived, {number}", number=one.name) if one.method == pay.WAIVED else tr("Paid {amount}, {number}", **words)
    )
