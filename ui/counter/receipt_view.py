"""The confirmation: the reference in large letters, where the record is now, what happens next, what was recorded."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.actions import balance
from fieldapp.actions.issuing import paper_bytes, papers
from fieldapp.actions.survey import may_ask
from fieldapp.documents.issued.composing import ACKNOWLEDGEMENT
from fieldapp.errors import FieldAppError
from fieldapp.money.cash import dollars
from fieldapp.records import Record
from fieldapp.texts import tr
from ui import theme
from ui.choosing import where_to_save_pdf
from ui.counter.columns import below
from ui.counter.receipt import Receipt, receipt
from ui.printing import print_out
from ui.records.pdf_file import write_pdf
from ui.records.proof import ProofStrip, steps
from ui.session import Session
from ui.today.detail import empty
from ui.widgets import Button, Card, Icon, PageHeader, Scroll, label, line

LARGE = 26  # px: the one thing that is read aloud and copied by hand; on a small screen it stays in one line


class ReceiptView(QWidget):
    """Shows one record's receipt; `finished` asks for the next resident, `paying` to take money for the record,
    `asking` to turn the screen to the resident for the three questions."""

    finished = Signal()
    asking = Signal()
    paying = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._record = ""
        self._made: Receipt | None = None
        self.next = Button(tr("Next resident"), "primary", hint=tr("Ctrl Enter"))
        self.printing = Button(tr("Print"), icon="printer")
        self.saving = Button(tr("Save as PDF"), icon="download")
        self.pay = Button(tr("Take the payment"), icon="receipt", hint=tr("Ctrl T"))
        self.ask = Button(tr("Three questions"), icon="message-square", hint=tr("Ctrl E"))
        self._head = PageHeader(tr("Recorded"), "", (self.saving, self.printing, self.pay, self.next))
        self.reference = _large_label()
        self.number = label("", "heading")
        self.proof = ProofStrip()
        self._name, self._when = label("", "small"), label("", "small", wrap=True)
        self._next, self._recorded = QVBoxLayout(), Scroll(margins=(16, 12, 16, 16), spacing=0)
        self._next_name, self._recorded_name = label("", "strong"), label("", "strong")
        self._lay_out()
        self.next.clicked.connect(self.finished)
        self.ask.clicked.connect(self.asking)
        self.pay.clicked.connect(lambda: self.paying.emit(self._record))
        self.printing.clicked.connect(self._print)
        self.saving.clicked.connect(self._ask_where)

    @property
    def record_id(self) -> str:
        """The record that is shown, "" for none."""
        return self._record

    def show_record(self, record: Record) -> None:
        """Show a record's receipt as it stands: sync brings the City's number while one looks."""
        if record.id != self._record:  # each visit is asked about once
            self.ask.setVisible(may_ask(self._session.desk))
        self._record = record.id
        self._made = made = receipt(self._session, record)
        self._head.say(made.title, tr("Saved on this laptop, encrypted. It is sent by itself."))
        self._name.setText(made.reference_name)
        self.reference.setText(made.reference)
        numbers = [(made.number_name, made.number), *made.official]
        self.number.setText("\n".join(f"{name}: {number}" for name, number in numbers if number))
        self.number.setVisible(bool(self.number.text()))
        self._when.setText(made.when)
        left = balance(self._session.desk, record)
        self.pay.show_as(tr("Take the payment of {amount}", amount=dollars(left)), hint=tr("Ctrl T"))
        self.pay.setVisible(left > 0)
        self.proof.show_steps(steps(self._session, self._session.store.proof(record.id)))
        self._next_name.setText(made.next_name)
        self._recorded_name.setText(made.recorded_name)
        self._fill(made)
        self._offer_paper(record)

    def clear(self) -> None:
        """Nothing of the last resident stays on the screen."""
        self._record, self._made = "", None
        for words in (self.reference, self.number, self._when):
            words.setText("")
        empty(self._next)
        empty(self._recorded.body)

    def save_pdf(self, path: Path) -> None:
        """Keep the City's acknowledgement as a PDF. Raises DiskError, and RefusedError where there is none."""
        write_pdf(self._acknowledgement(), path)

    def _acknowledgement(self) -> bytes:
        """The tagged paper of this record."""
        desk = self._session.desk
        return self._session.saved(partial(paper_bytes, desk, desk.record(self._record), ACKNOWLEDGEMENT))

    def _offer_paper(self, record: Record) -> None:
        """What only staff begin has no acknowledgement: its papers are on the record's page."""
        there = ACKNOWLEDGEMENT in {one.id for one in papers(self._session.desk, record)}
        self.printing.setVisible(there)
        self.saving.setVisible(there)

    def _lay_out(self) -> None:
        self.reference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card = Card(padding=24, spacing=8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Icon("circle-check", "ok", 24))
        head.addWidget(self._name, 1)
        card.body.addLayout(head)
        for widget in (self.reference, self.number, self._when):
            card.body.addWidget(widget)
        card.body.addSpacing(8)
        card.body.addWidget(self.proof)
        card.body.addSpacing(4)
        card.body.addWidget(line())
        card.body.addWidget(self._next_name)
        self._next.setSpacing(6)
        card.body.addLayout(self._next)
        card.body.addStretch(1)
        card.body.addWidget(self.ask)
        recorded = Card(padding=0, spacing=0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 4)
        head.addWidget(self._recorded_name)
        recorded.body.addLayout(head)
        recorded.body.addWidget(self._recorded, 1)
        columns = below(self._head, self)
        columns.addWidget(card, 1)
        columns.addWidget(recorded, 1)

    def _fill(self, made: Receipt) -> None:
        empty(self._next)
        for number, step in enumerate(made.next, start=1):
            self._next.addWidget(label(f"{number}.  {step}", wrap=True))
        empty(self._recorded.body)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for row, (name, text) in enumerate(made.recorded):
            grid.addWidget(label(name, "sub", wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text, wrap=True), row, 1, Qt.AlignmentFlag.AlignTop)
        self._recorded.body.addLayout(grid)
        self._recorded.body.addStretch(1)

    def _print(self) -> None:
        if self._made is None:
            return
        try:
            paper = self._acknowledgement()
        except FieldAppError as error:
            self._session.say(str(error))
            return
        print_out(self._session, paper)

    def _ask_where(self) -> None:
        if self._made is None:
            return
        if chosen := where_to_save_pdf(self._session, self, self._made.reference):  # a reference names nobody
            self._try_saving(chosen)

    def _try_saving(self, path: Path) -> None:
        try:
            self.save_pdf(path)
        except FieldAppError as error:
            self._session.say(str(error))
            return
        self._session.say(tr("Saved as {name}", name=path.name))


def _large_label() -> QLabel:
    font = theme.font(theme.TITLE, bold=True)
    font.setPixelSize(theme.px(LARGE))
    made = QLabel()
    made.setFont(font)
    made.setWordWrap(True)
    return made
