"""The daily copies of this laptop's store: which there are, and going back to one, with what that means."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout

from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.store import wanted
from fieldapp.store.snapshots import KEEP, Snapshot, listed
from fieldapp.texts import plural, tr
from ui import days
from ui.numbers import tenths
from ui.session import Navigate, Session
from ui.sync_centre.sub_page import SubPage
from ui.widgets import Button, Card, EmptyState, label, line
from ui.widgets.clearing import clear

MEGA = 1 << 20


class CopiesPage(SubPage):
    """Going back is asked for here and done when FieldApp starts: an open store cannot be replaced."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        about = plural(KEEP, "One a day by itself; the newest {n} stay", "One a day by itself; the newest {n} stay")
        super().__init__(session, navigate, tr("Copies of this laptop's work"), about)
        self._result = label("", "body", wrap=True)
        self.plan = PlanCard()
        self.plan.stay.clicked.connect(self._stay)
        self.plan.close_now.clicked.connect(QApplication.closeAllWindows)
        card = Card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._none = EmptyState("history", tr("No copy yet"), tr("The first one is made after today's first sync."))
        card.body.addLayout(self._grid)
        card.body.addWidget(self._none)
        means = tr(
            "Going back puts the copy in the place of this store, then takes over all that is newer: unsent work,"
            " drafts, photos and the City's answers. Nothing is sent twice or lost by it; today's file is kept aside."
            " It helps where this store is damaged or shows something strange."
        )
        for widget in (self._result, self.plan, card):
            self.column.addWidget(widget)
        self.column.addWidget(label(means, "sub", wrap=True))
        self.column.addStretch(1)
        self.reload()

    def go(self, **_where: str) -> None:
        """Read it anew."""
        self.reload()

    def reload(self) -> None:
        """Show the copies, what is planned, and what the last going back came to."""
        folder = self.session.store.folder
        found, planned = listed(folder), wanted.wanted(folder)
        self.plan.setVisible(bool(planned))
        self.plan.say(self._day(next((one for one in found if one.name == planned), None)))
        self._tell_result()
        clear(self._grid)
        self._none.setVisible(not found)
        for number, copy in enumerate(found):
            self._line(2 * number, copy, planned=bool(planned))
            if copy is not found[-1]:
                self._grid.addWidget(line(), 2 * number + 1, 0, 1, 3)

    def _line(self, at: int, copy: Snapshot, *, planned: bool) -> None:
        size = tr("{n} MB", n=tenths(copy.path.stat().st_size / MEGA))
        button = Button(tr("Go back to it…"), name=tr("Go back to the copy of {day}", day=self._day(copy)))
        button.setEnabled(not planned)
        button.clicked.connect(partial(self._want, copy))
        self._grid.addWidget(label(self._day(copy), "strong"), at, 0)
        self._grid.addWidget(label(size, "small"), at, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(button, at, 2)

    def _want(self, copy: Snapshot) -> None:
        try:
            self.session.saved(partial(wanted.want, self.session.store.folder, copy))
        except (FieldAppError, OSError) as error:
            self.session.say(str(error))
        self.reload()

    def _stay(self) -> None:
        wanted.unwant(self.session.store.folder)
        self.reload()

    def _tell_result(self) -> None:
        done = wanted.went_back(self.session.store.folder)
        self._result.setVisible(done is not None)
        if done is None:
            return
        if done.why:
            self._result.setText(tr("Going back was not possible: {why}", why=done.why))
            return
        told = {
            "day": done.copy.partition("-")[2],
            "changes": done.changes,
            "answers": done.answers,
            "drafts": done.drafts,
        }
        text = tr(
            "This store went back to the copy of {day}. Taken over from the newer file: changes {changes}, answers of"
            " the City {answers}, drafts {drafts}.",
            **told,
        )
        more = tr("Parts of a damaged file could not be read. What the City has comes back with the next sync.")
        self._result.setText(f"{text} {more}" if done.unreadable else text)

    def _day(self, copy: Snapshot | None) -> str:
        return days.long(date.fromisoformat(copy.day), today(self.session.clock)) if copy else ""


class PlanCard(Card):
    """What the next start will do, and the way to think better of it."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "strong", wrap=True)
        self.close_now = Button(tr("Close FieldApp now"), "primary")
        self.stay = Button(tr("Do not go back"))
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.close_now)
        buttons.addWidget(self.stay)
        buttons.addStretch(1)
        self.body.addWidget(self._words)
        self.body.addLayout(buttons)

    def say(self, day: str) -> None:
        """Name the copy."""
        self._words.setText(tr("At its next start, FieldApp goes back to the copy of {day}.", day=day))
