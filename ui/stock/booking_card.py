"""BookingCard: book what was received, spoilt or counted at an office."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from fieldapp.actions.stock import book_stock
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.stock import moves as stock
from fieldapp.stock.items import StockItem, counted_on
from fieldapp.texts import language, tr
from ui.session import Session
from ui.widgets import Button, Card, FieldBox, Option, Segmented, label


class BookingCard(Card):
    """`booked` tells that something was booked."""

    booked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Book"), padding=16, spacing=12)
        self._session = session
        self._office = ""
        self.kind = Segmented(_kinds(), name=tr("What happened?"), clearable=False, stacks=True)
        self.item = QComboBox()
        self._items = counted_on(today(session.clock))
        for one in self._items:
            self.item.addItem(one.title.text(language()), one.id)
        self.quantity, self.numbers, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.quantity_box = FieldBox(tr("How many?"), self.quantity, required=True)
        hint = tr("Singly or as spans: ML 000120-ML 000169, ML 000201")
        self.numbers_box = FieldBox(tr("Which numbers?"), self.numbers, required=True, hint=hint)
        self.reason_box = FieldBox(tr("Why?"), self.reason)
        self.button = Button(tr("Book"), "primary", hint=tr("Ctrl Enter"))
        self.fault = label("", "body", tone="bad", wrap=True)
        self.body.addWidget(self.kind)
        self.body.addWidget(FieldBox(tr("What?"), self.item))
        for widget in (self.quantity_box, self.numbers_box, self.reason_box, self.fault):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.kind.choose(stock.RECEIVE)
        self.kind.chosen.connect(lambda _value: self._follow())
        self.item.currentIndexChanged.connect(lambda _index: self._follow())
        self.button.clicked.connect(self.book)
        self._follow()

    def show_office(self, office: str) -> None:
        """Book at this office."""
        self._office = office
        self.setEnabled(bool(office and self._items))

    def choose(self, item: str) -> None:
        """Offer an item."""
        self.item.setCurrentIndex(max(0, self.item.findData(item)))
        self._follow()

    def book(self) -> None:
        """Book it; what forbids it is said, and nothing is kept."""
        session, one = self._session, self._chosen()
        if one is None or not self._office:
            return
        many, kind, numbers, reason = self._many(), self.kind.value(), self.numbers.text(), self.reason.text()
        try:
            session.saved(
                lambda: book_stock(
                    session.desk, kind, one.id, self._office, quantity=many, numbers=numbers, reason=reason
                )
            )
        except FieldAppError as error:
            self.fault.setText(str(error))
            return
        for field in (self.quantity, self.numbers, self.reason):
            field.clear()
        self.fault.setText("")
        session.say(tr("Booked"))
        self.booked.emit()

    def _many(self) -> int:
        text = self.quantity.text().strip()
        return int(text) if text.isdecimal() and len(text) < 7 else -1

    def _chosen(self) -> StockItem | None:
        index = self.item.currentIndex()
        return self._items[index] if 0 <= index < len(self._items) else None

    def _follow(self) -> None:
        """The fields that the item and what happened need."""
        one, kind = self._chosen(), self.kind.value()
        numbered = one is not None and one.numbered
        self.quantity_box.setVisible(not numbered)
        self.numbers_box.setVisible(numbered)
        self.reason_box.setVisible(kind != stock.RECEIVE)
        self.reason_box.show_required(kind != stock.COUNT)
        why = tr("Why, or to which office?")
        self.reason_box.say(tr("What explains a difference, if there is one?") if kind == stock.COUNT else why)
        self.fault.setText("")


def _kinds() -> tuple[Option, ...]:
    return (
        Option(stock.RECEIVE, tr("Received")),
        Option(stock.SEND, tr("Sent away")),
        Option(stock.SPOIL, tr("Spoilt or lost")),
        Option(stock.COUNT, tr("Counted")),
    )
