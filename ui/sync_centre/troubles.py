"""What the City could not take: why, in words, and what a person can do about it. Nothing else is held up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from fieldapp.actions import correct, correctable, keep_mine, take_theirs
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.store import Entry, Place, Query
from fieldapp.store import Row as StoreRow
from fieldapp.store.remote import TROUBLE
from fieldapp.texts import tr
from ui.days import moment
from ui.records.answers import Reader
from ui.session import Navigate, Session
from ui.sync_centre.report import save_report
from ui.titles import title_of_row
from ui.widgets import Button, Card, EmptyState, label, line
from ui.widgets.clearing import clear
from ui.widgets.flow import Flow

MOST, DIFFERENCES = 20, 5
OVER = frozenset(
    {"state", "exists", "not_editable", "out_of_scope", "fixed", "newer", "decision"}
)  # what no second sending can change


class Troubles(Card):
    """One block a record: what it is, what the City said, both values where two differ, and the ways out."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(tr("Needs you"), padding=0)
        self._session, self._navigate = session, navigate
        self._none = EmptyState("shield-check", tr("Nothing needs you"), tr("The City refused nothing."))
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(0)
        self._shown: list[tuple[str, str]] = []
        self.body.addWidget(self._none)
        self.body.addLayout(self._blocks)
        self.body.addStretch(0)

    def refresh(self) -> None:
        """Read it anew."""
        numbers = self._session.store.ids(Query(places=(Place.ATTENTION,)))
        self.title.setText(f"{tr('Needs you')} · {len(numbers)}")
        self._none.setVisible(not numbers)
        rows = self._session.store.rows(numbers[:MOST])
        shown = [(row.id, row.updated) for row in rows]
        if shown == self._shown:
            return  # so that the focus stays on the button that one is about to press
        self._shown = shown
        clear(self._blocks)
        for row in rows:
            block = Block(self._session, row)
            block.opened.connect(lambda record: self._navigate("records", record=record))
            block.form_wanted.connect(lambda where: self._navigate("form", back="sync", **where))
            block.both_wanted.connect(lambda record: self._navigate("conflict", record=record, back="sync"))
            if row is not rows[0]:
                self._blocks.addWidget(line())
            self._blocks.addWidget(block)


class Block(QWidget):
    """One record in trouble."""

    opened = Signal(str)
    form_wanted = Signal(dict)
    both_wanted = Signal(str)

    def __init__(self, session: Session, row: StoreRow) -> None:
        super().__init__()
        self._session, self._row = session, row
        record = session.store.record(row.id)
        entries = [entry for entry in session.store.history(row.id) if entry.state in TROUBLE]
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 0)
        column.setSpacing(6)
        title = " · ".join(part for part in (title_of_row(session.desk, row) or row.address, row.reference) if part)
        column.addWidget(label(title, "strong", wrap=True))
        if record is not None and entries:
            column.addWidget(label(self._why(entries[0]), "body", tone="bad", wrap=True))
            self._differences(column, record, entries[0])
        column.addWidget(label(self._safe(entries), "small", wrap=True))
        column.addSpacing(4)
        column.addWidget(self._ways_out(entries, to_correct=self._correctable(record)))
        column.addSpacing(16)

    def _why(self, entry: Entry) -> str:
        when = moment(entry.received_at or entry.sent_at or entry.saved_at, today(self._session.clock))
        if entry.state == "conflict":
            return tr("Somebody else changed the same answer; the City answered at {time}.", time=when)
        if entry.message:
            return tr("The City refused it at {time}: {why}", time=when, why=entry.message)
        return tr("The City refused it at {time}.", time=when)

    def _safe(self, entries: list[Entry]) -> str:
        """What is safe, and what to do where sending again leads nowhere."""
        kept = tr("Your version is kept here. Nothing else is held up.")
        if not _is_over(entries):
            return kept
        return f"{kept} {tr('It cannot be sent again: withdraw it, it stays in the history; or save a copy first.')}"

    def _differences(self, column: QVBoxLayout, record: Record, entry: Entry) -> None:
        theirs = {path: value for path, value in (entry.answer or {}).items() if path in entry.change.edits}
        if not theirs:
            return
        reader = Reader(self._session, record)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, head in enumerate(("", tr("Yours"), tr("The City's"))):
            grid.addWidget(label(head, "caption"), 0, place)
            grid.setColumnStretch(place, 2)
        for number, path in enumerate(list(theirs)[:DIFFERENCES], start=1):
            mine, city = entry.change.edits[path] or "", theirs[path] or ""
            told = (
                label(reader.label(path), "sub", wrap=True),
                label(reader.value(path, mine) or "—", "strong", wrap=True),
                label(reader.value(path, city) or "—", "body", wrap=True),
            )
            for place, words in enumerate(told):
                grid.addWidget(words, number, place, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)

    def _correctable(self, record: Record | None) -> bool:
        """Whether the way out is to correct the answers; a service that is not known here has no form to do it in."""
        known = record is not None and record.service in self._session.catalogue
        return known and record is not None and correctable(self._session.desk, record)

    def _correct(self) -> None:
        """Take the refused step back and open the form at the answer that it was refused for."""
        refused = next((one for one in self._session.store.history(self._row.id) if one.state == "rejected"), None)
        self._repair(correct, tr("It is open again. Correct it and hand it in anew."))
        about = {"field": refused.path, "why": refused.message} if refused is not None and refused.path else {}
        self.form_wanted.emit({"record": self._row.id, **about})

    def _ways_out(self, entries: list[Entry], *, to_correct: bool) -> QWidget:
        conflict = any(entry.state == "conflict" for entry in entries)
        over = _is_over(entries)
        strip, row = QWidget(), Flow()
        strip.setLayout(row)
        if conflict:
            choose = Button(tr("Compare and choose"), "primary")
            choose.clicked.connect(lambda: self.both_wanted.emit(self._row.id))
            row.addWidget(choose)
        if to_correct:
            amend = Button(tr("Correct the answers"), "primary")
            amend.clicked.connect(self._correct)
            row.addWidget(amend)
        show = Button(tr("Open record"), "plain" if conflict or to_correct else "primary")
        show.clicked.connect(lambda: self.opened.emit(self._row.id))
        mine = Button(tr("Use mine") if conflict else tr("Send again"))
        mine.clicked.connect(lambda: self._repair(keep_mine, tr("Your version is sent again.")))
        city = Button(tr("Withdraw mine") if over else tr("Use the City's"))
        city.clicked.connect(
            lambda: self._repair(take_theirs, tr("The City's version stands. Yours is in the history."))
        )
        copy = Button(tr("Save a copy"), "quiet")
        copy.clicked.connect(lambda: save_report(self._session, self._row.id, self))
        for button in (show, mine, city, copy):
            row.addWidget(button)
        mine.setVisible(not over)
        return strip

    def _repair(self, verb: Callable[..., Record], done: str) -> None:
        try:
            self._session.saved(partial(verb, self._session.desk, self._row.id))
            self._session.say(done)
        except FieldAppError as error:
            self._session.say(str(error))


def _is_over(entries: list[Entry]) -> bool:
    """Whether what was refused would only be refused again."""
    return any(entry.state == "rejected" and entry.code in OVER for entry in entries)
