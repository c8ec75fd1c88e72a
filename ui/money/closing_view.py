"""ClosingView: count blind, then see what should be there, explain a difference, name what is unsent, close."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.actions import close_till, count_till, my_till, payments_in, recount_till, unsent
from fieldapp.actions.stock import uncounted
from fieldapp.errors import FieldAppError, RefusedError
from fieldapp.money import till as tills
from fieldapp.money.cash import ZERO, amount_in, difference_said, dollars, kept
from fieldapp.money.dayend import apart
from fieldapp.money.till import Till, takings
from fieldapp.texts import language, tr
from ui.money.guarding import amount_field, guarded
from ui.money.pieces import PieceGrid
from ui.session import Session
from ui.widgets import Beside, Button, Card, FieldBox, PageHeader, Scroll, label
from ui.widgets.labels import set_tone
from ui.widgets.stack import Stack

FIELD = 180  # px at scale 1 for a field and its name
DIGITS = 4  # of a number of cheques


class ClosingView(QWidget):
    """`closed` tells the record of the till, `left` asks to go back."""

    closed = Signal(str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.back = Button(tr("Back"), hint="Esc")
        self.confirm = Button("", "primary", hint=tr("Ctrl Enter"))
        self.head = PageHeader("", "", (self.back, self.confirm))
        self.pieces = PieceGrid()
        self.cheques = QLineEdit()
        self.cheques_box, self.cheques_sum = amount_field(tr("Their sum"))
        self.slips_box, self.slips = amount_field(tr("Total on the terminal's day slip"))
        self.agrees = label("", "heading")
        self.told = label("", "body", wrap=True)
        self.differs = label("", "body", tone="bad", wrap=True)  # the slip or the cheques, against what was taken
        self.reason_box, self.reason = guarded(tr("What explains the difference?"), required=True)
        self.waiting = label("", "body", tone="warn", wrap=True)
        self.stock = label("", "body", tone="warn", wrap=True)
        self.although = QCheckBox(tr("Close although these are not with the City yet"))
        self.again_box, self.again = guarded(tr("Why is it counted again?"))
        self.recount = Button(tr("Count again"), icon="refresh-cw")
        self.fault = label("", "body", tone="bad", wrap=True)
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.confirm.clicked.connect(self.go_on)
        self.recount.clicked.connect(self._recount)

    def show_now(self) -> None:
        """Count, or close what was counted."""
        till = my_till(self._session.desk)
        if till is None:
            return
        counted = till.state == tills.COUNTED
        self._complain("")
        self._stack.setCurrentIndex(1 if counted else 0)
        self.confirm.show_as(tr("Close the till") if counted else tr("That is the count"))
        if counted:
            self.head.say(tr("Close {name}", name=till.name), tr("The count stands. Nobody can change it any more."))
            self._show_sums(till)
        else:
            about = tr("Count everything first; what should be there is shown after that.")
            self.head.say(tr("Count {name}", name=till.name), about)

    def begin(self) -> None:
        """Where the keys go first."""
        if self._stack.currentIndex() == 0:
            self.pieces.begin()
        else:
            asked = (self.reason, self.although)
            next((one for one in asked if one.isVisibleTo(self)), self.confirm).setFocus()

    def go_on(self) -> None:
        """Keep the count, or close the till."""
        try:
            if self._stack.currentIndex() == 0:
                self._keep_count()
            else:
                self._close()
        except FieldAppError as error:
            self._complain(str(error))

    def _keep_count(self) -> None:
        session, cheques = self._session, self._how_many_cheques()
        if not self.pieces.pieces:  # nobody can change a count, so one that was not made is none
            raise RefusedError(tr("Count the till first: how many of each note and coin. If it is empty, write a 0."))
        amount = amount_in(self.cheques_sum.text()) if self.cheques_sum.text().strip() else ZERO
        slips = kept(amount_in(self.slips.text())) if self.slips.text().strip() else ""
        session.saved(lambda: count_till(session.desk, self.pieces.pieces, (cheques, amount), slips))
        self.show_now()
        self.begin()

    def _how_many_cheques(self) -> int:
        number = self.cheques.text().strip() or "0"
        if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS):
            raise RefusedError(tr("How many cheques? Write a number."))
        return int(number)

    def _close(self) -> None:
        session, reason, although = self._session, self.reason.text(), self.although.isChecked()
        record = session.saved(lambda: close_till(session.desk, reason=reason, although_unsent=although))
        for field in (self.reason, self.again, self.cheques, self.cheques_sum, self.slips):
            field.clear()
        self.pieces.clear()
        self.closed.emit(record.id)

    def _complain(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    def _recount(self) -> None:
        session, reason = self._session, self.again.text()
        try:
            session.saved(lambda: recount_till(session.desk, reason))
        except FieldAppError as error:
            self._complain(str(error))
            return
        self.pieces.clear()
        self.show_now()
        self.begin()

    def _show_sums(self, till: Till) -> None:
        desk = self._session.desk
        sums = takings(payments_in(desk, till.id))
        should, difference = tills.expected(till, sums), tills.over_short(till, sums)
        words = tr(
            "Counted {counted}; there should be {should}: float {start}, cash taken {took}, paid back in cash {back}.",
            counted=dollars(till.count or ZERO),
            should=dollars(should),
            start=dollars(till.float),
            took=dollars(sums.took["cash"]),
            back=dollars(sums.back_cash),
        )
        self.told.setText(words)
        differs = "\n".join(apart(desk.record(till.id), sums))
        self.differs.setText(differs)
        self.differs.setVisible(bool(differs))
        only_cash = bool(differs) and not difference  # the whole count does not agree
        self.agrees.setText(tr("The cash agrees, the rest does not.") if only_cash else difference_said(difference))
        set_tone(self.agrees, "bad" if difference or differs else "ok")
        self.reason_box.setVisible(bool(difference))
        self._show_stock()
        waiting = unsent(desk, till.id)
        self.waiting.setText(waiting.said)
        self.waiting.setVisible(bool(waiting.numbers))
        self.although.setVisible(bool(waiting.numbers))
        self.although.setChecked(False)

    def _show_stock(self) -> None:
        """The end of the day is also when stock is counted."""
        names = ", ".join(one.item.title.text(language()) for one in uncounted(self._session.desk))
        self.stock.setText(tr("Stock that was not counted today: {items}", items=names) if names else "")
        self.stock.setVisible(bool(names))

    def _lay_out(self) -> None:
        self._stack = Stack()
        self._stack.addWidget(self._counting())
        self._stack.addWidget(self._summing())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self.head)
        whole.addWidget(self.fault)  # in sight of the key that was pressed, also where the page scrolls
        whole.addWidget(self._stack, 1)

    def _counting(self) -> QWidget:
        scroll = Scroll(spacing=16)
        cash = Card(tr("Notes and coins"), padding=16)
        cash.body.addWidget(self.pieces)
        other = Card(tr("Everything else"), padding=16, spacing=12)
        row = Beside(FIELD)
        row.addWidget(FieldBox(tr("Cheques and money orders"), self.cheques, hint=tr("How many")))
        row.addWidget(self.cheques_box)
        row.addWidget(self.slips_box)
        other.body.addLayout(row)
        scroll.body.addWidget(cash)
        scroll.body.addWidget(other)
        scroll.body.addStretch(1)
        return scroll

    def _summing(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        sums = Card(padding=16, spacing=12)
        for widget in (self.agrees, self.told, self.differs, self.reason_box, self.waiting, self.although, self.stock):
            sums.body.addWidget(widget)
        again = Card(tr("Was something miscounted?"), padding=16, spacing=12)
        again.body.addWidget(label(tr("The first count stays in the history."), "sub", wrap=True))
        again.body.addWidget(self.again_box)
        row = QHBoxLayout()
        row.addWidget(self.recount)
        row.addStretch(1)
        again.body.addLayout(row)
        column.addWidget(sums)
        column.addWidget(again)
        column.addStretch(1)
        return page
