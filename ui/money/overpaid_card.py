"""OverpaidCard: the cases for which too much was paid, each with the way to the receipt that is paid back."""

from __future__ import annotations

from PySide6.QtCore import Signal

from fieldapp.actions import all_too_much
from fieldapp.money.cash import dollars
from fieldapp.money.standing import Overpaid
from fieldapp.texts import tr
from ui.session import Session
from ui.widgets import Card, ListCard, Row, label

ROWS = 4  # seen at once


class OverpaidCard(Card):
    """Hidden while there is no such case. `receipt` asks to show a payment."""

    receipt = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Paid too much"), padding=12)
        self._session = session
        self.list = ListCard(tr("Paid too much"), flat=True)
        self.body.addWidget(label(tr("Who did not take the money pays it back, at an open till."), "sub", wrap=True))
        self.body.addWidget(self.list)
        self.list.opened.connect(self.receipt)

    def show_now(self) -> None:
        """How things stand on this laptop."""
        found = all_too_much(self._session.desk)
        rows = (_row(one, self._session.person.id) for one in found)
        self.list.show_rows([row for row in rows if row is not None])
        self.list.fit(ROWS)
        self.setVisible(bool(found))


def _row(told: Overpaid, person: str) -> Row | None:
    first = told.back(person)
    if first is None:
        return None
    numbers = ", ".join(one.name for one in told.receipts)
    return Row(first[0].id, told.reference, numbers, icon="receipt", trailing=dollars(told.amount))
