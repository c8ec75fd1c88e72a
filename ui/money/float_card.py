"""FloatCard: the float was counted wrong when the till was opened; said with a reason, before any money is taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from fieldapp.actions import correct_float
from fieldapp.errors import FieldAppError
from fieldapp.money.till import pieces
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.money.guarding import guarded
from ui.money.pieces import PieceGrid
from ui.session import Session
from ui.widgets import Button, Card, label


class FloatCard(Card):
    """`done` when the float stands anew."""

    done = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(tr("What was the float really?"), padding=16, spacing=12)
        self._session = session
        self.pieces = PieceGrid()
        self.reason_box, self.reason = guarded(tr("What was counted wrong?"), required=True)
        self.fault = label("", "body", tone="bad", wrap=True)
        self.keep = Button(tr("Correct the float"), "primary", hint=tr("Ctrl Enter"))
        self.keep.clicked.connect(self.keep_now)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addStretch(1)
        self.body.addWidget(label(tr("The first count stays in the history."), "sub", wrap=True))
        for widget in (self.pieces, self.reason_box, self.fault):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_till(self, record: Record) -> None:
        """The float as it was counted."""
        self.pieces.fill(pieces(record, "float"))
        self.reason.clear()
        self.fault.setText("")
        self.pieces.begin()

    def keep_now(self) -> None:
        """Keep it; what forbids it is said."""
        session = self._session
        try:
            session.saved(lambda: correct_float(session.desk, self.pieces.pieces, self.reason.text()))
        except FieldAppError as error:
            self.fault.setText(str(error))
            return
        self.done.emit()
