"""QueueCard: who waits at this counter, in their order: draw a ticket, call, call again, did not come. Enter serves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.actions import queue
from fieldapp.actions.queue import Queued
from fieldapp.errors import FieldAppError
from fieldapp.texts import plural, tr
from ui.session import Session
from ui.widgets import Button, ListCard, Row, label

Outcome = TypeVar("Outcome")
SHOWN, LEAST = 6, 2  # tickets without scrolling; on a small screen
AGAIN = 20_000  # ms until waiting times are looked at anew


class QueueCard(QWidget):
    """`served` tells the visit of who came."""

    served = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.said = label("", "small", wrap=True)
        self.tickets = ListCard(tr("Queue"), flat=True)
        self.draw = Button(tr("New ticket"), hint="F3")
        self.draw.setAccessibleName(tr("Draw a ticket"))
        self.call = Button(tr("Call"), hint="F7")
        self.here = Button(tr("They are here"), "primary", hint=tr("Enter"))
        self.missed = Button(tr("Did not come"), hint=tr("Shift F7"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.draw, self.call):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.tickets)
        column.addLayout(buttons)
        for button in (self.here, self.missed):
            column.addWidget(button)
        self.draw.clicked.connect(self.draw_one)
        self.call.clicked.connect(self.call_next)
        self.missed.clicked.connect(self.miss)
        self.here.clicked.connect(self.serve_called)
        self.tickets.opened.connect(self.serve)
        self._again = QTimer(self, interval=AGAIN)
        self._again.timeout.connect(self.show_now)
        self._again.start()

    def show_now(self) -> None:
        """Who waits now, and how long."""
        found, now = queue.queue(self._session.desk), self._session.clock.now()
        chosen = self.tickets.current()
        self.tickets.show_rows([_row(one, one.minutes(now)) for one in found])
        self.tickets.fit(SHOWN, LEAST)
        self.tickets.setVisible(bool(found))
        if chosen in {one.visit for one in found}:
            self.tickets.choose(chosen)
        called = bool(found) and bool(found[0].calls)
        self.call.show_as(tr("Call again") if called else tr("Call"))
        self.call.setVisible(bool(found))
        self.missed.setVisible(called)
        self.here.setVisible(called)
        longest = max((one.minutes(now) for one in found), default=0)
        waits = plural(len(found), "{n} waits", "{n} wait")
        self.said.setText(
            f"{waits} · {tr('longest {n} min', n=longest)}" if found else tr("Nobody waits with a ticket.")
        )

    def draw_one(self) -> None:
        """Somebody comes in: their number is said."""
        made = self._done(partial(queue.draw, self._session.desk))
        if made is not None:
            self._session.say(tr("Ticket {number}", number=made.ticket))

    def call_next(self) -> None:
        """The one that waits longest, or once more the one that was called."""
        called = self._done(partial(queue.call_next, self._session.desk))
        if called is not None:
            self.tickets.choose(called.visit)
            self._session.say(tr("Call: {number}. Enter when they are here.", number=called.ticket))
            self.tickets.setFocus()

    def miss(self) -> None:
        """Nobody came with the ticket that was called."""
        found = queue.queue(self._session.desk)
        if found and found[0].calls:
            missed = self._done(partial(queue.not_come, self._session.desk, found[0].visit))
            if missed is not None:
                words = tr("{number} did not come. Should they still come, F2 begins a visit.", number=missed.ticket)
                self._session.say(words)

    def serve_called(self) -> None:
        """The one that was called."""
        found = queue.queue(self._session.desk)
        if found and found[0].calls:
            self.serve(found[0].visit)

    def serve(self, visit: str) -> None:
        """They are here."""
        if self._done(partial(queue.come, self._session.desk, visit)) is not None:
            self.served.emit(visit)

    def _done(self, deed: Callable[[], Outcome]) -> Outcome | None:
        try:
            made = self._session.saved(deed)
        except FieldAppError as error:
            self._session.say(str(error))
            return None
        self.show_now()
        return made


def _row(one: Queued, minutes: int) -> Row:
    calls = tr("Called") if one.calls == 1 else tr("Called {n}×", n=one.calls)
    chip = (calls, "warn") if one.calls else None
    return Row(one.visit, one.ticket, tr("{n} min", n=minutes), icon="users", chip=chip)
