"""A record's official numbers: of its order, its receipt; and the way to void one whose paper was spoilt."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldapp.actions import Issued, issued, void
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.drafts import TextDraft
from ui.session import Session
from ui.widgets import Button, Chip, label
from ui.widgets.clearing import clear
from ui.widgets.flow import Flow


class OfficialNumbers(QWidget):
    """A line a number. `voided` tells that a number does not count any more."""

    voided = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._record = ""
        self._shown: list[Issued] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.panel = VoidPanel(session)
        self.panel.decided.connect(self._void)
        self.panel.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._lines)
        column.addWidget(self.panel)

    def show_record(self, record: Record) -> None:
        """Show the numbers that it bears; nothing where it bears none."""
        known = record.service in self._session.catalogue
        found = issued(self._session.catalogue.get(record.service), record) if known else []
        self.setVisible(bool(found))
        if (record.id, found) == (self._record, self._shown):
            return
        self._record, self._shown = record.id, found
        self.panel.hide()
        clear(self._lines)
        for one in found:
            self._lines.addWidget(self._line(one))

    def _line(self, one: Issued) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(one.name, "sub"))
        if not one.number:
            row.addWidget(Chip(tr("Provisional: the City gives it"), "warn"))
            row.addStretch(1)
            return made
        number = label(one.number, "strong")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(number)
        row.addStretch(1)
        button = Button(tr("Void…"), "quiet", name=tr("Void the number {number}", number=one.number))
        if not self._may_void(one):
            button.hide()  # never shown before it has its place: it would open as a window of its own
        button.clicked.connect(partial(self._ask, one))
        row.addWidget(button)
        return made

    def _may_void(self, one: Issued) -> bool:
        record = self._session.store.record(self._record)
        rule = self._session.catalogue.get(record.service).official(one.id) if record else None
        return rule is not None and bool(rule.roles & self._session.person.roles)

    def _ask(self, one: Issued) -> None:
        self.panel.begin(one)
        self.panel.show()
        self.panel.reason.setFocus()

    def _void(self, number_id: str, reason: str, anew: bool) -> None:
        try:
            voided = partial(void, self._session.desk, self._record, number_id, reason, anew=anew)
            record = self._session.saved(voided)
        except FieldAppError as error:
            self.panel.say(str(error))
            return
        self.panel.draft.done()
        self._session.say(tr("The number does not count any more; the City's report says why."))
        self.show_record(record)
        self.voided.emit()


class VoidPanel(QWidget):
    """Why a number does not count, and whether the record takes the next one. Escape closes it."""

    decided = Signal(str, str, bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._number = ""
        self._asked = label("", "body", wrap=True)
        self.reason = QLineEdit()
        self.draft = TextDraft(session, self.reason)
        self.reason.setPlaceholderText(tr("For example: the paper was torn in the printer"))
        self.reason.setAccessibleName(tr("Why the number does not count"))
        self.anew = Button(tr("Void it and take the next number"), "primary")
        self.only = Button(tr("Only void it"), "danger")
        self.cancel = Button(tr("Cancel"), hint="Esc")
        self._wrong = label("", "small", tone="bad", wrap=True)
        buttons, flow = QWidget(), Flow()
        buttons.setLayout(flow)
        for button in (self.anew, self.only, self.cancel):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        for widget in (self._asked, self.reason, self._wrong):
            column.addWidget(widget)
        column.addWidget(buttons)
        self.anew.clicked.connect(lambda: self._decide(anew=True))
        self.only.clicked.connect(lambda: self._decide(anew=False))
        self.cancel.clicked.connect(self.hide)

    def begin(self, one: Issued) -> None:
        """Ask about this number."""
        self._number = one.id
        self._asked.setText(
            tr("Why does {number} not count? The reason stands in the City's report.", number=one.number)
        )
        self.draft.begin(f"void/{one.id}")
        self.say("")

    def say(self, wrong: str) -> None:
        """Say what is missing."""
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _decide(self, *, anew: bool) -> None:
        self.decided.emit(self._number, self.reason.text(), anew)


def filed_under(session: Session, record: Record) -> str:
    """Its reference; beside an official number it is called a file, so that nobody takes it for a second number."""
    known = record.service in session.catalogue
    numbered = known and any(one.number for one in issued(session.catalogue.get(record.service), record))
    return tr("file {reference}", reference=record.reference) if numbered else record.reference
