"""FloatCard: count the opening float, to open a till or to put right what was counted wrongly."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from fieldapp.actions import correct_float, my_till, my_till_name, open_till
from fieldapp.errors import FieldAppError
from fieldapp.money.cash import dollars
from fieldapp.money.till import HIGH, pieces
from fieldapp.texts import tr
from ui.money.guarding import guarded
from ui.money.pieces import PieceGrid
from ui.session import Session
from ui.widgets import Button, Card, label
from ui.widgets.flow import flowing


class FloatCard(Card):
    """`done` tells that the till is open, or its float corrected; `left` that nothing is to be corrected."""

    done = Signal()
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Open a till"), padding=16, spacing=12)
        self._session = session
        self.correcting = False
        self._asked: Decimal | None = None  # the high float about which was asked once
        self.name_box, self.name = guarded(
            tr("Name of the till"), required=True, hint=tr("As it is written on it, such as City Hall 1")
        )
        self.ask = label("", "strong")
        self.float = PieceGrid()
        self.reason_box, self.reason = guarded(tr("What was wrong with it?"), required=True)
        self.fault: QLabel = label("", "body", tone="bad", wrap=True)
        self.go = Button("", "primary", hint=tr("Ctrl Enter"))
        self.leave = Button(tr("Leave it as it is"), hint="Esc")
        for widget in (self.name_box, self.ask, self.float, self.reason_box, self.fault):
            self.body.addWidget(widget)
        self.body.addWidget(flowing(self.go, self.leave))
        self.body.addStretch(1)
        self.go.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.left)
        self.name.returnPressed.connect(self.float.begin)
        self.reason.returnPressed.connect(self.go.setFocus)

    def show_opening(self) -> None:
        """A till is to be opened: it is called what it was called last."""
        self._turn(correcting=False)
        if not self.name.text():
            self.name.setText(my_till_name(self._session.desk))

    def show_correction(self) -> None:
        """The float of the till that is open is to be put right."""
        till = my_till(self._session.desk)
        if till is None:
            return
        self._turn(correcting=True)
        self.reason.clear()
        self.float.show_pieces(pieces(self._session.desk.record(till.id), "float"))

    def begin(self) -> None:
        """Where the keys go first."""
        if self.correcting or self.name.text():
            self.float.begin()
        else:
            self.name.setFocus()

    def go_on(self) -> None:
        """Open, or correct, with what is typed. A float that is far too high is asked about once."""
        worth = self.float.worth
        if worth > HIGH and worth != self._asked:
            self._asked = worth
            words = tr("{amount} is a lot for a float. If that is right, confirm it once more.", amount=dollars(worth))
            self.fault.setText(words)
            return
        try:
            self._session.saved(self._do)
        except FieldAppError as error:
            self.fault.setText(str(error))
            return
        self.fault.setText("")
        self.float.clear()
        self.name.clear()
        self.done.emit()

    def _do(self) -> None:
        desk, counted = self._session.desk, self.float.pieces
        if self.correcting:
            correct_float(desk, counted, self.reason.text())
        else:
            open_till(desk, self.name.text(), counted)

    def _turn(self, *, correcting: bool) -> None:
        if correcting != self.correcting:
            self.float.clear()
        self.correcting, self._asked = correcting, None
        self.title.setText(tr("Correct the opening float") if correcting else tr("Open a till"))
        how_many = tr("Opening float: how many of each?")
        self.ask.setText(tr("How many of each were there when you opened it?") if correcting else how_many)
        self.go.show_as(tr("Correct the float") if correcting else tr("Open the till"))
        self.name_box.setVisible(not correcting)
        self.reason_box.setVisible(correcting)
        self.leave.setVisible(correcting)
        self.fault.setText("")
