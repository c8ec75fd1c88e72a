"""That more was paid for a record than it owes, by which receipts, and the way to the one that is paid back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldapp.actions import too_much
from fieldapp.money.standing import Overpaid
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.session import Navigate, Session
from ui.widgets import Button, label


class PaidTooMuch(QWidget):
    """One line, hidden where nothing was paid too much."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__()
        self._session, self._navigate = session, navigate
        self._told: Overpaid | None = None
        self.words = label("", "body", tone="bad", wrap=True)
        self.back = Button(tr("To the receipt"), icon="receipt")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.back)
        self.back.clicked.connect(self._go)

    def show_record(self, record: Record) -> None:
        """Show how the record stands with its payments."""
        desk = self._session.desk
        paid = record.service in desk.catalogue and not desk.service_of(record).internal
        self._told = too_much(desk, record) if paid else None
        self.setVisible(self._told is not None)
        if self._told is not None:
            self.words.setText(said(self._told))
            self.back.setVisible(bool(self._told.receipts))

    def _go(self) -> None:
        if self._told is not None and (first := self._told.back(self._session.person.id)):
            self._navigate("money", shown=first[0].id)


def said(told: Overpaid) -> str:
    """What was paid too much, and what is to be done about it."""
    return tr("{what}. A second person pays it back.", what=told.said)
